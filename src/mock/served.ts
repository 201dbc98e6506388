import type { RowLimit } from '../database/row-limit.ts';
import type { Budget } from './budget.ts';
import type { RingBudget } from './journal/ring.ts';
import type { CoreMock } from './mock.ts';
import type { MockSnapshot } from './snapshot.ts';

/** What requests may bring into a mock. */
export interface MockLimits {
  readonly rows: RowLimit;
  /** Shared with the journals of other mocks; `null`: with none. */
  readonly journal: RingBudget | null;
  /** For the interactions of pacts, shared with other mocks; `null`: with none. */
  readonly pacts: Budget | null;
}

/** What a server does with a mock, whose clients may be strangers. Users of a mock do not see it. */
export interface ServedMock {
  /** The memory that the rows take, in bytes by estimate. */
  bytes(): number;
  /** @throws {LimitError} when there is more already. */
  limit(limits: MockLimits): void;
  /** Like `restore` of the mock, but the rows count against its limits. */
  restore(snapshot: MockSnapshot): void;
}

const served = new WeakMap<object, ServedMock>();

export function setServed(mock: object, given: ServedMock): void {
  served.set(mock, given);
}

/** A mock that was made by another copy of this module has no limits. */
export function servedOf(mock: CoreMock): ServedMock {
  return (
    served.get(mock) ?? { bytes: () => 0, limit: () => {}, restore: (snapshot) => mock.restore(snapshot) }
  );
}
