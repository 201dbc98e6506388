import { freezeJson, type JsonObject } from '../../json.ts';
import { memoize } from '../../memoize.ts';
import { compileRowSchema, type FieldSchema, type SchemaCheck } from './schema-check.ts';
import { COLLECTIONS, type CollectionName } from './types.ts';

/** The JSON Schema of each collection, as in `fixtures/schema`. */
export type FixtureSchemas = { readonly [K in CollectionName]: CollectionSchema };

/** The schema of an array of rows. The `x-` annotations say what JSON Schema cannot. For paths see `valuesAt`. */
export interface CollectionSchema {
  /** The fields that together identify a row. */
  readonly 'x-identity': readonly string[];
  /** By path: the collection of the row that the value identifies. */
  readonly 'x-references'?: Readonly<Record<string, string>>;
  /** Paths of times, absolute or relative. */
  readonly 'x-times'?: readonly string[];
  /** Paths of IANA time zones. */
  readonly 'x-time-zones'?: readonly string[];
  readonly items: RowSchema;
}

export interface RowSchema extends FieldSchema {
  readonly properties: Readonly<Record<string, FieldSchema>>;
}

export interface Column {
  readonly name: string;
  /** Whether the field may be an object or an array, which @mswjs/data would take for a model or a relation. */
  readonly isNested: boolean;
  /** The default value; `undefined` for fields that are required or derived. */
  readonly default: unknown;
}

export interface Reference {
  readonly path: string;
  readonly collection: CollectionName;
}

/** The schema of a collection in a form that is easy to use. */
export interface Model {
  readonly collection: CollectionName;
  readonly schema: RowSchema;
  readonly checkSchema: SchemaCheck;
  readonly columns: readonly Column[];
  readonly identity: readonly string[];
  readonly references: readonly Reference[];
  readonly times: readonly string[];
  readonly timeZones: readonly string[];
}

export type Models = Readonly<Record<CollectionName, Model>>;

/** Reads schemas. The same object always gives the same models. */
export const modelsOf = memoize(
  (schemas: FixtureSchemas): Models =>
    byCollection((collection) => readModel(collection, schemas[collection])),
);

/** Makes one value for each collection. */
export function byCollection<T>(
  make: (collection: CollectionName) => T,
): Readonly<Record<CollectionName, T>> {
  const entries = COLLECTIONS.map((collection) => [collection, make(collection)]);
  return Object.fromEntries(entries) as Record<CollectionName, T>;
}

/** The identity of a row, usable as a key of a Map; `undefined` when a part of it is missing. */
export function identityOf(model: Model, row: JsonObject): unknown {
  const values = model.identity.map((name) => row[name]);
  if (values.includes(undefined)) return undefined;
  return values.length === 1 ? values[0] : compositeIdentity(values);
}

/** The identity of a row that several fields identify. */
export function compositeIdentity(values: readonly unknown[]): string {
  return JSON.stringify(values);
}

/** A row with every field of its model: the given value, else the default. */
export function withDefaults(model: Model, given: JsonObject): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const { name, default: fallback } of model.columns)
    row[name] = Object.hasOwn(given, name) ? given[name] : fallback;
  return row;
}

function readModel(collection: CollectionName, schema: CollectionSchema): Model {
  return {
    collection,
    schema: schema.items,
    checkSchema: compileRowSchema(schema.items),
    columns: Object.entries(schema.items.properties).map(([name, field]) => readColumn(name, field)),
    identity: schema['x-identity'],
    references: Object.entries(schema['x-references'] ?? {}).map(([path, target]) =>
      readReference(path, target),
    ),
    times: schema['x-times'] ?? [],
    timeZones: schema['x-time-zones'] ?? [],
  };
}

function readColumn(name: string, field: FieldSchema): Column {
  const types = [field.type ?? 'object'].flat();
  return {
    name,
    isNested: types.includes('object') || types.includes('array'),
    default: freezeJson(field.default),
  };
}

function readReference(path: string, target: string): Reference {
  const collection = COLLECTIONS.find((known) => known === target);
  if (collection === undefined) throw new Error(`x-references: there is no collection "${target}".`);
  return { path, collection };
}
