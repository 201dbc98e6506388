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
  return [all, ...unions].find((types) => types.length > 0) ?? [];
}
