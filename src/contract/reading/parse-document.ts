import { isPlainObject } from '../../built-ins.ts';
import { isObject, type JsonObject, parseJson } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { messageOf } from '../../text/message-of.ts';
import { shown } from '../../text/shown.ts';
import { ContractError } from '../contract-error.ts';
import loadYaml from './js-yaml.cjs';

/**
 * Parses YAML or JSON text, or copies a document, and checks that the result is OpenAPI 3.1 and plain JSON.
 *
 * @throws {ContractError} when it is not. For text that is neither YAML nor JSON, the message has line and column.
 */
export function parseDocument(source: string | object, file: string): JsonObject {
  const document: unknown = typeof source === 'string' ? parseText(source, file) : copyDocument(source, file);
  if (!isObject(document)) {
    throw new ContractError(file, [
      {
        pointer: '',
        detail: 'this is not an OpenAPI document: expected an object with "openapi", "info" and "paths".',
      },
    ]);
  }
  const { openapi } = document;
  if (typeof openapi !== 'string' || !/^3\.1\.\d+/.test(openapi)) {
    throw new ContractError(file, [{ pointer: '/openapi', detail: explainVersion(document) }]);
  }
  checkPlain(document, file);
  return document;
}

function parseText(text: string, file: string): unknown {
  const json = text.trimStart().startsWith('{') ? parseJson(text) : undefined;
  if (json !== undefined) return json;
  const { load, CORE_SCHEMA, mergeTag, YAMLException } = loadYaml();
  try {
    return load(text, { schema: CORE_SCHEMA.withTags(mergeTag), maxDepth: MAX_DEPTH });
  } catch (cause) {
    if (!(cause instanceof YAMLException)) throw cause;
    const { reason, mark } = cause;
    const place = mark ? ` at line ${mark.line + 1}, column ${mark.column + 1}` : '';
    throw new ContractError(file, [
      { pointer: '', detail: `this is neither YAML nor JSON: ${reason}${place}.` },
    ]);
  }
}

function copyDocument(source: object, file: string): unknown {
  try {
    return structuredClone(source);
  } catch (cause) {
    throw new ContractError(file, [
      { pointer: '', detail: `the document has to be plain JSON: ${messageOf(cause)}` },
    ]);
  }
}

const MAX_DEPTH = 500;
const MAX_VALUES = 2_000_000;

/**
 * Refuses a document that is not plain JSON: YAML has other values too, and a dereferenced document may contain itself,
 * or share its parts so often that walking the tree would take forever.
 */
function checkPlain(document: JsonObject, file: string): void {
  const ancestors = new Set<unknown>();
  const sizes = new Map<unknown, number>();
  const refuse = (pointer: string, detail: string): never => {
    throw new ContractError(file, [{ pointer, detail }]);
  };
  /** The number of values in the tree below a node. */
  const sizeOf = (node: unknown, pointer: string): number => {
    if (typeof node !== 'object' || node === null) {
      return isPlain(node) ? 1 : refuse(pointer, `expected a JSON value, found ${shown(node)}.`);
    }
    const known = sizes.get(node);
    if (known !== undefined) return known;
    if (ancestors.has(node)) {
      refuse(
        pointer,
        'the value contains itself; use a $ref to "#/components/schemas/…" for a recursive schema.',
      );
    }
    if (ancestors.size > MAX_DEPTH) {
      refuse(pointer, `the document is nested too deeply; expected at most ${MAX_DEPTH} levels.`);
    }
    if (!Array.isArray(node) && !isPlainObject(node)) {
      refuse(pointer, `expected a JSON value, found a ${node.constructor.name}.`);
    }
    ancestors.add(node);
    let size = 1;
    for (const [key, member] of Object.entries(node)) size += sizeOf(member, pointerTo(pointer, key));
    ancestors.delete(node);
    if (size > MAX_VALUES) {
      refuse(
        pointer,
        `the document is too large; expected at most ${MAX_VALUES} values, references resolved.`,
      );
    }
    sizes.set(node, size);
    return size;
  };
  sizeOf(document, '');
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || ['string', 'boolean', 'undefined'].includes(typeof value);
}

function explainVersion({ openapi, swagger }: JsonObject): string {
  if (swagger !== undefined)
    return `Swagger ${String(swagger)} is not supported; convert the document to OpenAPI 3.1.`;
  if (openapi === undefined) return 'the field is missing; expected "3.1.0" or another 3.1 version.';
  return `version ${shown(openapi)} is not supported; expected a string such as "3.1.0".`;
}
