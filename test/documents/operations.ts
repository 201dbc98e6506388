import { isObject, type JsonObject } from '../../src/json.ts';
import type { OpenApiDocument, Place } from './document.ts';

/** An operation of a document. References of its members have been followed, those in schemas have not. */
export interface Operation {
  /** Such as `GET /pets/{id}`. */
  readonly name: string;
  /** In upper case. */
  readonly method: string;
  /** The key of the path item. */
  readonly path: string;
  /** The path of its first server, without a slash at the end. */
  readonly basePath: string;
  /** Parameters of the operation and, where it has none of that name, of the path item. */
  readonly parameters: readonly Parameter[];
  readonly requestBody: Place | undefined;
  /** Responses by status, range or `default`. */
  readonly responses: ReadonlyMap<string, Place>;
  /** Alternatives, each with the scopes of its schemes. */
  readonly security: readonly JsonObject[];
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly object: JsonObject;
  readonly file: string;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** All operations below `paths`, in the document's order. */
export function operationsOf(document: OpenApiDocument): readonly Operation[] {
  return members(document.root.paths).flatMap(([path, value]) => {
    if (!path.startsWith('/')) return [];
    const { node: item, file } = document.follow(value, document.file);
    if (!isObject(item)) return [];
    const fixed = METHODS.map((method): [string, unknown] => [method, item[method]]);
    return [...fixed, ...members(item.additionalOperations)].flatMap(([method, operation]) =>
      isObject(operation) ? [readOperation(document, method.toUpperCase(), path, item, operation, file)] : [],
    );
  });
}

function readOperation(
  document: OpenApiDocument,
  method: string,
  path: string,
  item: JsonObject,
  operation: JsonObject,
  file: string,
): Operation {
  const { root } = document;
  const responses = members(operation.responses)
    .filter(([status]) => !status.startsWith('x-'))
    .map(([status, response]): [string, Place] => [status.toUpperCase(), document.follow(response, file)]);
  const security = operation.security ?? root.security;
  return {
    name: `${method} ${path}`,
    method,
    path,
    basePath: basePathOf([operation.servers, item.servers, root.servers].find(isFilled)),
    parameters: [
      ...new Map(
        [item.parameters, operation.parameters]
          .flatMap((list) => readParameters(document, list, file))
          .map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]),
      ).values(),
    ],
    requestBody:
      operation.requestBody === undefined ? undefined : document.follow(operation.requestBody, file),
    responses: new Map(responses),
    security: Array.isArray(security) ? security.filter(isObject) : [],
  };
}

function readParameters(document: OpenApiDocument, list: unknown, from: string): readonly Parameter[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => {
    const { node, file } = document.follow(entry, from);
    if (!isObject(node) || typeof node.name !== 'string' || typeof node.in !== 'string') return [];
    const required = node.required === true || node.in === 'path';
    return [{ name: node.name, in: node.in, required, object: node, file }];
  });
}

function isFilled(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}

function basePathOf(servers: unknown): string {
  const server: unknown = Array.isArray(servers) ? servers[0] : undefined;
  if (!isObject(server) || typeof server.url !== 'string') return '';
  const variables = isObject(server.variables) ? server.variables : {};
  const url = server.url.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    const variable = variables[name];
    return isObject(variable) ? String(variable.default) : name;
  });
  if (!URL.canParse(url, 'http://localhost')) return '';
  return new URL(url, 'http://localhost').pathname.replace(/\/+$/, '');
}

function members(value: unknown): readonly [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}
