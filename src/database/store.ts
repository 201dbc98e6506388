import { copyJson } from '../json.ts';
import { type Database, openCollection } from './collection.ts';
import { openReads, type Reads } from './reads.ts';
import { byCollection, type FixtureSchemas, type Models, modelsOf } from './rows/models.ts';
import type { CollectionName, FixtureInput, Rows } from './rows/types.ts';
import { packagedSeed, replacedSeed, resolvedRows, type Seed, snapshotSeed } from './seed.ts';
import { type CopyAt, openTables, type Tables } from './table.ts';
import type { Instant } from './time.ts';
import type { StoreState } from './writes.ts';

export type { FixtureSchemas } from './rows/models.ts';

/** Rows to open stores on: checked, and shared by all stores that start from them. */
export interface StartRows {
  readonly models: Models;
  readonly seed: Seed;
}

/**
 * Reads the packaged rows.
 * @param packaged checked once for as long as this object lives, so it must not change.
 * @throws FixtureError when they cannot be used.
 */
export function readStartRows(schemas: FixtureSchemas, packaged: FixtureInput): StartRows {
  const models = modelsOf(schemas);
  return { models, seed: packagedSeed(models)(packaged) };
}

/**
 * Puts other rows into the place of whole collections.
 * @throws FixtureError when they cannot be used.
 */
export function replaceRows({ models, seed }: StartRows, fixtures: FixtureInput | undefined): StartRows {
  return { models, seed: fixtures === undefined ? seed : replacedSeed(models, seed, fixtures) };
}

export interface StoreOptions {
  readonly start: StartRows;
  /** The clock that relative times are resolved against. */
  readonly now: () => Instant;
  /** Default `first-use`. */
  readonly copyAt?: CopyAt;
}

/** The rows of one mock. */
export interface Store {
  /** For those who use the mock: finds and changes rows. */
  readonly database: Database;
  /** For those who answer requests. */
  readonly reads: Reads;
  /** All rows as plain JSON. */
  snapshot(): Rows;
  /**
   * Replaces all rows with those of a snapshot.
   * @throws FixtureError when they cannot be used; nothing has changed then.
   */
  restore(rows: unknown): void;
  /** Goes back to the rows of the start, relative times resolved against the clock as it stands then. */
  reseed(): void;
}

/** Opens a store. */
export function openStore({ start, now, copyAt = 'first-use' }: StoreOptions): Store {
  const { models } = start;
  const tables = (seed: Seed) => tablesFrom(models, seed, now(), copyAt);
  const held: StoreState = { models, now, tables: tables(start.seed), revision: 0, madeUuids: 0 };
  const seed = (rows: Seed) => {
    held.tables = tables(rows);
    held.revision += 1;
    held.madeUuids = 0;
  };
  return {
    database: openDatabase(held),
    reads: openReads(held),
    snapshot: () =>
      byCollection((collection) => held.tables[collection].rows().map(copyJson)) as unknown as Rows,
    restore: (rows) => seed(snapshotSeed(models, rows)),
    reseed: () => seed(start.seed),
  };
}

/** The times are those of `now`, whenever a table takes its rows. */
function tablesFrom(models: Models, seed: Seed, now: Instant, copyAt: CopyAt): Tables {
  const rows = (collection: CollectionName) => resolvedRows(models[collection], seed[collection], now);
  return openTables(models, rows, copyAt);
}

function openDatabase(held: StoreState): Database {
  const collections = byCollection((collection) => openCollection(held, collection));
  return {
    ...(collections as unknown as Omit<Database, 'revision'>),
    get revision() {
      return held.revision;
    },
  };
}
