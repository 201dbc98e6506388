import { openStore, type Store } from '../database/store.ts';
import type { Provider } from '../provider/provider.ts';
import type { AnswerParts } from './answer.ts';
import type { Changes } from './changes.ts';
import type { MockClock } from './clock.ts';
import type { CoverageCounter } from './coverage/counter.ts';
import { readDelay } from './delay.ts';
import type { MockJournal } from './journal/journal.ts';
import { type MockNames, type MockOptions, readOrigin } from './options.ts';
import type { PactRecorder } from './pact/recorder.ts';
import { createMockRouter } from './route.ts';
import type { MockChoices } from './scenarios/mock-choices.ts';
import { secretsOf, secretsWith } from './secrets-of.ts';
import type { SharedParts } from './shared.ts';

/** The parts of a mock that stay when its contract and rows are read again. */
export interface LastingParts {
  readonly changes: Changes;
  readonly clock: MockClock;
  readonly journal: MockJournal;
  readonly pacts: PactRecorder;
  readonly coverage: CoverageCounter;
  readonly choices: MockChoices;
  /** The id of the session; `null`: the mock is none. */
  readonly session: string | null;
}

/** What a contract and its rows bring into a mock. */
export interface Loaded<P extends Provider> {
  readonly shared: SharedParts<P>;
  readonly store: Store;
  readonly provider: P;
  readonly answering: AnswerParts;
}

/**
 * @throws {UsageTypeError} on an option of the wrong kind.
 * @throws {UsageRangeError} on an option out of range.
 */
export function load<P extends Provider>(
  shared: SharedParts<P>,
  options: MockOptions<MockNames>,
  { changes, clock, journal, pacts, coverage, choices, session }: LastingParts,
): Loaded<P> {
  const { contract, catalogue } = shared;
  const store = openStore({
    start: shared.rows,
    now: clock.instant,
    written: (collection) => changes.changed(collection === 'changeRequests' ? 'change-requests' : 'rows'),
  });
  const { limited: database, reads } = store;
  const provider = shared.provider.open({
    contract,
    reads,
    database,
    now: clock.instant,
    enforcesAuth: options.auth !== 'off',
    enforcesThrottle: options.throttle === 'enforce',
  });
  const answering: AnswerParts = {
    catalogue,
    router: createMockRouter(shared.router, readOrigin(options.origin)),
    provider,
    clock,
    journal,
    pacts,
    coverage,
    check: options.validate === 'off' ? null : shared.check,
    sendsViolations: options.validate === 'warn',
    checkRequest: options.requests === 'off' ? null : shared.checkRequest,
    refusesRequests: options.requests === 'error',
    delay: readDelay(options.delay),
    session,
    get choices() {
      return choices.current;
    },
    get secrets() {
      return secretsOf(reads);
    },
    secretsIn: (request) => {
      const credentialsOf = shared.credentialsOf();
      return credentialsOf ? secretsWith(reads, credentialsOf(request)) : secretsOf(reads);
    },
    countAnswer: choices.countAnswer,
  };
  return { shared, store, provider, answering };
}
