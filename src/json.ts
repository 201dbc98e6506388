import { isDate } from './built-ins.ts';

/** An object as JSON has it. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an object has more members than that, without looking at them all. */
export function hasMoreMembers(object: JsonObject, max: number): boolean {
  let count = 0;
  for (const _ in object) {
    count += 1;
    if (count > max) return true;
  }
  return false;
}

/** Whether a value has more items and members at all levels than that, itself counted, without looking at them all. */
export function hasMoreValues(value: unknown, max: number): boolean {
  const values = [value];
  for (let index = 0; index < values.length; index += 1) {
    const next = values[index];
    if (typeof next !== 'object' || next === null) continue;
    for (const key in next) {
      values.push(Reflect.get(next, key));
      if (values.length > max) return true;
    }
  }
  return false;
}

/** Parses JSON; `undefined`: the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A frozen copy of a value as JSON carries it: without `undefined`, and with Dates as text.
 * @throws {TypeError} when JSON cannot carry the value: it contains itself, a BigInt or an invalid Date, or is nested too
 * deeply.
 */
export function freezeJson(value: unknown): unknown {
  const copy = freezePlain(value, MAX_DEPTH);
  if (copy !== NOT_PLAIN) return copy;
  const text = stringify(value);
  return text === undefined ? undefined : deepFreeze(JSON.parse(text), MAX_DEPTH);
}

function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, refuseInvalidDate);
  } catch (cause) {
    // The stack of JSON.stringify overflows.
    throw cause instanceof RangeError ? new TypeError(TOO_DEEP) : cause;
  }
}

const NOT_PLAIN = Symbol('not plain');
/** Levels of a value; what copies, compares or shows it recurses. */
const MAX_DEPTH = 500;
const TOO_DEEP = `it is nested more than ${MAX_DEPTH} levels deep`;

/** {@link freezeJson} of a value that is plain JSON already, in a third of the time; {@link NOT_PLAIN} for any other. */
function freezePlain(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      // JSON has no -0 either.
      return Number.isFinite(value) && !Object.is(value, -0) ? value : NOT_PLAIN;
    case 'object':
      if (value === null) return null;
      break;
    default:
      return NOT_PLAIN;
  }
  if (depth === 0 || 'toJSON' in value) return NOT_PLAIN;
  if (Array.isArray(value)) return freezePlainArray(value, depth);
  return isPlainObject(value) ? freezePlainObject(value, depth) : NOT_PLAIN;
}

function freezePlainArray(items: readonly unknown[], depth: number): unknown {
  const copy: unknown[] = [];
  for (const item of items) {
    const frozen = freezePlain(item, depth - 1);
    if (frozen === NOT_PLAIN) return NOT_PLAIN;
    copy.push(frozen);
  }
  return Object.freeze(copy);
}

function freezePlainObject(value: JsonObject, depth: number): unknown {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const frozen = freezePlain(value[key], depth - 1);
    // An assignment to __proto__ would set the prototype.
    if (frozen === NOT_PLAIN || key === '__proto__') return NOT_PLAIN;
    copy[key] = frozen;
  }
  return Object.freeze(copy);
}

function isPlainObject(value: object): value is JsonObject {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function refuseInvalidDate(this: unknown, key: string, value: unknown): unknown {
  const given: unknown = typeof this === 'object' && this !== null ? Reflect.get(this, key) : undefined;
  // JSON.stringify would write null.
  if (isDate(given) && Number.isNaN(given.getTime())) throw new TypeError('an invalid Date');
  return value;
}

/**
 * Freezes a value to its leaves and returns it. Values of a Map are frozen too, but the Map itself cannot be.
 * @throws {TypeError} when it has more levels than `depth`.
 */
export function deepFreeze<T>(value: T, depth = Number.POSITIVE_INFINITY): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    if (depth === 0) throw new TypeError(TOO_DEEP);
    Object.freeze(value);
    const members = value instanceof Map ? value.values() : Object.values(value);
    for (const member of members) deepFreeze(member, depth - 1);
  }
  return value;
}

const DATA = { enumerable: true, configurable: true, writable: true };

/** A deep copy, not frozen. */
export function copyJson<T>(value: T): T;
export function copyJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((member) => copyJson(member));
  if (!isObject(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const member = copyJson(value[key]);
    // An assignment would set the prototype.
    if (key === '__proto__') Object.defineProperty(copy, key, { ...DATA, value: member });
    else copy[key] = member;
  }
  return copy;
}

/** Whether two values are equal as JSON, whatever the order of keys. */
export function equalJson(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((member, index) => equalJson(member, right[index]));
  if (!isObject(left) || !isObject(right)) return left === right;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equalJson(left[key], right[key]))
  );
}
