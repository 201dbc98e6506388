import { copyJson } from '../json.ts';
import { type Database, openCollection } from './collection.ts';
import { byCollection, type FixtureSchemas, type Models, modelsOf } from './models.ts';
import { openReads, type Reads } from './reads.ts';
import type { FixtureInput, Rows } from './rows.ts';
import { packagedSeed, replacedSeed, type Seed, snapshotSeed, withResolvedTimes } from './seed.ts';
import { openTables, type Tables } from './table.ts';
import type { Instant } from './time.ts';
import type { Held } from './writes.ts';

export type { FixtureSchemas } from './models.ts';

export interface StoreOptions {
  readonly schemas: FixtureSchemas;
  /** The rows to start from. They are checked once for as long as this object lives, so it must not change. */
  readonly packaged: FixtureInput;
  /** Rows that replace whole collections of the packaged ones. */
  readonly fixtures?: FixtureInput;
  /** The clock that relative times are resolved against. */
  readonly now: () => Instant;
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
  /** Goes back to the rows of the start, relative times resolved against the clock of now. */
  reseed(): void;
}

/**
 * Opens a store on the packaged rows, or on others in their place.
 * @throws FixtureError when rows cannot be used.
 */
export function openStore({ schemas, packaged, fixtures, now }: StoreOptions): Store {
  const models = modelsOf(schemas);
  const rows = packagedSeed(models)(packaged);
  const first = fixtures === undefined ? rows : replacedSeed(models, rows, fixtures);
  const held: Held = { models, now, tables: tablesFrom(models, first, now()), revision: 0, madeUuids: 0 };
  const seed = (rows: Seed) => {
    held.tables = tablesFrom(models, rows, now());
    held.revision += 1;
    held.madeUuids = 0;
  };
  return {
    database: openDatabase(held),
    reads: openReads(held),
    snapshot: () =>
      byCollection((collection) => held.tables[collection].rows().map(copyJson)) as unknown as Rows,
    restore: (rows) => seed(snapshotSeed(models, rows)),
    reseed: () => seed(first),
  };
}

/** The times are those of `now`, whenever a table takes its rows. */
function tablesFrom(models: Models, seed: Seed, now: Instant): Tables {
  return openTables(models, (collection) =>
    seed[collection].map((row) => withResolvedTimes(models[collection], row, now)),
  );
}

function openDatabase(held: Held): Database {
  const collections = byCollection((collection) => openCollection(held, collection));
  return {
    ...(collections as unknown as Omit<Database, 'revision'>),
    get revision() {
      return held.revision;
    },
  };
}
