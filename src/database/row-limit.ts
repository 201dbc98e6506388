import type { JsonObject } from '../json.ts';

/** A limit for the rows that requests bring into a store, in bytes as `bytesOfRow` estimates them. */
export interface RowLimit {
  /**
   * Called once, with the rows that `reset` goes back to. Other stores may start with the same arrays.
   * @throws to refuse.
   */
  start(collections: readonly (readonly JsonObject[])[]): void;
  /**
   * Called before rows change.
   * @param rows all that have come by requests and are in use.
   * @param isWhole whether that is all rows there are, as after a restore.
   * @param held what they take beside those that `reset` goes back to.
   * @throws to refuse; nothing has changed then.
   */
  resize(rows: number, isWhole: boolean, held: number): void;
}
