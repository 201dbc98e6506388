/** Values that turn out not to be valid, for one body: a document can ask for more combinations than there is time for. */
const MAX_REJECTED = 4_000;
/** Values that one body may have; texts count as more by {@link sizeOf}. */
export const MAX_SIZE = 10_000;
/** Characters of one text. */
export const MAX_TEXT_LENGTH = 1_048_576;
/** Values and schemas that are looked at for one body. */
const MAX_LOOKS = 300_000;

/** How much has been tried for one body, and why it has not worked out. */
export interface Work {
  /**
   * Counts looks at values and schemas.
   *
   * @throws {SpentError} when there were too many.
   */
  look(times?: number): void;
  /**
   * Counts a value that is not valid.
   *
   * @throws {SpentError} when there were too many.
   */
  reject(): void;
  /** Counts values that are valid. */
  keep(times?: number): void;
  /** Looks so far. */
  readonly looks: number;
  /** Values that were valid, whether they are in the body or not. */
  readonly kept: number;
  /** Remembers why something was not possible. The first reason is the one to tell. */
  explain(pointer: string, reason: string): void;
  /** The first reason, and whether there was more to try. */
  readonly reason: string;
}

/** Ends all work on a body. */
export class SpentError extends Error {}

export function startWork(): Work {
  let looks = 0;
  let rejected = 0;
  let kept = 0;
  let first: string | undefined;
  const isSpent = () => rejected >= MAX_REJECTED || looks >= MAX_LOOKS;
  const endIfSpent = () => {
    if (isSpent()) throw new SpentError();
  };
  return {
    look(times = 1) {
      looks += times;
      endIfSpent();
    },
    reject() {
      rejected += 1;
      endIfSpent();
    },
    keep(times = 1) {
      kept += times;
    },
    get looks() {
      return looks;
    },
    get kept() {
      return kept;
    },
    explain(pointer, reason) {
      first ??= `${pointer === '' ? 'the schema' : pointer}: ${reason}`;
    },
    get reason() {
      const effort = 'no valid value was found in reasonable time';
      if (first === undefined) return effort;
      return isSpent() ? `${effort}; ${first}` : first;
    },
  };
}
