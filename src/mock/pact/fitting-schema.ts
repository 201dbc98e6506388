import { isOfType, resolveSchema, typesOf } from '../../contract/resolve-schema.ts';
import { isObject, type JsonObject } from '../../json.ts';

/** Unions within unions. */
const MAX_DEPTH = 20;

/** The schema that says what a value may be: without references, and with the branches of unions that it may be of. */
export function fittingSchema(root: object, schema: unknown, value: unknown, depth = MAX_DEPTH): JsonObject {
  const resolved = resolveSchema(root, schema);
  if (depth === 0) return resolved;
  const fit = (branch: unknown) => fittingSchema(root, branch, value, depth - 1);
  const all = branchesOf(resolved, 'allOf').map(fit);
  const some = [...branchesOf(resolved, 'oneOf'), ...branchesOf(resolved, 'anyOf')]
    .map(fit)
    .filter((branch) => mayBe(root, branch, value))
    // The first one counts where several say something.
    .toReversed();
  const parts = [...all, ...some];
  if (parts.length === 0) return resolved;
  const properties = [...parts, resolved].map((part) => part.properties).filter(isObject);
  return { ...Object.assign({}, ...parts), ...resolved, properties: Object.assign({}, ...properties) };
}

/** The schema of the members of an object whose names are data, such as ids; `undefined`: it is none. */
export function mapValues({ properties, additionalProperties }: JsonObject): JsonObject | undefined {
  const isNamed = isObject(properties) && Object.keys(properties).length > 0;
  return isObject(additionalProperties) && !isNamed ? additionalProperties : undefined;
}

/** The values that a schema lists; `undefined`: it lists none. */
export function allowed({ const: only, enum: values }: JsonObject): readonly unknown[] | undefined {
  if (only !== undefined) return [only];
  return Array.isArray(values) ? values : undefined;
}

function branchesOf(schema: JsonObject, keyword: string): readonly unknown[] {
  const branches = schema[keyword];
  return Array.isArray(branches) ? branches : [];
}

/** Whether a value may be of a branch, by what usually tells branches apart. */
function mayBe(root: object, branch: JsonObject, value: unknown): boolean {
  const types = typesOf(root, branch);
  if (types.length > 0 && !types.some((type) => isOfType(type, value))) return false;
  if (!isObject(value)) return isAllowed(branch, value);
  const { required, properties, additionalProperties } = branch;
  const named = isObject(properties) ? properties : {};
  const isWhole = !Array.isArray(required) || required.every((name) => Object.hasOwn(value, name));
  const isOpen = additionalProperties !== false;
  return (
    isWhole &&
    Object.entries(value).every(([name, member]) =>
      Object.hasOwn(named, name) ? isAllowed(resolveSchema(root, named[name]), member) : isOpen,
    )
  );
}

/** Whether a schema lists a value, or lists none; objects and arrays in a list are not compared. */
function isAllowed(schema: JsonObject, value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return true;
  return allowed(schema)?.includes(value) ?? true;
}
