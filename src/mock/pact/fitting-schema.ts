import { resolveSchema, typesOf } from '../../contract/resolve-schema.ts';
import { isObject, type JsonObject } from '../../json.ts';

/** Unions within unions. */
const MAX_DEPTH = 20;

/** The schema that says what a value may be: without references, and the branch of a union that the value may be of. */
export function fittingSchema(root: object, schema: unknown, value: unknown, depth = MAX_DEPTH): JsonObject {
  const resolved = resolveSchema(root, schema);
  if (depth === 0) return resolved;
  const all = branchesOf(resolved, 'allOf').map((part) => fittingSchema(root, part, value, depth - 1));
  const one = [...branchesOf(resolved, 'oneOf'), ...branchesOf(resolved, 'anyOf')]
    .map((branch) => fittingSchema(root, branch, value, depth - 1))
    .find((branch) => mayBe(root, branch, value));
  const parts = [...all, ...(one ? [one] : [])];
  if (parts.length === 0) return resolved;
  const properties = [...parts, resolved].map((part) => part.properties).filter(isObject);
  return { ...Object.assign({}, ...parts), ...resolved, properties: Object.assign({}, ...properties) };
}

function branchesOf(schema: JsonObject, keyword: string): readonly unknown[] {
  const branches = schema[keyword];
  return Array.isArray(branches) ? branches : [];
}

function mayBe(root: object, branch: JsonObject, value: unknown): boolean {
  const types = typesOf(root, branch);
  if (types.length > 0 && !types.some((type) => isOfType(type, value))) return false;
  const { required } = branch;
  return !isObject(value) || !Array.isArray(required) || required.every((name) => Object.hasOwn(value, name));
}

function isOfType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}
