import { isObject } from '../../json.ts';
import { fittingSchema, mapValues } from './fitting-schema.ts';

/** Levels of a body: what describes one recurses. */
export const MAX_DEPTH = 100;

/** A JSON value with types in place of its values, and every kind of item once. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    const shapes = value.map(shapeOf).map((shape) => [JSON.stringify(shape), shape] as const);
    return [...new Map(shapes)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, shape]) => shape);
  }
  if (!isObject(value)) return value === null ? 'null' : typeof value;
  const names = Object.keys(value).sort();
  return names.map((name) => [name, shapeOf(value[name])]);
}

/** A body with a list in place of each object whose names are data: other ids are no other shape. */
export function withoutKeys(root: object, schema: unknown, body: unknown): unknown {
  if (schema === undefined || typeof body !== 'object' || body === null) return body;
  const fitting = fittingSchema(root, schema, body);
  if (Array.isArray(body)) return body.map((item) => withoutKeys(root, fitting.items, item));
  const values = mapValues(fitting);
  if (values) return { '*': Object.values(body).map((member) => withoutKeys(root, values, member)) };
  const named = isObject(fitting.properties) ? fitting.properties : {};
  return Object.fromEntries(
    Object.entries(body).map(([name, member]) => {
      const own = Object.hasOwn(named, name) ? named[name] : undefined;
      return [name, withoutKeys(root, own, member)];
    }),
  );
}

/** Whether a value has more levels than {@link MAX_DEPTH}. */
export function isTooDeep(value: unknown, depth = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((member) => isTooDeep(member, depth - 1));
}

/** A hash of text as 16 hexadecimal digits (FNV-1a), the same in every run; not for security. */
export function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
