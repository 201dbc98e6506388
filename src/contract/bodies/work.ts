/** Values that turn out not to be valid, for one body: a document can ask for more combinations than there is time for. */
const MAX_REJECTED = 4_000;
/** Characters and values that one body may have. */
export const MAX_SIZE = 10_000;
/** Values and schemas that are looked at for one body. */
const MAX_LOOKS = 600_000;

/** How much has been tried for one body, and why it has not worked out. */
export interface Work {
  /** Counts looks at values and schemas. */
  look(times?: number): void;
  /** Counts a value that is not valid. */
  reject(): void;
  /** Counts a value that is valid. */
  keep(): void;
  /** Values that were valid, whether they are in the body or not. */
  readonly kept: number;
  readonly isSpent: boolean;
  /** Remembers why something was not possible. The first reason is the one to tell. */
  explain(pointer: string, reason: string): void;
  /** The first reason, and whether there was more to try. */
  readonly reason: string;
}

export function startWork(): Work {
  let looks = 0;
  let rejected = 0;
  let kept = 0;
  let first: string | undefined;
  const isSpent = () => rejected >= MAX_REJECTED || looks >= MAX_LOOKS;
  return {
    look(times = 1) {
      looks += times;
    },
    reject() {
      rejected += 1;
    },
    keep() {
      kept += 1;
    },
    get kept() {
      return kept;
    },
    get isSpent() {
      return isSpent();
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
