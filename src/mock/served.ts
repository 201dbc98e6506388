import type { HttpRequest } from '../contract/message.ts';
import type { RowLimit } from '../database/row-limit.ts';
import type { RefuseDelay } from './answer.ts';
import type { Budget } from './budget.ts';
import type { RingBudget } from './journal/ring.ts';
import type { CoreMock } from './mock.ts';
import type { MockNames, SessionOptions } from './options.ts';
import type { Reply } from './reply.ts';
import type { MockSnapshot } from './snapshot.ts';

/** What requests may bring into a mock. */
export interface MockLimits {
  readonly rows: RowLimit;
  /** Shared with the journals of other mocks; `null`: with none. */
  readonly journal: RingBudget | null;
  /** For the interactions of pacts, shared with other mocks; `null`: with none. */
  readonly pacts: Budget | null;
  /** For what is counted of operations, shared with other mocks; `null`: with none. */
  readonly coverage: Budget | null;
}

/** What a server does with a mock, whose clients may be strangers. Users of a mock do not see it. */
export interface ServedMock {
  /** The memory that the rows take, in bytes by estimate. */
  bytes(): number;
  /** @throws {LimitError} when there is more already. */
  limit(limits: MockLimits): void;
  /** Like `restore` of the mock, but the rows count against its limits. */
  restore(snapshot: MockSnapshot): void;
  /** Like `answer` of the mock; what is refused is recorded as that. */
  answer(request: HttpRequest, refuseDelay: RefuseDelay): Reply;
  /** A session whose requests do not count as use of the mock. */
  trial(options: SessionOptions<MockNames>): CoreMock;
}

const served = new WeakMap<object, ServedMock>();

export function setServed(mock: object, given: ServedMock): void {
  served.set(mock, given);
}

/** A mock that was made by another copy of this module has no limits. */
export function servedOf(mock: CoreMock): ServedMock {
  return (
    served.get(mock) ?? {
      bytes: () => 0,
      limit: () => {},
      restore: (snapshot) => mock.restore(snapshot),
      answer: (request) => mock.answer(request),
      trial: (options) => mock.session(options),
    }
  );
}

/** How requests of strangers are answered. */
export function answererOf(mock: Pick<CoreMock, 'answer'>): Pick<ServedMock, 'answer'> {
  return served.get(mock) ?? mock;
}
