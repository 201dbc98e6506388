import { isObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { shown } from '../../text/shown.ts';
import { SUBSCHEMA, SUBSCHEMA_ARRAY, SUBSCHEMA_MAP } from '../keywords.ts';
import { isPattern } from '../pattern.ts';
import { mendPattern } from './mend-pattern.ts';
import { dropSiblings, readBytes, readExclusive } from './old-keywords.ts';
import { type Place, pointerOf } from './place.ts';
import { kindOf, type Reading } from './reading.ts';
import { resolveUri } from './references.ts';
import { KEYWORD_VALUES, type ValueKind } from './schema-values.ts';

/** What a schema is normalized with. */
export interface SchemaVisit {
  readonly reading: Reading;
  /** Schemas that accept null too; seen to at the end, when references have been resolved. */
  readonly nullable: JsonObject[];
  below(schema: unknown, place: Place, base: string): void;
  refer(schema: JsonObject, place: Place, base: string): void;
  identify(uri: string, place: Place): void;
}

/**
 * Brings a schema into the dialect of OpenAPI 3.1, without keywords that JSON Schema does not allow.
 *
 * @param base the URI that its references are relative to.
 * @param isOld whether it is in a document of OpenAPI 3.0.
 */
export function normalizeSchema(
  visit: SchemaVisit,
  schema: JsonObject,
  place: Place,
  base: string,
  isOld: boolean,
): void {
  readOldKeywords(visit, schema, place, isOld);
  const own = identify(visit, schema, place, base);
  for (const key of Object.keys(schema)) {
    const kind = KEYWORD_VALUES.get(key);
    if (kind) checkValue(visit, schema, key, place, kind);
    else if (SUBSCHEMA_MAP.has(key)) normalizeMembers(visit, schema, key, isObject(schema[key]), place, own);
    else if (SUBSCHEMA.has(key)) normalizeMember(visit, schema, key, place, own);
    else if (SUBSCHEMA_ARRAY.has(key))
      normalizeMembers(visit, schema, key, Array.isArray(schema[key]), place, own);
  }
  visit.reading.examples.addOfSchema(schema, () => pointerOf(place));
  if (schema.$ref !== undefined) visit.refer(schema, place, own);
}

function readOldKeywords(visit: SchemaVisit, schema: JsonObject, place: Place, isOld: boolean): void {
  const { nullable, $ref, exclusiveMinimum, exclusiveMaximum, items } = schema;
  if (isOld && typeof $ref === 'string') dropSiblings(schema);
  if (isOld) readBytes(schema);
  if (nullable === true) visit.nullable.push(schema);
  const tell = (keyword: string, instead: string) => {
    if (!isOld) tellOld(visit.reading, place, keyword, instead);
  };
  if (typeof nullable === 'boolean') tell('nullable', '"type": ["string", "null"]');
  if (typeof exclusiveMinimum === 'boolean') {
    tell('exclusiveMinimum', 'a number');
    readExclusive(schema, 'exclusiveMinimum', 'minimum');
  }
  if (typeof exclusiveMaximum === 'boolean') {
    tell('exclusiveMaximum', 'a number');
    readExclusive(schema, 'exclusiveMaximum', 'maximum');
  }
  if (Array.isArray(items) && schema.prefixItems === undefined) {
    visit.reading.report(
      'old-keyword',
      at(place, 'items'),
      'expected one schema; a list of them is "prefixItems".',
    );
    Reflect.set(schema, 'prefixItems', items);
    Reflect.deleteProperty(schema, 'items');
  }
}

function tellOld(reading: Reading, place: Place, keyword: string, instead: string): void {
  const detail = `"${keyword}" as a boolean is of OpenAPI 3.0; expected ${instead}.`;
  reading.report('old-keyword', at(place, keyword), detail);
}

/** Makes a schema known by its `$id` and its anchors, and takes them away: every reference will be a pointer. */
function identify(visit: SchemaVisit, schema: JsonObject, place: Place, base: string): string {
  const { $id, $anchor, $dynamicAnchor, $dynamicRef, $ref } = schema;
  const id = typeof $id === 'string' ? resolveUri($id, base) : undefined;
  const own = id?.split('#', 1)[0] ?? base;
  if (id !== undefined) visit.identify(own, place);
  for (const anchor of [$anchor, $dynamicAnchor]) {
    if (typeof anchor === 'string') visit.identify(`${own}#${anchor}`, place);
  }
  if (typeof $dynamicRef === 'string' && $ref === undefined) Reflect.set(schema, '$ref', $dynamicRef);
  return own;
}

function normalizeMember(
  visit: SchemaVisit,
  schema: JsonObject,
  key: string,
  place: Place,
  base: string,
): void {
  const value = schema[key];
  if (isObject(value)) visit.below(value, { owner: place, key }, base);
  else if (typeof value !== 'boolean') {
    reportNoSchema(visit.reading, at(place, key), value);
    Reflect.deleteProperty(schema, key);
  }
}

function normalizeMembers(
  visit: SchemaVisit,
  schema: JsonObject,
  key: string,
  isExpected: boolean,
  place: Place,
  base: string,
): void {
  const members = schema[key];
  if (!isExpected || typeof members !== 'object' || members === null) {
    const expected = SUBSCHEMA_ARRAY.has(key) ? 'an array' : 'an object';
    const detail = `expected ${expected} of schemas, found ${kindOf(members)}.`;
    visit.reading.report('schema-keyword', at(place, key), detail);
    Reflect.deleteProperty(schema, key);
    return;
  }
  const owner = { owner: place, key };
  for (const name of Object.keys(members)) {
    const member: unknown = Reflect.get(members, name);
    if (key === 'patternProperties' && !isPattern(name)) {
      visit.reading.report(
        'pattern',
        at(owner, name),
        `expected a regular expression, found ${shown(name)}.`,
      );
      Reflect.deleteProperty(members, name);
    } else if (isObject(member)) visit.below(member, { owner, key: name }, base);
    else if (typeof member !== 'boolean') {
      reportNoSchema(visit.reading, at(owner, name), member);
      Reflect.set(members, name, true);
    }
  }
}

function reportNoSchema(reading: Reading, pointer: string, value: unknown): void {
  const detail = `expected a schema, which is an object, true or false; found ${kindOf(value)}.`;
  reading.report('schema-keyword', pointer, detail);
}

function checkValue(
  { reading }: SchemaVisit,
  schema: JsonObject,
  key: string,
  place: Place,
  kind: ValueKind,
): void {
  const value = schema[key];
  if (kind.accepts(value)) return;
  const detail = `expected ${kind.expected}, found ${shown(value)}.`;
  reading.report(key === 'pattern' ? 'pattern' : 'schema-keyword', at(place, key), detail);
  const mended = key === 'pattern' && typeof value === 'string' ? mendPattern(value) : undefined;
  if (mended === undefined) Reflect.deleteProperty(schema, key);
  else Reflect.set(schema, key, mended);
}

function at(place: Place, key: string): string {
  return pointerTo(pointerOf(place), key);
}
