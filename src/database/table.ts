import { deepFreeze, type JsonObject } from '../json.ts';
import { memoize } from '../memoize.ts';
import loadData from './mswjs-data.cjs';
import { byCollection, identityOf, type Model, type Models } from './rows/models.ts';
import type { CollectionName } from './rows/types.ts';

export type Tables = Readonly<Record<CollectionName, Table>>;

/** A row in @mswjs/data: a column for each field, and a key of our own because not every row has an id. */
type Entity = Readonly<Record<string, unknown>>;

/** The part of a model of @mswjs/data that is used here; its own types do not compile under strict settings. */
interface EntityModel {
  create(values: Entity): Entity;
  getAll(): Entity[];
  updateMany(change: { where: object; data: object }): Entity[] | null;
  deleteMany(query: { where: object }): Entity[] | null;
}

const KEY = '_key';

/** Rows that are not copied into @mswjs/data. */
interface SharedRows {
  readonly rows: readonly JsonObject[];
  readonly byIdentity: ReadonlyMap<unknown, JsonObject>;
}

/** Prepares rows to be shared, once for each array. */
const shareRows = memoize((model: Model) =>
  memoize(
    (rows: readonly JsonObject[]): SharedRows => ({
      rows: deepFreeze(rows),
      byIdentity: new Map(rows.map((row) => [identityOf(model, row), row])),
    }),
  ),
);

/** Opens a table for each collection. */
export function openTables(
  models: Models,
  firstRows: (collection: CollectionName) => readonly JsonObject[],
): Tables {
  return byCollection((collection) => new Table(models[collection], () => firstRows(collection)));
}

/**
 * The rows of one collection: shared with other tables until the first write, then in a model of @mswjs/data. A look-up
 * there compares every row, so the table has an index by identity. The rows it returns are frozen.
 */
export class Table {
  readonly #model: Model;
  readonly #firstRows: () => readonly JsonObject[];
  // Made with the first write, as most tables of most sessions are never written.
  #byIdentity: Map<unknown, { readonly entity: Entity; readonly row: JsonObject }> | undefined;
  #opened: EntityModel | undefined;
  #keys = 0;
  #list: readonly JsonObject[] | undefined;
  #sharedRows: SharedRows | undefined;

  constructor(model: Model, firstRows: () => readonly JsonObject[]) {
    this.#model = model;
    this.#firstRows = firstRows;
  }

  /** All rows, oldest first. The array is the same until the next write. */
  rows(): readonly JsonObject[] {
    if (!this.#opened) return this.#share().rows;
    this.#list ??= this.#opened.getAll().map((entity) => this.#rowOf(entity));
    return this.#list;
  }

  /** The row with an identity, as `identityOf` returns it. */
  lookup(identity: unknown): JsonObject | undefined {
    if (!this.#opened) return this.#share().byIdentity.get(identity);
    return this.#byIdentity?.get(identity)?.row;
  }

  insert(row: JsonObject): void {
    this.#insert(this.#open(), row);
    this.#list = undefined;
  }

  /** Replaces each of `rows` with the row at the same index of `next`. */
  replace(rows: readonly JsonObject[], next: readonly JsonObject[]): void {
    const model = this.#open();
    const columns = new Map(
      next.map((row, index) => [this.#keyOf(rows[index] ?? row), toColumns(this.#model, row)]),
    );
    const data = Object.fromEntries(
      this.#model.columns.map(({ name }) => [
        name,
        (_: unknown, entity: Entity) => columns.get(entity[KEY])?.[name],
      ]),
    );
    const entities = model.updateMany({ where: isOneOf(columns.keys()), data }) ?? [];
    for (const row of rows) this.#byIdentity?.delete(identityOf(this.#model, row));
    for (const entity of entities) this.#remember(entity);
    this.#list = undefined;
  }

  remove(rows: readonly JsonObject[]): void {
    const model = this.#open();
    model.deleteMany({ where: isOneOf(rows.map((row) => this.#keyOf(row))) });
    for (const row of rows) this.#byIdentity?.delete(identityOf(this.#model, row));
    this.#list = undefined;
  }

  #open(): EntityModel {
    if (this.#opened) return this.#opened;
    const entities = openModel(this.#model);
    this.#byIdentity = new Map();
    for (const row of this.#sharedRows?.rows ?? this.#firstRows()) this.#insert(entities, row);
    this.#opened = entities;
    this.#sharedRows = undefined;
    return entities;
  }

  #share(): SharedRows {
    this.#sharedRows ??= shareRows(this.#model)(this.#firstRows());
    return this.#sharedRows;
  }

  #insert(model: EntityModel, row: JsonObject): void {
    this.#keys += 1;
    this.#remember(model.create({ [KEY]: String(this.#keys), ...toColumns(this.#model, row) }));
  }

  #remember(entity: Entity): void {
    const row = this.#rowOf(entity);
    this.#byIdentity?.set(identityOf(this.#model, row), { entity, row });
  }

  #keyOf(row: JsonObject): unknown {
    return this.#byIdentity?.get(identityOf(this.#model, row))?.entity[KEY];
  }

  #rowOf(entity: Entity): JsonObject {
    return rowsOf(this.#model)(entity);
  }
}

/** The row of an entity, once. */
const rowsOf = memoize((model: Model) =>
  memoize((entity: Entity): JsonObject => deepFreeze(fromColumns(model, entity))),
);

/** A query for the rows with one of these keys. */
function isOneOf(keys: Iterable<unknown>): object {
  const known = new Set(keys);
  // @mswjs/data asks the list about every row of the table, and a list looks at all its items.
  const list = Object.assign([...known], { includes: (key: unknown) => known.has(key) });
  return { [KEY]: { in: list } };
}

/** Wraps nested JSON in an array: @mswjs/data takes an object for a nested model, and does not update that. */
function toColumns(model: Model, row: JsonObject): Entity {
  const columns: Record<string, unknown> = {};
  for (const { name, isNested } of model.columns) columns[name] = isNested ? [row[name]] : row[name];
  return columns;
}

function fromColumns(model: Model, entity: Entity): JsonObject {
  const row: Record<string, unknown> = {};
  for (const { name, isNested } of model.columns) {
    const value = entity[name];
    row[name] = isNested && Array.isArray(value) ? value[0] : value;
  }
  return row;
}

/** Opens a database of one model: a session that writes one collection does not pay for all. */
function openModel({ columns }: Model): EntityModel {
  const { factory, nullable, primaryKey } = loadData();
  const rows = {
    [KEY]: primaryKey(String),
    // A nullable column takes values of every type.
    ...Object.fromEntries(columns.map(({ name }) => [name, nullable<string>(() => null)])),
  };
  return withoutBroadcastChannel(() => factory({ rows })).rows as unknown as EntityModel;
}

/**
 * Hides BroadcastChannel while a database is opened. Where there is a `window`, @mswjs/data would open a channel, which
 * copies rows into other tabs and, under jsdom, keeps the Node process alive.
 */
function withoutBroadcastChannel<T>(open: () => T): T {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'BroadcastChannel');
  if (!descriptor?.configurable) return open();
  Reflect.deleteProperty(globalThis, 'BroadcastChannel');
  try {
    return open();
  } finally {
    Object.defineProperty(globalThis, 'BroadcastChannel', descriptor);
  }
}
