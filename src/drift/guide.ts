import { SUBSCHEMA, SUBSCHEMA_ARRAY, SUBSCHEMA_MAP, VALUE_KEYWORDS } from '../contract/keywords.ts';
import { isObject, type JsonObject } from '../json.ts';
import { localPointer, valueAt } from '../json-pointer.ts';

/** The schemas that may describe a value at one place: all branches, references resolved. Empty: nothing is said. */
export type Guide = readonly JsonObject[];

/** Keywords that add to the schema that they are in, or give it alternatives. */
const BRANCHES = ['allOf', 'anyOf', 'oneOf'];
const CONDITIONS = ['then', 'else'];
/** Of one place, so that schemas with very many branches take no time. */
const MAX_SCHEMAS = 200;

/** The guide of schemas. */
export function guideOf(root: object, schemas: readonly unknown[]): Guide {
  const found = new Set<JsonObject>();
  const waiting = [...schemas];
  for (let schema = waiting.shift(); schema !== undefined; schema = waiting.shift()) {
    if (!isObject(schema) || found.has(schema) || found.size >= MAX_SCHEMAS) continue;
    found.add(schema);
    const target = typeof schema.$ref === 'string' ? localPointer(schema.$ref) : undefined;
    if (target !== undefined) waiting.push(valueAt(root, target));
    for (const keyword of BRANCHES) waiting.push(...listOf(schema[keyword]));
    for (const keyword of CONDITIONS) waiting.push(schema[keyword] ?? null);
  }
  return [...found];
}

/** The guide of the items of an array. */
export function guideOfItems(root: object, guide: Guide): Guide {
  return guideOf(
    root,
    guide.flatMap(({ items, prefixItems }) => [...listOf(prefixItems), items ?? null]),
  );
}

/** The guide of a member: what `properties` say of its name, else what is said of all other members. */
export function guideOfMember(root: object, guide: Guide, name: string): Guide {
  const named = guide.flatMap(({ properties }) =>
    isObject(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [],
  );
  return guideOf(root, named.length > 0 ? named : guide.flatMap(othersOf));
}

/** Whether a schema names a member. */
export function isNamed(guide: Guide, name: string): boolean {
  return guide.some(({ properties }) => isObject(properties) && Object.hasOwn(properties, name));
}

/**
 * Whether the names of members are data, such as ids: the schemas describe members of any name, or none at all.
 * Those that `properties` name are not.
 */
export function isMap(guide: Guide): boolean {
  return (
    guide.some((schema) => othersOf(schema).length > 0) ||
    !guide.some(({ properties }) => isObject(properties))
  );
}

/** Whether the schemas say nothing of values. */
export function isSilent(guide: Guide): boolean {
  return !guide.some((schema) => Object.keys(schema).some((key) => KEYWORDS.some((known) => known.has(key))));
}

const KEYWORDS = [SUBSCHEMA, SUBSCHEMA_ARRAY, SUBSCHEMA_MAP, VALUE_KEYWORDS];

/** Whether a schema says of which type a value is. */
export function saysType(guide: Guide): boolean {
  return guide.some(({ type, enum: values, const: value }) => (type ?? values ?? value) !== undefined);
}

function othersOf({ additionalProperties, unevaluatedProperties, patternProperties }: JsonObject): unknown[] {
  const patterns = isObject(patternProperties) ? Object.values(patternProperties) : [];
  return [additionalProperties, unevaluatedProperties, ...patterns].filter(isObject);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.map((item: unknown) => item ?? null) : [];
}
