import type { Operation, Parameter } from '../../contract/contract.ts';
import { readCookies } from '../../contract/cookies.ts';
import { schemaFor } from '../../contract/described.ts';
import type { HttpRequest } from '../../contract/message.ts';
import { parseJson } from '../../json.ts';
import { valueAt } from '../../json-pointer.ts';
import { REDACTED, type Secrets } from '../../text/secrets.ts';
import { type CredentialNames, credentialNamesOf } from '../credentials.ts';
import { redactAuthorization, redactRequest } from '../journal/redact.ts';
import { describeRequestBody, type Part } from './body.ts';
import { escaped, type MatchingRule, regexRule, SAME_TYPE, textRule } from './body-rules.ts';
import type { LeftOutReason, PactRequest } from './pact.ts';
import { ruleOfPath } from './path-rule.ts';
import { shapeOf } from './shape.ts';

/** Describes a request without its secrets: path, query, the headers that an answer may depend on, and body. */
export function describeRequest(
  root: object,
  operation: Operation,
  request: HttpRequest,
  secrets: Secrets,
): Part<PactRequest> | LeftOutReason {
  const redacted = redactRequest(request, secrets);
  const body = describeRequestBody(root, {
    text: request.body,
    contentType: request.headers['content-type'],
    schema: bodySchemaOf(root, operation, request.headers['content-type']),
    secrets,
  });
  if (typeof body === 'string') return body;
  const pathRule = ruleOfPath(operation, redacted.path);
  const credentials = credentialNamesOf([operation]);
  const query = queryOf(redacted.query, credentials.parameters);
  const headers = headersOf(operation, request, redacted, credentials);
  const queryRules = rulesOf(root, operation, 'query', query);
  const headerRules = rulesOf(root, operation, 'header', headers);
  const rules = {
    ...(pathRule && { path: pathRule }),
    ...(queryRules && { query: queryRules }),
    ...(headerRules && { header: headerRules }),
    ...(body.rules && { body: body.rules }),
  };
  const { method, path } = redacted;
  return {
    part: {
      method,
      path,
      ...(Object.keys(query).length > 0 && { query }),
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(body.body && { body: body.body }),
      ...(Object.keys(rules).length > 0 && { matchingRules: rules }),
    },
    shape: [
      method,
      pathRule ? [operation.path, path.endsWith('/')] : path,
      shapesOf(operation, 'query', query),
      shapesOf(operation, 'header', headers),
      body.shape,
    ],
  };
}

type Values = Readonly<Record<string, readonly string[]>>;

function queryOf(query: string, secret: readonly string[]): Values {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(`&${query}`)) {
    const all = values.get(name) ?? [];
    all.push(secret.includes(name) ? REDACTED : value);
    values.set(name, all);
  }
  return Object.fromEntries(values);
}

/** Those that say who asks and what is sent and wanted, and those of the contract. */
function headersOf(
  { parameters }: Operation,
  { headers: sent }: HttpRequest,
  { headers }: HttpRequest,
  credentials: CredentialNames,
): Values {
  const found = new Map<string, readonly string[]>();
  const { authorization, accept } = sent;
  for (const { in: place, name } of parameters) {
    const value = headers[name.toLowerCase()];
    if (place === 'header' && value !== undefined) found.set(name, [value]);
  }
  if (accept !== undefined && accept !== '*/*') found.set('Accept', [headers.accept ?? '']);
  if (sent['content-type'] !== undefined) found.set('Content-Type', [headers['content-type'] ?? '']);
  for (const name of credentials.headers) {
    if (sent[name.toLowerCase()] !== undefined) found.set(name, [REDACTED]);
  }
  if (authorization !== undefined) found.set('Authorization', [redactAuthorization(authorization)]);
  const documented = parameters.filter(({ in: place }) => place === 'cookie').map(({ name }) => name);
  const sentCookies = readCookies(sent.cookie);
  const cookies = [...new Set([...documented, ...credentials.cookies])].filter((name) =>
    sentCookies.has(name),
  );
  if (cookies.length > 0) found.set('Cookie', [cookies.map((name) => `${name}=${REDACTED}`).join('; ')]);
  return Object.fromEntries(found);
}

function rulesOf(
  root: object,
  operation: Operation,
  place: 'query' | 'header',
  values: Values,
): Readonly<Record<string, MatchingRule>> | undefined {
  const rules = Object.entries(values).flatMap(([name, [value = '']]) => {
    const rule = ruleOf(root, parameterOf(operation, place, name), name, value);
    return rule ? [[name, rule] as const] : [];
  });
  return rules.length === 0 ? undefined : Object.fromEntries(rules);
}

/** Media types are to be equal, and so are values that the contract does not know. */
function ruleOf(
  root: object,
  parameter: Parameter | undefined,
  name: string,
  value: string,
): MatchingRule | undefined {
  if (name === 'Authorization') {
    const [scheme = ''] = value.split(REDACTED, 1);
    return regexRule(`^${escaped(scheme)}.+$`);
  }
  if (value.includes(REDACTED)) return SAME_TYPE;
  const start = withoutBoundary(value);
  if (name === 'Content-Type' && start !== value) return regexRule(`^${escaped(start)}.+$`);
  if (!parameter) return undefined;
  return parameter.isJson ? SAME_TYPE : textRule(root, schemaAt(root, parameter), value);
}

/** A media type up to the boundary of a multipart body, which is another one each time. */
function withoutBoundary(mediaType: string): string {
  const at = mediaType.toLowerCase().indexOf(BOUNDARY);
  return at === -1 ? mediaType : mediaType.slice(0, at + BOUNDARY.length);
}

const BOUNDARY = 'boundary=';

/** By name, without values. */
function shapesOf(operation: Operation, place: 'query' | 'header', values: Values): unknown {
  return Object.entries(values)
    .map(([name, given]) => {
      const isRepeated = given.length > 1;
      if (parameterOf(operation, place, name)) return [name, isRepeated, shapeOf(given.map(readValue))];
      // Nobody knows what the value of an unknown parameter means; it may be different each time.
      return [name, place === 'query' ? isRepeated : given.map(withoutBoundary)];
    })
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

/** Of JSON, else the text. */
function readValue(text: string): unknown {
  const json = parseJson(text);
  return json === undefined ? text : json;
}

function parameterOf({ parameters }: Operation, place: string, name: string): Parameter | undefined {
  const wanted = place === 'header' ? name.toLowerCase() : name;
  return parameters.find(
    (parameter) =>
      parameter.in === place &&
      (place === 'header' ? parameter.name.toLowerCase() : parameter.name) === wanted,
  );
}

function schemaAt(root: object, { schema }: Parameter): unknown {
  return schema === undefined ? undefined : valueAt(root, schema);
}

/** What the contract says about the body of a request; `undefined`: nothing. */
function bodySchemaOf(root: object, { requestBody }: Operation, contentType = ''): unknown {
  const pointer = requestBody ? schemaFor(requestBody, contentType) : undefined;
  return pointer === undefined ? undefined : valueAt(root, pointer);
}
