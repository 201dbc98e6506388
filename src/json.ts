import { isDate } from './built-ins.ts';

/** An object as JSON has it. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
 * @throws {TypeError} when JSON cannot carry the value: it contains itself, a BigInt or an invalid Date.
 */
export function freezeJson(value: unknown): unknown {
  const text: string | undefined = JSON.stringify(value, refuseInvalidDate);
  return text === undefined ? undefined : deepFreeze(JSON.parse(text));
}

function refuseInvalidDate(this: unknown, key: string, value: unknown): unknown {
  const given: unknown = typeof this === 'object' && this !== null ? Reflect.get(this, key) : undefined;
  // JSON.stringify would write null.
  if (isDate(given) && Number.isNaN(given.getTime())) throw new TypeError('an invalid Date');
  return value;
}

/** Freezes a value to its leaves and returns it. Values of a Map are frozen too, but the Map itself cannot be. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of value instanceof Map ? value.values() : Object.values(value)) deepFreeze(member);
  }
  return value;
}

/** A deep copy, not frozen. */
export function copyJson<T>(value: T): T;
export function copyJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((member) => copyJson(member));
  if (!isObject(value)) return value;
  // Object.fromEntries defines properties; assigning `__proto__` would set the prototype.
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copyJson(member)]));
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
