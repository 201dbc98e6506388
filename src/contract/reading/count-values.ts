import { isPlainObject } from '../../built-ins.ts';
import { pointerTo } from '../../json-pointer.ts';
import { shown } from '../../text/shown.ts';
import { ContractError } from '../contract-error.ts';

/** Levels of a document. */
export const MAX_DEPTH = 500;
/** Values of a document, the shared ones counted as often as they are there. */
export const MAX_VALUES = 2_000_000;

/** Counts the values of a document that was JSON text, so that no value is in it twice. */
export function countJson(document: object, file: string): number {
  let count = 0;
  const walk = (node: object, depth: number): void => {
    if (depth > MAX_DEPTH) throw refusal(file, TOO_DEEP);
    for (const key of Object.keys(node)) {
      const member: unknown = Reflect.get(node, key);
      count += 1;
      if (typeof member === 'object' && member !== null) walk(member, depth + 1);
    }
  };
  walk(document, 0);
  if (count > MAX_VALUES) throw refusal(file, TOO_LARGE);
  return count;
}

/**
 * Counts the values of a document that may be anything.
 *
 * @throws {ContractError} when it is not plain JSON: YAML has other values too, and a dereferenced document may contain
 * itself, or share its parts so often that walking the tree would take forever.
 */
export function countValues(document: object, file: string): number {
  const path: string[] = [];
  const ancestors = new Set<unknown>();
  const sizes = new Map<unknown, number>();
  const refuse = (detail: string): never => {
    throw refusal(file, detail, pointerTo('', ...path));
  };
  /** The number of values in the tree below a node. */
  const sizeOf = (node: unknown): number => {
    if (typeof node !== 'object' || node === null) {
      return isPlain(node) ? 1 : refuse(`expected a JSON value, found ${shown(node)}.`);
    }
    const known = sizes.get(node);
    if (known !== undefined) return known;
    if (ancestors.has(node)) refuse(CONTAINS_ITSELF);
    if (ancestors.size > MAX_DEPTH) {
      refuse(TOO_DEEP);
    }
    if (!Array.isArray(node) && !isPlainObject(node)) {
      refuse(`expected a JSON value, found a ${node.constructor.name}.`);
    }
    ancestors.add(node);
    let size = 1;
    for (const key of Object.keys(node)) {
      path.push(key);
      size += sizeOf(Reflect.get(node, key));
      path.pop();
    }
    ancestors.delete(node);
    if (size > MAX_VALUES) {
      refuse(TOO_LARGE);
    }
    sizes.set(node, size);
    return size;
  };
  return sizeOf(document);
}

function refusal(file: string, detail: string, pointer = ''): ContractError {
  return new ContractError(file, [{ kind: 'document', pointer, detail }]);
}

const TOO_DEEP = `the document is nested too deeply; expected at most ${MAX_DEPTH} levels.`;
const TOO_LARGE = `the document is too large; expected at most ${MAX_VALUES} values, references resolved.`;
const CONTAINS_ITSELF =
  'the value contains itself; use a $ref to "#/components/schemas/…" for a recursive schema.';

function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || ['string', 'boolean', 'undefined'].includes(typeof value);
}
