import { isObject } from '../../json.ts';

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
