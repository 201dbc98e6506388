import type { OpenAPIV3_1 } from 'openapi-types';
import { deepFreeze, isObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { shown, shownNames } from '../../text/shown.ts';
import type { Contract, Operation, SecurityRequirement, SecurityScheme } from '../contract.ts';
import { ContractError } from '../contract-error.ts';
import { checkSchemas } from './check-schemas.ts';
import { parseDocument } from './parse-document.ts';
import { readParameters } from './read-parameters.ts';
import { readResponses } from './read-responses.ts';
import { readSchemes } from './read-schemes.ts';
import { kindOf, type Located, Reading } from './reading.ts';
import { checkReferences } from './references.ts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'options', 'head', 'trace'] as const;

/**
 * Reads an OpenAPI 3.1 document: YAML or JSON text, or the document as an object, which is copied.
 *
 * @param file where the document comes from, for messages.
 * @throws {ContractError} when the document cannot be used, with all findings.
 */
export function readContract(source: string | object, file = 'contract'): Contract {
  const reading = new Reading(parseDocument(source, file));
  checkReferences(reading);
  checkSchemas(reading);
  return read(reading, file);
}

/**
 * Reads a document that {@link readContract} has accepted, such as the packaged one when it was generated. Leaves out
 * the checks of references, schemas and examples, which take longer than the rest, and freezes the document itself.
 */
export function readCheckedContract(document: JsonObject, file: string): Contract {
  return read(new Reading(document, { checksExamples: false }), file);
}

function read(reading: Reading, file: string): Contract {
  const { document } = reading;
  const root = { value: document, pointer: '' };
  const servers = readServers(reading, root) ?? ['/'];
  const operations = readPaths(reading, root, servers);
  checkUnique(reading, operations);
  if (operations.length === 0 && reading.findings.length === 0) reportNoOperations(reading);
  if (reading.findings.length > 0) throw new ContractError(file, reading.findings);
  // Every part of the document that the mock uses has been read and checked by now.
  const typed = document as unknown as OpenAPIV3_1.Document;
  return Object.freeze({
    file,
    get document() {
      return deepFreeze(typed);
    },
    root: document,
    warnings: Object.freeze([]),
    servers: Object.freeze(servers),
    operations: Object.freeze(operations.map(({ operation }) => Object.freeze(operation))),
  });
}

/** A mock of such a document would answer 404 to everything, which nobody means: a name is misspelt, or a part cut off. */
function reportNoOperations(reading: Reading): void {
  const [pointer, object] = isObject(reading.document.paths)
    ? ['/paths', reading.document.paths]
    : ['', reading.document];
  const expected = pointer === '' ? '"paths", with' : 'paths with';
  const found = Object.keys(object).length === 0 ? 'nothing' : shownNames(Object.keys(object));
  reading.report(
    pointer,
    `there is no operation to serve; expected ${expected} at least one, found ${found}.`,
  );
}

interface FoundOperation {
  readonly operation: Operation;
  readonly pointer: string;
}

function readPaths(
  reading: Reading,
  root: Located<JsonObject>,
  servers: readonly string[],
): FoundOperation[] {
  const paths = reading.object(root, 'paths');
  return reading.objectsBesideExtensions(paths).flatMap(([path, pathItem]) => {
    const own = reading.own(paths, path) ?? pathItem;
    if (!path.startsWith('/')) {
      reading.report(pointerTo('/paths', path), `a path starts with a slash: "/${path}".`);
    }
    // A path item may refer to another one and still have operations of its own.
    const ownerOf = (method: string) => (own.value[method] === undefined ? pathItem : own);
    for (const key of Object.keys(own.value)) {
      const method = key.toLowerCase();
      if (key === method || !METHODS.some((known) => known === method)) continue;
      reading.report(pointerTo(own.pointer, key), `methods are in lower case here: "${method}".`);
    }
    const methods = METHODS.filter((method) => ownerOf(method).value[method] !== undefined);
    return methods.flatMap((method) => {
      const operation = reading.object(ownerOf(method), method);
      return operation
        ? [readOperation(reading, { path, pathItem, method, methods, operation, servers, root })]
        : [];
    });
  });
}

interface OperationSource {
  readonly path: string;
  readonly pathItem: Located<JsonObject>;
  readonly method: (typeof METHODS)[number];
  readonly methods: readonly (typeof METHODS)[number][];
  readonly operation: Located<JsonObject>;
  readonly servers: readonly string[];
  readonly root: Located<JsonObject>;
}

function readOperation(reading: Reading, source: OperationSource): FoundOperation {
  const { path, pathItem, operation, root } = source;
  const method = source.method.toUpperCase();
  const servers = readServers(reading, operation) ?? readServers(reading, pathItem) ?? source.servers;
  return {
    pointer: operation.pointer,
    operation: {
      id: reading.text(operation, 'operationId') || `${method} ${path}`,
      method,
      path,
      basePaths: [...new Set(servers.map(basePathOf))],
      summary: reading.text(operation, 'summary'),
      parameters: readParameters(reading, pathItem, operation),
      security: readSecurity(reading, operation) ?? readSecurity(reading, root) ?? [],
      allow: allowHeader(source.methods),
      ...readResponses(reading, operation),
    },
  };
}

/** What HTTP implies for a path item, whatever the API: `GET` has a `HEAD`, and every path has `OPTIONS`. */
function allowHeader(methods: readonly string[]): string {
  const allowed = new Set([...methods, ...(methods.includes('get') ? ['head'] : []), 'options']);
  const order = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'];
  return order
    .filter((method) => allowed.has(method))
    .join(', ')
    .toUpperCase();
}

function readServers(reading: Reading, owner: Located<JsonObject>): readonly string[] | undefined {
  const { servers } = owner.value;
  if (servers === undefined) return undefined;
  const pointer = pointerTo(owner.pointer, 'servers');
  if (!Array.isArray(servers)) {
    reading.report(pointer, `expected an array of servers, found ${kindOf(servers)}.`);
    return undefined;
  }
  const urls = servers.flatMap((server: unknown, index) => {
    if (isObject(server) && typeof server.url === 'string')
      return [withVariables(server.url, server.variables)];
    reading.report(pointerTo(pointer, index), 'expected a server with a "url".');
    return [];
  });
  return urls.length > 0 ? urls : undefined;
}

function withVariables(url: string, variables: unknown): string {
  return url.replaceAll(/\{([^{}]+)\}/g, (placeholder, name: string) => {
    const variable = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    return isObject(variable) && typeof variable.default === 'string' ? variable.default : placeholder;
  });
}

/** The path of a server URL, which may be relative, without a trailing slash. */
function basePathOf(url: string): string {
  const path = URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname : url;
  return path.replace(/(?<!\/)\/+$/, '');
}

function readSecurity(
  reading: Reading,
  owner: Located<JsonObject>,
): readonly SecurityRequirement[] | undefined {
  const { security } = owner.value;
  if (security === undefined) return undefined;
  const pointer = pointerTo(owner.pointer, 'security');
  if (!Array.isArray(security)) {
    reading.report(pointer, `expected an array of security requirements, found ${kindOf(security)}.`);
    return undefined;
  }
  const schemes = readSchemes(reading);
  const requirements = security.map((requirement: unknown, index) =>
    readRequirement(reading, schemes, requirement, pointerTo(pointer, index)),
  );
  // An empty requirement makes the key optional, and the mock answers the same with or without one.
  const isOptional = security.some(
    (requirement) => isObject(requirement) && Object.keys(requirement).length === 0,
  );
  return isOptional ? [] : requirements;
}

function readRequirement(
  reading: Reading,
  schemes: ReadonlyMap<string, SecurityScheme>,
  requirement: unknown,
  pointer: string,
): SecurityRequirement {
  if (!isObject(requirement)) {
    reading.report(
      pointer,
      `expected a security requirement such as { "PersonalAPIKeyAuth": ["experiment:read"] }.`,
    );
    return { scopes: [], schemes: [] };
  }
  const scopes = Object.entries(requirement).flatMap(([scheme, listed]) => {
    if (Array.isArray(listed) && listed.every((scope) => typeof scope === 'string'))
      return listed as string[];
    reading.report(
      pointerTo(pointer, scheme),
      `expected an array of scopes, found ${Array.isArray(listed) ? shown(listed) : kindOf(listed)}.`,
    );
    return [];
  });
  const names = Object.keys(requirement);
  return { scopes: [...new Set(scopes)], schemes: names.flatMap((name) => schemes.get(name) ?? []) };
}

function checkUnique(reading: Reading, found: readonly FoundOperation[]): void {
  const ids = new Map<string, string>();
  const routes = new Map<string, string>();
  for (const { operation, pointer } of found) {
    const earlierId = ids.get(operation.id);
    if (earlierId !== undefined) {
      reading.report(
        pointerTo(pointer, 'operationId'),
        `"${operation.id}" is the operationId of ${earlierId} too; operationIds have to be unique.`,
      );
    }
    ids.set(operation.id, earlierId ?? pointer);
    // `/x/{a}/` and `/x/{b}` match the same requests.
    const route = `${operation.method} ${operation.path.replaceAll(/\{[^{}]*\}/g, '{}').replace(/\/$/, '')}`;
    const earlierRoute = routes.get(route);
    if (earlierRoute !== undefined) {
      reading.report(pointer, `this operation matches the same requests as ${earlierRoute}.`);
    }
    routes.set(route, earlierRoute ?? pointer);
  }
}
