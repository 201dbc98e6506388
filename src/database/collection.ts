import { copyJson, equalJson, isObject, type JsonObject } from '../json.ts';
import { didYouMean } from '../text/nearest-name.ts';
import { shown, shownNames } from '../text/shown.ts';
import { UsageTypeError } from '../usage-error.ts';
import type { Model } from './rows/models.ts';
import type { CollectionName, Row, RowInput } from './rows/types.ts';
import { createRow, deleteRows, type StoreState, updateRows } from './writes.ts';

/** Which rows: those that equal the given fields (compared as JSON, to the leaves), or those that a function accepts. */
export type Where<K extends CollectionName> = Partial<Row<K>> | ((row: Row<K>) => boolean);

/** The rows of one collection, to be looked at and changed. Every row that comes out is a copy. */
export interface Collection<K extends CollectionName> {
  /** The first row that matches. */
  find(where: Where<K>): Row<K> | undefined;
  /** The rows that match, in the order in which they were created; all of them without an argument. */
  findMany(where?: Where<K>): Row<K>[];
  /** How many rows match. */
  count(where?: Where<K>): number;
  /**
   * Adds a row at the end, with defaults for what is left out and times resolved against the clock.
   * @throws FixtureError when the row breaks its schema, is there already, or refers to a row that is not there.
   */
  create(row: RowInput<K>): Row<K>;
  /**
   * Replaces top-level fields of the rows that match, nested JSON whole, and returns these rows.
   * @throws FixtureError as `create` does, or when another row refers to a value that would go; nothing has changed then.
   */
  update(where: Where<K>, changes: Partial<RowInput<K>>): Row<K>[];
  /**
   * Deletes the rows that match and returns how many they were.
   * @throws FixtureError when a row that stays refers to one of them; nothing has changed then.
   */
  delete(where: Where<K>): number;
}

/** The collections of a mock. */
export type Database = { readonly [K in CollectionName]: Collection<K> } & {
  /** Grows with every write. */
  readonly revision: number;
};

/** The collection of that name in a store. */
export function openCollection<K extends CollectionName>(held: StoreState, collection: K): Collection<K> {
  const model = held.models[collection];
  const matching = (where?: Where<K>) => held.tables[collection].rows().filter(predicate(model, where));
  return {
    find: (where) =>
      matching(where)
        .slice(0, 1)
        .map(copied<K>)[0],
    findMany: (where) => matching(where).map(copied<K>),
    count: (where) => matching(where).length,
    create: (row) => copied(createRow(held, model, row)),
    update: (where, changes) => updateRows(held, model, matching(given(where)), changes).map(copied<K>),
    delete: (where) => deleteRows(held, model, matching(given(where))),
  };
}

/** Nothing at all is more likely a slip than a wish to write to every row, which is `{}`. */
function given<T>(where: T | undefined): T {
  if (where !== undefined) return where;
  throw new UsageTypeError(
    'Say which rows, by fields such as { id: 1 } or by a function; {} is all of them.',
  );
}

/** Rows in a table have passed the schema that the type is generated from. */
function copied<K extends CollectionName>(row: JsonObject): Row<K> {
  return copyJson(row) as Row<K>;
}

function predicate<K extends CollectionName>(
  model: Model,
  where: Where<K> = {},
): (row: JsonObject) => boolean {
  if (typeof where === 'function') return (row) => where(row as Row<K>);
  if (!isObject(where)) {
    throw new UsageTypeError(
      `Rows are found by fields, such as { id: 1 }, or by a function; found ${shown(where)}.`,
    );
  }
  const fields = Object.entries(where);
  for (const [field] of fields) refuseUnknown(field, model);
  return (row) => fields.every(([field, value]) => equalJson(row[field], value));
}

function refuseUnknown(field: string, model: Model): void {
  const known = model.columns.map(({ name }) => name);
  if (known.includes(field)) return;
  const guess = didYouMean(field, known, ` The fields are ${shownNames(known)}.`);
  throw new UsageTypeError(`${model.collection} have no field ${shown(field)}.${guess}`);
}
