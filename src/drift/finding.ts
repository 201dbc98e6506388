/** Who is wrong, as far as can be told. */
export type Verdict =
  | 'live-breaks-contract'
  | 'mock-breaks-contract'
  | 'not-in-contract'
  | 'both-keep-contract';

/** What a reader is told of a verdict. */
export const VERDICTS: Readonly<Record<Verdict, string>> = {
  'live-breaks-contract': 'live breaks the contract',
  'mock-breaks-contract': 'mock breaks the contract',
  'not-in-contract': 'the contract does not mention it',
  'both-keep-contract': 'both keep to the contract, and differ',
};

/**
 * `error`: a promise is broken. `warning`: none is, but clients may see a difference. `note`: the data may be the reason, or
 * clients need not care; notes do not fail a run.
 */
export type Level = 'error' | 'warning' | 'note';

/** A difference between contract, mock and live. It has names and types, never values of a body. */
export interface DriftFinding {
  readonly verdict: Verdict;
  readonly level: Level;
  /** The id of the operation. */
  readonly operation: string;
  /** Of the answer that differs. */
  readonly status: number;
  readonly in: 'status' | 'header' | 'body';
  /** Of a header. */
  readonly name?: string;
  /** JSON pointer into the body; `*` stands for every item of an array and every key of a map. */
  readonly pointer?: string;
  readonly expected: string;
  /** {@link NOTHING} where it is missing. */
  readonly found: string;
  /** JSON pointer into the contract. */
  readonly contract: string;
}

/** What is found where something is missing. */
export const NOTHING = 'nothing';
/** How the expectation of several members begins. */
export const MEMBERS = 'the members ';

/** A finding before it is known whose answer it is about. */
export type Difference = Omit<DriftFinding, 'operation' | 'status'>;
