/** A limit for the rows that requests bring into a store, in bytes as `bytesOfRow` estimates them. */
export interface RowLimit {
  /**
   * Called before they change.
   * @param rows all that have come by requests and are in use.
   * @param isWhole whether that is all rows there are, as after a restore.
   * @param held the same with those that `reset` goes back to.
   * @throws to refuse; nothing has changed then.
   */
  resize(rows: number, isWhole: boolean, held: number): void;
}
