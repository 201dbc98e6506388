import type { CollectionName, Row, RowInput } from './rows.ts';

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
