import type { Database } from './collection.ts';
import type { Reads } from './reads.ts';
import type { CollectionName, FixtureInput, Rows } from './rows.ts';
import type { Instant } from './time.ts';

/** The JSON Schema of each collection, as in `fixtures/schema`. */
export type FixtureSchemas = { readonly [K in CollectionName]: object };

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
export function openStore(_options: StoreOptions): Store {
  throw new Error('not there yet');
}
