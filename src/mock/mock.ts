/// <reference lib="esnext.disposable" preserve="true" />
import type { Contract } from '../contract/contract.ts';
import type { HttpRequest, Reply } from '../contract/message.ts';
import type { Route } from '../contract/router.ts';
import type { Database } from '../database/collection.ts';
import { openStore, replaceRows } from '../database/store.ts';
import { isObject } from '../json.ts';
import type { ChangeRequests } from '../provider/posthog/approvals/change-requests.ts';
import { openChangeRequests } from '../provider/posthog/approvals/change-requests.ts';
import { openOperations } from '../provider/posthog/operations/operations.ts';
import { createThrottle } from '../provider/posthog/throttle.ts';
import { shown } from '../text/shown.ts';
import { UsageTypeError } from '../usage-error.ts';
import { type AnswerParts, answer } from './answer.ts';
import { type Clock, createClock } from './clock.ts';
import { readDelay } from './delay.ts';
import { createJournal, type Journal } from './journal/journal.ts';
import {
  checkOptions,
  checkSessionOptions,
  type MockNames,
  type MockOptions,
  readOrigin,
  type SessionOptions,
} from './options.ts';
import { createMockRouter, type MockRouter } from './route.ts';
import type { CatalogueEntry, Names } from './scenarios/catalogue.ts';
import {
  type Choices,
  choose,
  counted,
  NOTHING_FORCED,
  type SelectedScenarios,
  selectedScenarios,
  type UseOptions,
} from './scenarios/choices.ts';
import { type MockSources, type SharedParts, sharedParts } from './shared.ts';
import { checkSnapshot, type MockSnapshot } from './snapshot.ts';

/** What a request to be explained consists of. A `Request` will do. */
export interface ExplainedRequest {
  /** Default `GET`. */
  readonly method?: string;
  /** With or without an origin. */
  readonly url: string;
}

/** One mock without its front ends: a contract, rows, a choice of scenarios, a clock and a journal. */
export interface CoreMock<Names extends MockNames = MockNames> extends Disposable {
  readonly contract: Contract;
  /** What is selected at present. */
  readonly scenario: SelectedScenarios<Names['operation'], Names['scenario']>;
  /** Every scenario that can be selected, `ok` first. */
  readonly scenarios: readonly CatalogueEntry<Names['operation'], Names['scenario']>[];
  readonly database: Database;
  readonly changeRequests: ChangeRequests;
  readonly clock: Clock;
  readonly journal: Journal<Names['operation']>;
  /**
   * Selects a scenario, for the whole mock or for one operation, for good or for so many answers.
   *
   * ```ts
   * mock.use('missing-scope');
   * mock.use('throttled', { operation: 'experiments_stats_retrieve', times: 2 });
   * ```
   * @throws {UsageRangeError} on an unknown scenario or operation, listing the valid ones.
   */
  use(scenario: Names['scenario'], options?: UseOptions<Names['operation']>): void;
  /** Goes back to the state after `createMock`: scenario, rows (seeded again), clock, journal. */
  reset(): void;
  snapshot(): MockSnapshot;
  /**
   * Goes back to a snapshot; the throttle counts anew, and the journal stays.
   * @throws {UsageTypeError} or {FixtureError} when the snapshot cannot be used; nothing has changed then.
   */
  restore(snapshot: MockSnapshot): void;
  /**
   * Opens an isolated mock on the same contract: own rows, scenario, clock and journal. It starts as this mock
   * started, but for the options. Costs little: rows are copied when they are first written to.
   *
   * ```ts
   * using session = mock.session({ scenario: 'throttled' });
   * ```
   * @throws {UsageTypeError}, {UsageRangeError} or {FixtureError} on a wrong option, as `createMock` does.
   */
  session(options?: SessionOptions<Names>): CoreMock<Names>;
  /**
   * Why nothing matches a request: the nearest operation and what differs. Empty when one does match.
   * @throws {UsageTypeError} when it is given no request.
   */
  explain(request: ExplainedRequest): string;
  /** The route of a request; `null` when no operation matches. */
  match(method: string, url: URL): Route | null;
  /** Answers a request that is plain data; what the front ends are built on. */
  answer(request: HttpRequest): Reply;
}

/**
 * Puts one mock together.
 * @throws {UsageTypeError} or {UsageRangeError} on a wrong option, {FixtureError} on wrong rows.
 */
export function assembleMock(sources: MockSources, options: MockOptions): CoreMock {
  checkOptions(options);
  return openMock(sharedParts(sources, options.fixtures), options, null);
}

/** @param session its id; `null`: the mock is no session. */
function openMock(shared: SharedParts, options: MockOptions, session: string | null): CoreMock {
  const { contract, names } = shared;
  const start = startChoices(options.scenario, names);
  const router = createMockRouter(contract, shared.router, readOrigin(options.origin));
  const clock = createClock(options.now);
  const journal = createJournal(session);
  const throttle = options.throttle === 'enforce' ? createThrottle() : null;
  const store = openStore({
    start: shared.rows,
    now: clock.instant,
    ...(session !== null && { copyAt: 'first-write' }),
  });
  let sessions = 0;
  const { database, reads } = store;
  const changeRequests = openChangeRequests({ database, reads, now: clock.instant });

  /** What has been applied by now lets no request through after a new choice. */
  const appliedRequests = () =>
    new Set(database.changeRequests.findMany({ state: 'applied' }).map(({ id }) => id));

  const state: { choices: Choices; settled: ReadonlySet<string> } = {
    choices: start,
    settled: appliedRequests(),
  };
  const parts: AnswerParts = {
    contract,
    names,
    router,
    clock,
    journal,
    database,
    check: options.validate === 'off' ? null : shared.check,
    delay: readDelay(options.delay),
    session,
    posthog: { reads, enforcesAuth: options.auth !== 'off', throttle, operations: openOperations(reads) },
    get choices() {
      return state.choices;
    },
    get settled() {
      return state.settled;
    },
    countAnswer: ({ id }) => {
      state.choices = counted(state.choices, id);
    },
  };

  return {
    contract,
    scenarios: shared.catalogue,
    database,
    changeRequests,
    clock,
    journal,
    get scenario() {
      return selectedScenarios(state.choices);
    },
    use: (scenario, options = {}) => {
      state.choices = choose(state.choices, names, scenario, options);
      state.settled = appliedRequests();
    },
    reset: () => {
      clock.restore();
      store.reseed();
      journal.clear();
      throttle?.reset();
      state.choices = start;
      state.settled = appliedRequests();
    },
    snapshot: () => ({
      version: 1,
      rows: store.snapshot(),
      choices: structuredClone(state.choices),
      clock: clock.state(),
      settled: [...state.settled],
    }),
    restore: (snapshot) => {
      const { rows, choices, clock: clockState, settled } = checkSnapshot(snapshot, names);
      store.restore(rows);
      clock.restore(clockState);
      throttle?.reset();
      state.choices = structuredClone(choices);
      state.settled = new Set(settled);
    },
    session: (given = {}) => {
      checkSessionOptions(given);
      const { id = `${session ?? 'session'}-${sessions + 1}`, fixtures, ...others } = given;
      const rows = replaceRows(shared.rows, fixtures);
      const opened = openMock({ ...shared, rows }, { ...options, ...definedOnly(others) }, id);
      sessions += 1;
      return opened;
    },
    explain: (request) => explain(router, request),
    match: (method, url) => router.match(bareRequest(method, url)),
    answer: (request) => answer(parts, request),
    [Symbol.dispose]: () => journal.close(),
  };
}

/** What is left out, or said to be undefined, follows the mock. */
function definedOnly(options: object): MockOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function startChoices(scenario: MockOptions['scenario'], names: Names): Choices {
  if (scenario === undefined) return NOTHING_FORCED;
  if (typeof scenario === 'string') return choose(NOTHING_FORCED, names, scenario, {});
  if (!isObject(scenario)) {
    throw new UsageTypeError(
      `"scenario" is the name of a scenario, or { [operation]: name }; found ${shown(scenario)}.`,
    );
  }
  return Object.entries(scenario).reduce(
    (choices, [operation, name]) =>
      name === undefined ? choices : choose(choices, names, name, { operation }),
    NOTHING_FORCED,
  );
}

function explain(router: MockRouter, request: ExplainedRequest): string {
  if (!isObject(request) || typeof request.url !== 'string') {
    throw new UsageTypeError(`explain takes a Request, or { method, url }; found ${shown(request)}.`);
  }
  const { method = 'GET', url } = request;
  // A relative URL has no origin that could be the wrong one.
  const { origin, ...local } = bareRequest(method, new URL(url, 'http://localhost'));
  const located = URL.canParse(url) ? { ...local, origin } : local;
  return router.match(located) ? '' : router.miss(located).hint;
}

function bareRequest(method: string, { origin, pathname, search }: URL) {
  return { method, origin, path: pathname, query: search.slice(1), headers: {}, body: null };
}
