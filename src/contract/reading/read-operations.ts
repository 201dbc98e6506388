import { equalJson, type JsonObject } from '../../json.ts';
import { pointerTo, valueAt } from '../../json-pointer.ts';
import { once } from '../../memoize.ts';
import type { Operation, Parameter } from '../contract.ts';
import { resolveSchema } from '../resolve-schema.ts';
import { hasWholeQuery, readParameters } from './read-parameters.ts';
import { readRequestBody } from './read-request-body.ts';
import { readResponses } from './read-responses.ts';
import { readSecurity } from './read-security.ts';
import { basePathOf, readServers } from './read-servers.ts';
import type { Located, Reading } from './reading.ts';
import { METHODS } from './shapes.ts';

/** An operation and what it has from its owners. */
interface OperationSource {
  readonly path: string;
  readonly pathItem: Located<JsonObject>;
  /** In upper case. */
  readonly method: string;
  readonly allow: string;
  readonly operation: Located<JsonObject>;
  readonly servers: readonly string[];
  readonly root: Located<JsonObject>;
  /** Where earlier operations are, by id. */
  readonly ids: Map<string, string>;
  /** Earlier operations, by the paths that they match. */
  readonly routes: Map<string, readonly Earlier[]>;
}

interface Earlier {
  readonly pointer: string;
  readonly path: string;
  readonly parameters: () => readonly Parameter[];
}

/** Reads the operations of all paths, in document order, but for those that no request would reach. */
export function readOperations(
  reading: Reading,
  root: Located<JsonObject>,
  servers: readonly string[],
): readonly Operation[] {
  const paths = reading.object(root, 'paths');
  const [ids, routes] = [new Map<string, string>(), new Map<string, readonly Earlier[]>()];
  return reading.objectsBesideExtensions(paths).flatMap(([key, pathItem]) => {
    const own = reading.own(paths, key) ?? pathItem;
    const path = readPath(reading, key, own);
    const found = findOperations(reading, own, pathItem);
    const allow = allowHeader(found.map(([method]) => method));
    return found.flatMap(([method, operation]) => {
      const source = { path, pathItem, method, allow, operation, servers, root, ids, routes };
      return readOperation(reading, source) ?? [];
    });
  });
}

function readPath(reading: Reading, key: string, { pointer }: Located): string {
  if (key.startsWith('/')) return key;
  reading.report('path', pointer, `a path starts with a slash: "/${key}".`);
  return `/${key}`;
}

type MethodOperation = readonly [method: string, operation: Located<JsonObject>];

/** A path item may refer to another one and still have operations of its own. */
function findOperations(
  reading: Reading,
  own: Located<JsonObject>,
  referred: Located<JsonObject>,
): readonly MethodOperation[] {
  const found = new Map<string, Located<JsonObject>>();
  for (const item of [own, referred]) {
    for (const [method, key] of methodKeys(reading, item)) {
      const operation = found.has(method) ? undefined : reading.object(item, key);
      if (operation) found.set(method, operation);
    }
    for (const [method, operation] of reading.objects(reading.object(item, 'additionalOperations'))) {
      if (!found.has(method)) found.set(method, operation);
    }
  }
  const order = METHODS.map((method) => method.toUpperCase());
  const rank = (method: string) => (order.includes(method) ? order.indexOf(method) : order.length);
  return [...found].sort(([a], [b]) => rank(a) - rank(b));
}

/** The methods of a path item, each with its key. */
function methodKeys(reading: Reading, item: Located<JsonObject>): readonly (readonly [string, string])[] {
  const read = new Set<string>();
  return Object.keys(item.value).flatMap((key) => {
    const method = key.toLowerCase();
    if (!METHODS.some((known) => known === method)) return [];
    const report = (detail: string) => reading.report('method', pointerTo(item.pointer, key), detail);
    if (read.has(method)) {
      report(`the path has "${method}" in another case, too, which is served; this one is not.`);
      return [];
    }
    read.add(method);
    if (key !== method) report(`methods are in lower case here: "${method}".`);
    return [[method.toUpperCase(), key] as const];
  });
}

function readOperation(reading: Reading, source: OperationSource): Operation | undefined {
  const { path, pathItem, operation, root, method, allow } = source;
  const servers = readServers(reading, operation) ?? readServers(reading, pathItem) ?? source.servers;
  const basePaths = [...new Set(servers.map(basePathOf))];
  const parameters = reading.lazily(() => readParameters(reading, pathItem, operation));
  if (isTaken(reading, source, basePaths, parameters)) return undefined;
  const wholeQuery = once(() => hasWholeQuery(reading, pathItem, operation));
  // Its examples are not answers of the mock, so nothing checks them.
  const requestBody = once(() => readRequestBody(reading, operation));
  const responses = reading.lazily(() => readResponses(reading, operation));
  return Object.freeze({
    id: readId(reading, source),
    method,
    path,
    pointer: operation.pointer,
    basePaths,
    summary: reading.text(operation, 'summary'),
    tags: readTags(operation),
    ...(readSecurity(reading, operation) ?? readSecurity(reading, root) ?? { security: [], schemes: [] }),
    allow,
    get parameters() {
      return parameters();
    },
    get hasWholeQuery() {
      return wholeQuery();
    },
    get requestBody() {
      return requestBody();
    },
    get responses() {
      return responses().responses;
    },
    get scenarios() {
      return responses().scenarios;
    },
    get ok() {
      return responses().ok;
    },
  });
}

/** Whether an earlier operation matches the same requests: `/x/{a}` and `/x/{b}` do, unless their values differ. */
function isTaken(
  reading: Reading,
  { routes, method, path, operation: { pointer } }: OperationSource,
  basePaths: readonly string[],
  parameters: Earlier['parameters'],
): boolean {
  const route = `${method} ${basePaths.join(' ')} ${path.replaceAll(/\{[^{}]*\}/g, '{}')}`;
  const given = { pointer, path, parameters };
  const others = routes.get(route) ?? [];
  routes.set(route, [...others, given]);
  const [first] = others;
  if (!first) return false;
  const values = pathValuesOf(reading, given);
  const same = others.find((other) => equalJson(pathValuesOf(reading, other), values));
  const detail = same
    ? `this operation matches the same requests as ${same.pointer}, and is not served.`
    : `this operation matches the same paths as ${first.pointer}; the first one whose parameters fit answers.`;
  reading.report('same-route', pointer, detail);
  return same !== undefined;
}

/** What the schemas say of the values in a path, in its order. */
function pathValuesOf({ document }: Reading, { path, parameters }: Earlier): readonly JsonObject[] {
  const names = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name);
  return names.map((name) => {
    const of = parameters().find((parameter) => parameter.in === 'path' && parameter.name === name);
    const {
      description: _,
      example: __,
      ...schema
    } = of?.schema === undefined ? {} : resolveSchema(document, valueAt(document, of.schema));
    return schema;
  });
}

function readId(reading: Reading, { ids, method, path, operation }: OperationSource): string {
  const byRoute = `${method} ${path}`;
  const given = reading.text(operation, 'operationId') || byRoute;
  const earlier = ids.get(given);
  if (earlier !== undefined) {
    const at = pointerTo(operation.pointer, 'operationId');
    const detail = `"${given}" is the operationId of ${earlier} too; operationIds have to be unique.`;
    reading.report('operation-id', at, detail);
  }
  let id = earlier === undefined ? given : byRoute;
  for (let count = 2; ids.has(id); count += 1) id = `${byRoute} (${count})`;
  ids.set(id, operation.pointer);
  return id;
}

/** Only names of groups: what is no tag is ignored. */
function readTags({ value: { tags } }: Located<JsonObject>): readonly string[] {
  if (!Array.isArray(tags)) return [];
  return tags.filter((tag: unknown): tag is string => typeof tag === 'string' && tag !== '');
}

/** What HTTP implies for a path item, whatever the API: `GET` has a `HEAD`, and every path has `OPTIONS`. */
function allowHeader(methods: readonly string[]): string {
  const allowed = new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']);
  const order = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'];
  const others = methods.filter((method) => !order.includes(method));
  return [...order.filter((method) => allowed.has(method)), ...others].join(', ');
}
