import { copyJson, equalJson, isObject, type JsonObject } from '../json.ts';
import { didYouMean } from '../text/nearest-name.ts';
import { shown, shownNames } from '../text/shown.ts';
import { UsageTypeError } from '../usage-error.ts';
import type { Model } from './rows/models.ts';
import type { CollectionName, Row, RowInput } from './rows/types.ts';
import { createRow, deleteRows, type Grow, type StoreState, updateRows } from './writes.ts';

/**
 * Selects rows: by fields, which are compared deeply as JSON, or by a function. `{}` selects all rows.
 *
 * ```ts
 * mock.database.experiments.findMany({ archived: true });
 * mock.database.experiments.findMany(({ start_date }) => start_date !== null);
 * ```
 */
export type Where<K extends CollectionName> = Partial<Row<K>> | ((row: Row<K>) => boolean);

/**
 * The rows of one collection. Rows are returned as copies: change them with {@link update}, not in place.
 *
 * ```ts
 * const { experiments } = mock.database;
 * const draft = experiments.create({ id: 900, project_id: 1, name: 'New checkout' });
 * experiments.update({ id: draft.id }, { start_date: 'now-1d' });
 * experiments.find({ id: draft.id })?.status; // 'running'
 * experiments.delete({ id: draft.id }); // 1
 * ```
 *
 * Every method with a `where` throws a `UsageTypeError` when it is neither fields nor a function, or has an unknown
 * field.
 */
export interface Collection<K extends CollectionName> {
  /** The first row that matches, or `undefined`. */
  find(where: Where<K>): Row<K> | undefined;
  /** The rows that match, oldest first; without an argument, all rows. */
  findMany(where?: Where<K>): Row<K>[];
  /** The number of rows that match; without an argument, of all rows. */
  count(where?: Where<K>): number;
  /**
   * Adds a row. Absent fields get their defaults, and relative times become absolute by the mock's clock.
   *
   * @returns the row with all its fields.
   * @throws {FixtureError} when the row breaks its schema, exists already, or refers to a row that does not exist.
   */
  create(row: RowInput<K>): Row<K>;
  /**
   * Replaces top-level fields of the rows that match; nested JSON is replaced as a whole. All rows change, or none.
   * A function makes the changes of each row.
   *
   * @returns the changed rows.
   * @throws {FixtureError} as {@link create} does, or when another row refers to an id that would change.
   * @throws {UsageTypeError} when `changes` is not an object.
   */
  update(where: Where<K>, changes: Partial<RowInput<K>> | ((row: Row<K>) => Partial<RowInput<K>>)): Row<K>[];
  /**
   * Deletes the rows that match: all of them, or none.
   *
   * @returns the number of deleted rows.
   * @throws {FixtureError} when another row refers to one of them.
   */
  delete(where: Where<K>): number;
}

/** The collections of a mock, by name. */
export type Database = { readonly [K in CollectionName]: Collection<K> } & {
  /** Increases with every write. */
  readonly revision: number;
};

/**
 * Opens a collection of a store.
 * @param grow `null`: there is no limit to what is written.
 */
export function openCollection<K extends CollectionName>(
  state: StoreState,
  collection: K,
  grow: Grow | null,
): Collection<K> {
  const model = state.models[collection];
  const select = (where?: Where<K>) => state.tables[collection].rows().filter(toPredicate(model, where));
  return {
    find: (where) =>
      select(where)
        .slice(0, 1)
        .map(copyRow<K>)[0],
    findMany: (where) => select(where).map(copyRow<K>),
    count: (where) => select(where).length,
    create: (row) => copyRow(createRow(state, model, row, grow)),
    update: (where, changes) =>
      updateRows(state, model, select(requireWhere(where)), changes, grow).map(copyRow<K>),
    delete: (where) => deleteRows(state, model, select(requireWhere(where)), grow),
  };
}

/** A missing `where` is more likely a mistake than a wish to change every row; that takes `{}`. */
function requireWhere<T>(where: T | undefined): T {
  if (where !== undefined) return where;
  throw new UsageTypeError(
    'Say which rows: by fields such as { id: 1 }, or by a function; {} means all rows.',
  );
}

/** The cast is safe: rows of a table have passed the schema that their type is generated from. */
function copyRow<K extends CollectionName>(row: JsonObject): Row<K> {
  return copyJson(row) as Row<K>;
}

function toPredicate<K extends CollectionName>(
  model: Model,
  where: Where<K> = {},
): (row: JsonObject) => boolean {
  if (typeof where === 'function') return (row) => where(row as Row<K>);
  if (!isObject(where)) {
    throw new UsageTypeError(
      `Select rows by fields such as { id: 1 }, or by a function; found ${shown(where)}.`,
    );
  }
  const fields = Object.entries(where);
  for (const [field] of fields) refuseUnknownField(field, model);
  return (row) => fields.every(([field, value]) => equalJson(row[field], value));
}

function refuseUnknownField(field: string, model: Model): void {
  const known = model.columns.map(({ name }) => name);
  if (known.includes(field)) return;
  const guess = didYouMean(field, known, ` The fields are ${shownNames(known)}.`);
  throw new UsageTypeError(`${model.collection} have no field ${shown(field)}.${guess}`);
}
