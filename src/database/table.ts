import { factory, nullable, primaryKey } from '@mswjs/data';
import { deepFreeze, type JsonObject } from '../json.ts';
import { memoize } from '../memoize.ts';
import { byCollection, identityOf, type Model, type Models } from './rows/models.ts';
import type { CollectionName } from './rows/types.ts';

export type Tables = Readonly<Record<CollectionName, Table>>;

/** A row as @mswjs/data has it: a column a field, and a key of our own, as not every row has an id. */
type Entity = Readonly<Record<string, unknown>>;

/** What is used of a model of @mswjs/data, whose own types do not pass under strict settings. */
interface HeldModel {
  create(values: Entity): Entity;
  getAll(): Entity[];
  updateMany(change: { where: object; data: object }): Entity[] | null;
  deleteMany(query: { where: object }): Entity[] | null;
}

const KEY = '_key';

/** Rows that are not in @mswjs/data yet. */
interface UnwrittenRows {
  readonly rows: readonly JsonObject[];
  readonly byIdentity: ReadonlyMap<unknown, JsonObject>;
}

/** When the first rows of a table are copied into @mswjs/data. Until the first write, it can share them with others. */
export type CopyAt = 'first-use' | 'first-write';

/** Once for all tables that share the rows. */
const unwrittenRows = memoize((model: Model) =>
  memoize(
    (rows: readonly JsonObject[]): UnwrittenRows => ({
      rows: deepFreeze(rows),
      byIdentity: new Map(rows.map((row) => [identityOf(model, row), row])),
    }),
  ),
);

/** Tables in one database of @mswjs/data. */
export function openTables(
  models: Models,
  firstRows: (collection: CollectionName) => readonly JsonObject[],
  copyAt: CopyAt,
): Tables {
  let held: Readonly<Record<CollectionName, HeldModel>> | undefined;
  const holdRows = () => {
    held ??= openModels(models);
    return held;
  };
  return byCollection(
    (collection) =>
      new Table(
        models[collection],
        () => holdRows()[collection],
        () => firstRows(collection),
        copyAt,
      ),
  );
}

/**
 * The rows of one collection, held by a model of @mswjs/data. Looking a row up there compares every row, so the
 * rows are also known by identity. Rows that come out are frozen and shared.
 */
export class Table {
  readonly #model: Model;
  readonly #hold: () => HeldModel;
  readonly #firstRows: () => readonly JsonObject[];
  readonly #copyAt: CopyAt;
  readonly #byIdentity = new Map<unknown, { readonly entity: Entity; readonly row: JsonObject }>();
  readonly #rows = new WeakMap<Entity, JsonObject>();
  #held: HeldModel | undefined;
  #keys = 0;
  #list: readonly JsonObject[] | undefined;
  #unwritten: UnwrittenRows | undefined;

  constructor(model: Model, hold: () => HeldModel, firstRows: () => readonly JsonObject[], copyAt: CopyAt) {
    this.#model = model;
    this.#hold = hold;
    this.#firstRows = firstRows;
    this.#copyAt = copyAt;
  }

  /** All rows in the order in which they were inserted; the same array until the next write. */
  rows(): readonly JsonObject[] {
    if (this.#isShared()) return this.#shared().rows;
    this.#list ??= this.#opened()
      .getAll()
      .map((entity) => this.#rowOf(entity));
    return this.#list;
  }

  /** The row of an identity, as `identityOf` gives it. */
  lookup(identity: unknown): JsonObject | undefined {
    if (this.#isShared()) return this.#shared().byIdentity.get(identity);
    this.#opened();
    return this.#byIdentity.get(identity)?.row;
  }

  insert(row: JsonObject): void {
    this.#insert(this.#opened(), row);
    this.#list = undefined;
  }

  /** Puts other rows in the place of some: the nth of `next` for the nth of `rows`. */
  replace(rows: readonly JsonObject[], next: readonly JsonObject[]): void {
    const held = this.#opened();
    const columns = new Map(
      next.map((row, index) => [this.#keyOf(rows[index] ?? row), toColumns(this.#model, row)]),
    );
    const data = Object.fromEntries(
      this.#model.columns.map(({ name }) => [
        name,
        (_: unknown, entity: Entity) => columns.get(entity[KEY])?.[name],
      ]),
    );
    const entities = held.updateMany({ where: { [KEY]: { in: [...columns.keys()] } }, data }) ?? [];
    for (const row of rows) this.#byIdentity.delete(identityOf(this.#model, row));
    for (const entity of entities) this.#remember(entity);
    this.#list = undefined;
  }

  remove(rows: readonly JsonObject[]): void {
    const held = this.#opened();
    held.deleteMany({ where: { [KEY]: { in: rows.map((row) => this.#keyOf(row)) } } });
    for (const row of rows) this.#byIdentity.delete(identityOf(this.#model, row));
    this.#list = undefined;
  }

  #opened(): HeldModel {
    if (this.#held) return this.#held;
    const held = this.#hold();
    for (const row of this.#unwritten?.rows ?? this.#firstRows()) this.#insert(held, row);
    this.#held = held;
    this.#unwritten = undefined;
    return held;
  }

  #isShared(): boolean {
    return this.#copyAt === 'first-write' && !this.#held;
  }

  #shared(): UnwrittenRows {
    if (this.#unwritten) return this.#unwritten;
    this.#unwritten = unwrittenRows(this.#model)(this.#firstRows());
    return this.#unwritten;
  }

  #insert(held: HeldModel, row: JsonObject): void {
    this.#keys += 1;
    this.#remember(held.create({ [KEY]: String(this.#keys), ...toColumns(this.#model, row) }));
  }

  #remember(entity: Entity): void {
    const row = this.#rowOf(entity);
    this.#byIdentity.set(identityOf(this.#model, row), { entity, row });
  }

  #keyOf(row: JsonObject): unknown {
    return this.#byIdentity.get(identityOf(this.#model, row))?.entity[KEY];
  }

  #rowOf(entity: Entity): JsonObject {
    const known = this.#rows.get(entity);
    if (known) return known;
    const row = deepFreeze(fromColumns(this.#model, entity));
    this.#rows.set(entity, row);
    return row;
  }
}

/** Nested JSON goes in as an array of one: @mswjs/data takes an object for a nested model and does not update it. */
function toColumns(model: Model, row: JsonObject): Entity {
  const columns: Record<string, unknown> = {};
  for (const { name, nested } of model.columns) columns[name] = nested ? [row[name]] : row[name];
  return columns;
}

function fromColumns(model: Model, entity: Entity): JsonObject {
  const row: Record<string, unknown> = {};
  for (const { name, nested } of model.columns) {
    const value = entity[name];
    row[name] = nested && Array.isArray(value) ? value[0] : value;
  }
  return row;
}

function openModels(models: Models): Readonly<Record<CollectionName, HeldModel>> {
  const dictionary = byCollection((collection) => ({
    [KEY]: primaryKey(String),
    // Nullable without a default: what is not null is taken as it is.
    ...Object.fromEntries(models[collection].columns.map(({ name }) => [name, nullable<string>(() => null)])),
  }));
  return withoutBroadcastChannel(() => factory(dictionary)) as unknown as Record<CollectionName, HeldModel>;
}

/**
 * Where there is a `window`, @mswjs/data opens a BroadcastChannel for each database, which copies rows into other
 * tabs and keeps a Node process (under jsdom) from ending. It looks for the constructor while it opens one.
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
