import { isObject, type JsonObject } from '../../src/json.ts';
import type { OpenApiDocument } from './document.ts';
import type { Operation } from './operations.ts';

/** What a request needs to be let in. */
export interface Credential {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: readonly string[];
  readonly cookies: readonly string[];
}

/** A credential for the first security requirement that asks for one. */
export function credentialFor(document: OpenApiDocument, operation: Operation, token: string): Credential {
  const requirement = operation.security.find((schemes) => Object.keys(schemes).length > 0) ?? {};
  const headers: Record<string, string> = {};
  const query: string[] = [];
  const cookies: string[] = [];
  for (const name of Object.keys(requirement)) {
    const scheme = schemeOf(document, name);
    const key = String(scheme.name);
    if (scheme.type !== 'apiKey') Object.assign(headers, authorization(scheme, token));
    else if (scheme.in === 'query') query.push(`${encodeURIComponent(key)}=${token}`);
    else if (scheme.in === 'cookie') cookies.push(`${key}=${token}`);
    else headers[key.toLowerCase()] = token;
  }
  return { headers, query, cookies };
}

function authorization(scheme: JsonObject, token: string): Readonly<Record<string, string>> {
  if (scheme.type === 'mutualTLS') return {};
  const name = scheme.type === 'http' ? String(scheme.scheme).toLowerCase() : 'bearer';
  if (name === 'basic') return { authorization: `Basic ${btoa(`user:${token}`)}` };
  if (name === 'digest') return { authorization: 'Digest username="user"' };
  return { authorization: `${name === 'bearer' ? 'Bearer' : name} ${token}` };
}

function schemeOf(document: OpenApiDocument, name: string): JsonObject {
  const { components } = document.root;
  const schemes = isObject(components) ? components.securitySchemes : undefined;
  const { node } = document.follow(isObject(schemes) ? schemes[name] : undefined, document.file);
  return isObject(node) ? node : {};
}
