import type { Work } from './work.ts';

/** Which alternative is taken at each place. */
export type Combination = readonly number[];

/**
 * All combinations of alternatives, those with the fewest changes from the first alternatives first.
 *
 * @param count places.
 * @param has whether there is an alternative at a place.
 * @throws {SpentError} when the work is spent.
 */
export function* combinationsOf(
  count: number,
  has: (place: number, index: number) => boolean,
  work: Work,
): Iterable<Combination> {
  for (let changes = 1; ; changes += 1) {
    let isFound = false;
    for (const combination of withChanges(changes, [])) {
      isFound = true;
      yield combination;
    }
    if (!isFound) return;
  }

  /** Combinations whose indexes add up to a number, from their start on. */
  function* withChanges(changes: number, start: Combination): Iterable<Combination> {
    work.look();
    if (start.length === count) {
      if (changes === 0) yield start;
      return;
    }
    for (let index = 0; index <= changes && has(start.length, index); index += 1)
      yield* withChanges(changes - index, [...start, index]);
  }
}
