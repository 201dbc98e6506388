import { copyJson } from '../json.ts';
import { type Database, openCollection } from './collection.ts';
import { openReads, type Reads } from './reads.ts';
import type { RowLimit } from './row-limit.ts';
import { createUuidMaker } from './rows/made-ids.ts';
import { byCollection, type FixtureSchemas, type Models, modelsOf } from './rows/models.ts';
import { bytesOfRows } from './rows/row-bytes.ts';
import {
  COLLECTIONS,
  type CollectionName,
  FIXTURE_FILES,
  type FixtureInput,
  type Rows,
} from './rows/types.ts';
import { readPackagedSeed, readSnapshotSeed, replaceCollections, resolveRows, type Seed } from './seed.ts';
import { bytesBeside, shareRows } from './shared-rows.ts';
import { openTables, type Tables } from './table.ts';
import type { Instant } from './time.ts';
import { type Grow, type StoreState, wrote } from './writes.ts';

export type { FixtureSchemas } from './rows/models.ts';

/** Checked rows that stores start from, and share. */
export interface StartRows {
  readonly models: Models;
  readonly seed: Seed;
  /** The packaged rows, whether or not the seed still has them. */
  readonly packaged: Seed;
  /** The collections of a session that it, or one that it was opened on, has replaced. */
  readonly replaced: readonly CollectionName[];
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
  return { models, seed, packaged: seed, replaced: [] };
}

/**
 * Replaces whole collections of the start rows.
 *
 * @throws {FixtureError} when the fixtures cannot be used.
 */
export function replaceRows(start: StartRows, fixtures: FixtureInput | undefined): StartRows {
  if (fixtures === undefined) return start;
  const seed = replaceCollections(start.models, start.seed, fixtures);
  const replaced = COLLECTIONS.filter(
    (collection) => fixtures[collection] !== undefined || start.replaced.includes(collection),
  );
  return { ...start, seed, replaced };
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
  /** The same rows for requests: what they write counts against the limit. */
  readonly limited: Database;
  /** Look-ups for answering requests. */
  readonly reads: Reads;
  /** All rows as plain JSON. */
  snapshot(): Rows;
  /** The memory that all rows take, in bytes by estimate. */
  bytes(): number;
  /**
   * Reads the rows of a snapshot.
   * @param isLimited whether they count against the limit.
   * @returns a function that puts them in the place of all rows.
   * @throws {FixtureError} when they cannot be used.
   * @throws as the limit does.
   */
  readSnapshot(rows: unknown, isLimited?: boolean): () => void;
  /** Goes back to the start rows, with relative times resolved against the clock again. */
  reseed(): void;
  /** @throws as the limit does, when there are more rows already. */
  limit(limit: RowLimit): void;
}

/** Rows of a snapshot, in bytes by estimate. */
interface Restored {
  readonly bytes: number;
  /** What they take beside the start rows. */
  readonly held: number;
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
  let limit: RowLimit | null = null;
  let added = 0;
  const replaced = () => start.replaced.map((collection) => start.seed[collection]);
  /** Those in use since the last restore; before that, the rows that a session was opened with are in use. */
  let restored: Restored | null = null;
  const resize = (nextRestored: Restored | null, nextAdded: number): void => {
    if (limit) {
      const first = nextRestored?.bytes ?? sum(replaced().map(bytesOfRows));
      limit.resize(first + nextAdded, nextRestored !== null, (nextRestored?.held ?? 0) + nextAdded);
    }
    restored = nextRestored;
    added = nextAdded;
  };
  return {
    database: openDatabase(state, null),
    limited: openDatabase(state, (bytes) => {
      if (limit) resize(restored, added + bytes());
    }),
    reads: openReads(state, start.packaged),
    snapshot: () =>
      byCollection((collection) => state.tables[collection].rows().map(copyJson)) as unknown as Rows,
    bytes: () => sum(COLLECTIONS.map((collection) => bytesOfRows(state.tables[collection].rows()))),
    readSnapshot: (rows, isLimited = false) => {
      const given = readSnapshotSeed(models, rows);
      if (!isLimited) {
        resize({ bytes: 0, held: 0 }, 0);
        return () => replaceAll(given);
      }
      const seed = shareRows(models, given, state.tables);
      const bytes = sum(COLLECTIONS.map((collection) => bytesOfRows(seed[collection])));
      resize({ bytes, held: bytesBeside(models, seed, start.seed) }, 0);
      return () => replaceAll(seed);
    },
    reseed: () => {
      resize(null, 0);
      replaceAll(start.seed);
    },
    limit: (given) => {
      limit = given;
      resize(restored, added);
      limit.start(replaced());
    },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function openDatabase(state: StoreState, grow: Grow | null): Database {
  const database = {
    get revision() {
      return state.revision;
    },
  };
  for (const collection of COLLECTIONS) {
    let opened: unknown;
    // A session uses few of them.
    const get = () => {
      opened ??= openCollection(state, collection, grow);
      return opened;
    };
    Object.defineProperty(database, collection, { enumerable: true, get });
  }
  return database as Database;
}
