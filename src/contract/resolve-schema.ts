import { isObject, type JsonObject } from '../json.ts';
import { localPointer, valueAt } from '../json-pointer.ts';

/** A schema, or the one that its local references lead to; `{}` where there is none. */
export function resolveSchema(root: unknown, schema: unknown): JsonObject {
  if (!isObject(schema)) return {};
  return typeof schema.$ref === 'string' ? resolveSchema(root, referred(root, schema)) : schema;
}

/** What the reference of a schema leads to. */
export function referred(root: unknown, { $ref }: JsonObject): unknown {
  const pointer = localPointer(String($ref));
  return pointer === undefined ? undefined : valueAt(root, pointer);
}

/**
 * The types that a schema may allow; empty: it does not say.
 * Ends: `break-circles.ts` has taken circles for the same value away.
 */
export function typesOf(root: unknown, schema: unknown): readonly string[] {
  const resolved = resolveSchema(root, schema);
  if (resolved.type !== undefined) return [resolved.type].flat().map(String);
  const below = (keyword: string) => {
    const branches: unknown = resolved[keyword];
    return Array.isArray(branches) ? branches.map((branch) => typesOf(root, branch)) : [];
  };
  const [all = []] = below('allOf').filter((types) => types.length > 0);
  const unions = [below('anyOf'), below('oneOf')].map((branches) =>
    branches.some((types) => types.length === 0) ? [] : [...new Set(branches.flat())],
  );
  return [all, ...unions, typesOfValues(resolved)].find((types) => types.length > 0) ?? [];
}

/** Of the only values that a schema allows. */
function typesOfValues(schema: JsonObject): readonly string[] {
  const values: readonly unknown[] = Array.isArray(schema.enum)
    ? schema.enum
    : Object.hasOwn(schema, 'const')
      ? [schema.const]
      : [];
  return [...new Set(values.map(typeNameOf))];
}

function typeNameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Whether a value is of a type of JSON Schema. */
export function isOfType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}
