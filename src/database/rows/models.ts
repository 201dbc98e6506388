import { type Schema, Validator } from '@cfworker/json-schema';
import { copyJson, freezeJson, type JsonObject } from '../../json.ts';
import { memoize } from '../../memoize.ts';
import { fixtureFile } from './fixture-files.ts';
import { COLLECTIONS, type CollectionName } from './types.ts';

/** The JSON Schema of each collection, as in `fixtures/schema`. */
export type FixtureSchemas = { readonly [K in CollectionName]: CollectionSchema };

/** An array of rows; the `x-` annotations say what JSON Schema has no words for. Paths are those of `valuesAt`. */
export interface CollectionSchema {
  /** The fields that together identify a row: no two rows agree in all of them. */
  readonly 'x-identity': readonly string[];
  /** Path → the collection that has to have a row of that identity. */
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

/** The keywords that fixture schemas use. */
export interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly items?: FieldSchema;
}

export interface Column {
  readonly name: string;
  /** Objects and arrays, which @mswjs/data takes for models and relations of its own. */
  readonly nested: boolean;
  /** What the field has when a row leaves it out; `undefined` where it has to be given, or follows from others. */
  readonly default: unknown;
}

export interface Reference {
  readonly path: string;
  readonly collection: CollectionName;
}

/** What the schema of a collection says, read once. */
export interface Model {
  readonly collection: CollectionName;
  /** The file of the packaged rows. */
  readonly file: string;
  readonly schema: RowSchema;
  readonly validator: Validator;
  readonly columns: readonly Column[];
  readonly identity: readonly string[];
  readonly references: readonly Reference[];
  readonly times: readonly string[];
  readonly timeZones: readonly string[];
}

export type Models = Readonly<Record<CollectionName, Model>>;

/** The same schemas are read once for as long as they live. */
export const modelsOf = memoize(
  (schemas: FixtureSchemas): Models =>
    byCollection((collection) => readModel(collection, schemas[collection])),
);

/** One value for each collection. */
export function byCollection<T>(
  make: (collection: CollectionName) => T,
): Readonly<Record<CollectionName, T>> {
  const entries = COLLECTIONS.map((collection) => [collection, make(collection)]);
  return Object.fromEntries(entries) as Record<CollectionName, T>;
}

/** What identifies a row: equal for equal rows, in a Map too; `undefined` while a part of it is missing. */
export function identityOf(model: Model, row: JsonObject): unknown {
  const values = model.identity.map((name) => row[name]);
  if (values.includes(undefined)) return undefined;
  return values.length === 1 ? values[0] : compositeIdentity(values);
}

export function compositeIdentity(values: readonly unknown[]): string {
  return JSON.stringify(values);
}

/** A row with every field of its model: what is given, else the default. */
export function withDefaults(model: Model, given: JsonObject): JsonObject {
  const row: Record<string, unknown> = {};
  for (const { name, default: fallback } of model.columns)
    row[name] = Object.hasOwn(given, name) ? given[name] : fallback;
  return row;
}

function readModel(collection: CollectionName, schema: CollectionSchema): Model {
  return {
    collection,
    file: fixtureFile(collection),
    schema: schema.items,
    // A copy, as the validator writes into the schema; and all findings are wanted, not the first one only.
    validator: new Validator(copyJson(schema.items) as Schema, '2020-12', false),
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
    nested: types.includes('object') || types.includes('array'),
    default: freezeJson(field.default),
  };
}

function readReference(path: string, target: string): Reference {
  const collection = COLLECTIONS.find((known) => known === target);
  if (collection === undefined) throw new Error(`x-references: there is no collection "${target}".`);
  return { path, collection };
}
