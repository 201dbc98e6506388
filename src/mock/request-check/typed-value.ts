import type { Sender } from '../../contract/optional-members.ts';
import { isOfType, resolveSchema, typesOf } from '../../contract/resolve-schema.ts';
import { checkAt } from '../../contract/schema.ts';
import type { SchemaViolation } from '../../contract/violations.ts';
import { hasMoreValues, isObject, type JsonObject, parseJson } from '../../json.ts';
import { valueAt } from '../../json-pointer.ts';

/** Items and members, at all levels, of a value that is checked; some checks take the square of it. */
export const MAX_CHECKED_VALUES = 1_000;

/**
 * Checks what text was decoded into. Text has no types: `5` passes as a number and as a string.
 *
 * @param candidates what the text may mean; it is enough that one of them passes.
 * @returns how the last candidate breaks the schema; empty: one passes, or there are too many values to be checked.
 */
export function violationsOfText(
  document: object,
  schema: string,
  candidates: readonly unknown[],
  sender?: Sender,
): readonly SchemaViolation[] {
  const check = checkAt(document, schema, sender);
  let last: unknown;
  for (const candidate of candidates) {
    if (hasMoreValues(candidate, MAX_CHECKED_VALUES)) return [];
    for (const reading of readingsOf(document, valueAt(document, schema), candidate)) {
      if (check.fits(reading)) return [];
      last = reading;
    }
  }
  return last === undefined ? [] : check(last);
}

/** What a value may be whose texts have no types: as it is; typed, but for what may be text; and typed wherever it can be. */
function* readingsOf(document: object, schema: unknown, value: unknown): Generator<unknown> {
  yield value;
  yield typed(document, schema, value, typedText);
  yield typed(document, schema, value, typedTextOfUnion);
}

/** The types that the values of a schema may have; empty: it does not say. */
export function typesAt(document: object, schema: string | undefined): readonly string[] {
  return schema === undefined ? [] : typesOf(document, valueAt(document, schema));
}

/** Reads a text that may be of some types. */
type ReadText = (types: readonly string[], text: string) => unknown;

/** Gives the texts within a value the types that the schema has for them. */
function typed(document: object, schema: unknown, value: unknown, read: ReadText): unknown {
  if (typeof value === 'string') return read(typesOf(document, schema), value);
  if (typeof value !== 'object' || value === null) return value;
  const branches = branchesOf(document, schema);
  const typedPart = (part: unknown, of: unknown) =>
    jsonWithin(typesOf(document, of), part) ?? typed(document, of, part, read);
  if (Array.isArray(value)) {
    const items = branches.find((branch) => branch.items !== undefined)?.items;
    return value.map((item) => typedPart(item, items));
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, typedPart(member, memberOf(branches, name))]),
  );
}

/** An array or object within another one: OpenAPI has no style for it, but clients send JSON. */
function jsonWithin(types: readonly string[], text: unknown): object | undefined {
  if (typeof text !== 'string' || types.includes('string') || !/^\s*[[{]/.test(text)) return undefined;
  const json = parseJson(text);
  return typeof json === 'object' && json !== null ? json : undefined;
}

/** Reads text as a number, a boolean or `null`. Where it may be a string, it stays one. */
function typedText(types: readonly string[], text: string): unknown {
  if (types.includes('string')) return text;
  const json = parseJson(text);
  // In JSON, `5.0` and `1e3` are integers; few servers read them as such in a query.
  const isInteger = types.includes('integer') && !types.includes('number');
  if (typeof json === 'number' && isInteger && /[.e]/i.test(text)) return text;
  return json === undefined || (typeof json === 'object' && json !== null) ? text : json;
}

/** Where text may be a string or something else, such as a number, it is that. */
function typedTextOfUnion(types: readonly string[], text: string): unknown {
  if (!types.includes('string')) return typedText(types, text);
  const json = typedText([], text);
  return types.some((type) => isOfType(type, json)) ? json : text;
}

function memberOf(branches: readonly JsonObject[], name: string): unknown {
  for (const { properties } of branches)
    if (isObject(properties) && Object.hasOwn(properties, name)) return properties[name];
  return branches.find((branch) => isObject(branch.additionalProperties))?.additionalProperties;
}

/** The members that a value may have as far as a schema lists them, each with its types. */
export function membersAt(
  document: object,
  schema: string | undefined,
): ReadonlyMap<string, readonly string[]> {
  const branches = schema === undefined ? [] : branchesOf(document, valueAt(document, schema));
  return new Map(
    branches.flatMap(({ properties }) =>
      Object.entries(isObject(properties) ? properties : {}).map(
        ([name, member]) => [name, typesOf(document, member)] as const,
      ),
    ),
  );
}

/** A schema, and those that it consists of or allows. Ends: `break-circles.ts` has taken circles for the same value away. */
function branchesOf(document: object, schema: unknown): readonly JsonObject[] {
  const resolved = resolveSchema(document, schema);
  const below = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => {
    const branches = resolved[keyword];
    return Array.isArray(branches) ? branches.flatMap((branch) => branchesOf(document, branch)) : [];
  });
  return [resolved, ...below];
}
