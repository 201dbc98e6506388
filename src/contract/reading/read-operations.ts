import type { JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import type { Operation } from '../contract.ts';
import { readParameters } from './read-parameters.ts';
import { readResponses } from './read-responses.ts';
import { readSecurity } from './read-security.ts';
import { basePathOf, readServers } from './read-servers.ts';
import type { Located, Reading } from './reading.ts';
import { METHODS } from './shapes.ts';

export interface FoundOperation {
  readonly operation: Operation;
  readonly pointer: string;
}

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
}

/** Reads the operations of all paths, in document order. */
export function readOperations(
  reading: Reading,
  root: Located<JsonObject>,
  servers: readonly string[],
): readonly FoundOperation[] {
  const paths = reading.object(root, 'paths');
  return reading.objectsBesideExtensions(paths).flatMap(([key, pathItem]) => {
    const own = reading.own(paths, key) ?? pathItem;
    const path = readPath(reading, key, own);
    const found = findOperations(reading, own, pathItem);
    const allow = allowHeader(found.map(([method]) => method));
    return found.map(([method, operation]) =>
      readOperation(reading, { path, pathItem, method, allow, operation, servers, root }),
    );
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
  return Object.keys(item.value).flatMap((key) => {
    const method = key.toLowerCase();
    if (!METHODS.some((known) => known === method)) return [];
    if (key !== method) {
      reading.report('method', pointerTo(item.pointer, key), `methods are in lower case here: "${method}".`);
    }
    return [[method.toUpperCase(), key] as const];
  });
}

function readOperation(reading: Reading, source: OperationSource): FoundOperation {
  const { path, pathItem, operation, root, method, allow } = source;
  const servers = readServers(reading, operation) ?? readServers(reading, pathItem) ?? source.servers;
  return {
    pointer: operation.pointer,
    operation: {
      id: reading.text(operation, 'operationId') || `${method} ${path}`,
      method,
      path,
      basePaths: [...new Set(servers.map(basePathOf))],
      summary: reading.text(operation, 'summary'),
      tags: readTags(operation),
      parameters: readParameters(reading, pathItem, operation),
      security: readSecurity(reading, operation) ?? readSecurity(reading, root) ?? [],
      allow,
      ...readResponses(reading, operation),
    },
  };
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

/** Leaves out operations that no request would reach, and makes ids unique. */
export function withoutClashes(reading: Reading, found: readonly FoundOperation[]): readonly Operation[] {
  const ids = new Map<string, string>();
  const routes = new Map<string, string>();
  return found.flatMap(({ operation, pointer }) => {
    const route = routeOf(operation);
    const earlier = routes.get(route);
    if (earlier !== undefined) {
      reading.report('same-route', pointer, `this operation matches the same requests as ${earlier}.`);
      return [];
    }
    routes.set(route, pointer);
    return [withUniqueId(reading, ids, operation, pointer)];
  });
}

/** `/x/{a}` and `/x/{b}` match the same requests. */
function routeOf({ method, path, basePaths }: Operation): string {
  return `${method} ${basePaths.join(' ')} ${path.replaceAll(/\{[^{}]*\}/g, '{}')}`;
}

function withUniqueId(
  reading: Reading,
  ids: Map<string, string>,
  operation: Operation,
  pointer: string,
): Operation {
  const { id, method, path } = operation;
  const earlier = ids.get(id);
  if (earlier === undefined) {
    ids.set(id, pointer);
    return operation;
  }
  const at = pointerTo(pointer, 'operationId');
  reading.report(
    'operation-id',
    at,
    `"${id}" is the operationId of ${earlier} too; operationIds have to be unique.`,
  );
  const byRoute = `${method} ${path}`;
  let unique = byRoute;
  for (let count = 2; ids.has(unique); count += 1) unique = `${byRoute} (${count})`;
  ids.set(unique, pointer);
  return { ...operation, id: unique };
}
