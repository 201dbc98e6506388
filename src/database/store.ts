import { copyJson } from '../json.ts';
import { type Database, openCollection } from './collection.ts';
import { openReads, type Reads } from './reads.ts';
import { createUuidMaker } from './rows/made-ids.ts';
import { byCollection, type FixtureSchemas, type Models, modelsOf } from './rows/models.ts';
import { type CollectionName, FIXTURE_FILES, type FixtureInput, type Rows } from './rows/types.ts';
import { readPackagedSeed, readSnapshotSeed, replaceCollections, resolveRows, type Seed } from './seed.ts';
import { openTables, type Tables } from './table.ts';
import type { Instant } from './time.ts';
import { type StoreState, wrote } from './writes.ts';

export type { FixtureSchemas } from './rows/models.ts';

/** Checked rows that stores start from, and share. */
export interface StartRows {
  readonly models: Models;
  readonly seed: Seed;
  /** The packaged rows, whether or not the seed still has them. */
  readonly packaged: Seed;
}

/**
 * Reads the packaged rows.
 *
 * @param packaged must not change: the same object is checked only once.
 * @throws {FixtureError} when the rows cannot be used.
 */
export function readStartRows(schemas: FixtureSchemas, packaged: FixtureInput): StartRows {
  const models = modelsOf(schemas);
  const seed = readPackagedSeed(models)(packaged);
  return { models, seed, packaged: seed };
}

/**
 * Replaces whole collections of the start rows.
 *
 * @throws {FixtureError} when the fixtures cannot be used.
 */
export function replaceRows(start: StartRows, fixtures: FixtureInput | undefined): StartRows {
  if (fixtures === undefined) return start;
  return { ...start, seed: replaceCollections(start.models, start.seed, fixtures) };
}

export interface StoreOptions {
  readonly start: StartRows;
  /** The clock that relative times are resolved against. */
  readonly now: () => Instant;
  /** Called after every write, for each collection that it may have changed. */
  readonly written: (collection: CollectionName) => void;
}

/** The rows of one mock. */
export interface Store {
  /** Rows for users of the mock, who can change them. */
  readonly database: Database;
  /** Look-ups for answering requests. */
  readonly reads: Reads;
  /** All rows as plain JSON. */
  snapshot(): Rows;
  /**
   * Reads the rows of a snapshot.
   * @returns a function that puts them in the place of all rows.
   * @throws {FixtureError} when they cannot be used.
   */
  readSnapshot(rows: unknown): () => void;
  /** Goes back to the start rows, with relative times resolved against the clock again. */
  reseed(): void;
}

export function openStore({ start, now, written }: StoreOptions): Store {
  const { models } = start;
  const openSeed = (seed: Seed): Tables => {
    // Tables may read their rows later, but their relative times are those of this moment.
    const opened = now();
    return openTables(models, (collection) => resolveRows(models[collection], seed[collection], opened));
  };
  const createEventUuids = () =>
    createUuidMaker('events', (uuid) => state.tables.events.lookup(uuid) !== undefined);
  const state: StoreState = {
    models,
    now,
    tables: openSeed(start.seed),
    revision: 0,
    written,
    makeUuid: createEventUuids(),
  };
  const replaceAll = (rows: Seed) => {
    state.tables = openSeed(rows);
    state.makeUuid = createEventUuids();
    wrote(state, ...FIXTURE_FILES.map(({ collection }) => collection));
  };
  return {
    database: openDatabase(state),
    reads: openReads(state, start.packaged),
    snapshot: () =>
      byCollection((collection) => state.tables[collection].rows().map(copyJson)) as unknown as Rows,
    readSnapshot: (rows) => {
      const seed = readSnapshotSeed(models, rows);
      return () => replaceAll(seed);
    },
    reseed: () => replaceAll(start.seed),
  };
}

function openDatabase(state: StoreState): Database {
  const collections = byCollection((collection) => openCollection(state, collection));
  return {
    ...(collections as unknown as Omit<Database, 'revision'>),
    get revision() {
      return state.revision;
    },
  };
}
