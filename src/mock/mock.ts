import type { Contract } from '../contract/contract.ts';
import type { HttpRequest } from '../contract/message.ts';
import type { Route } from '../contract/router.ts';
import type { Database } from '../database/collection.ts';
import type { FixtureInput } from '../database/rows/types.ts';
import { openStore, replaceRows, type Store } from '../database/store.ts';
import type { ChangeRequests, Provider } from '../provider/provider.ts';
import { type AnswerParts, answer, recordNearMiss } from './answer.ts';
import { type ChangeListener, createChanges } from './changes.ts';
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
import type { Reply } from './reply.ts';
import { bareRequest, createMockRouter, type ExplainedRequest, explain } from './route.ts';
import type { CatalogueEntry } from './scenarios/catalogue.ts';
import {
  type Choices,
  choose,
  countAnswer,
  keepChoices,
  type SelectedScenarios,
  selectedScenarios,
  startChoices,
  type UseOptions,
} from './scenarios/choices.ts';
import { type MockSources, type SharedParts, sharedParts } from './shared.ts';
import { checkSnapshot, type MockSnapshot } from './snapshot.ts';

/** One mock without its front ends: a contract, rows, a choice of scenarios, a clock and a journal. */
export interface CoreMock<
  Names extends MockNames = MockNames,
  Changes extends ChangeRequests | null = ChangeRequests | null,
> extends Disposable {
  readonly contract: Contract;
  /** What is selected at present. */
  readonly scenario: SelectedScenarios<Names['operation'], Names['scenario']>;
  /** Every scenario that can be selected, `ok` first. */
  readonly scenarios: readonly CatalogueEntry<Names['operation'], Names['scenario']>[];
  readonly database: Database;
  /** `null` where the mocked API has no approvals. */
  readonly changeRequests: Changes;
  readonly clock: Clock;
  readonly journal: Journal<Names['operation']>;
  /**
   * Selects a scenario, for the whole mock or for one operation, until another is selected or for a number of answers.
   *
   * ```ts
   * mock.use('missing-scope');
   * mock.use('throttled', { operation: 'experiments_stats_retrieve', times: 2 });
   * mock.use(null, { operation: 'experiments_stats_retrieve' }); // as the whole mock again
   * ```
   * @throws {UsageRangeError} on an unknown scenario or operation, on a scenario that the operation lacks, and on a wrong
   * `times` or `delay`; listing what would be right.
   * @throws {UsageTypeError} on an option that does not exist, and on `null` without an operation.
   */
  use<Operation extends Names['operation'] = Names['operation']>(
    scenario: Names['scenarios'][Operation] | null,
    options?: UseOptions<Operation>,
  ): void;
  /**
   * Tells of every request and of every other change, whoever makes it, until the mock is disposed of. An error of the
   * listener is thrown apart.
   *
   * ```ts
   * const unsubscribe = mock.subscribe((change) => {
   *   if (change.kind === 'request') console.log(change.entry.request.path);
   *   else console.log('changed:', change.parts); // such as ['scenario']
   * });
   * ```
   * @param ended called when the mock is disposed of.
   * @returns a function that stops it.
   */
  subscribe(listener: ChangeListener<Names['operation']>, ended?: () => void): () => void;
  /** Goes back to the state after `createMock`: scenario, rows (seeded again), clock, journal. */
  reset(): void;
  /**
   * Everything that can change, but for the journal and the counts of the throttle, as plain JSON.
   *
   * ```ts
   * const before = mock.snapshot();
   * mock.database.experiments.delete({});
   * mock.restore(before);
   * ```
   */
  snapshot(): MockSnapshot;
  /**
   * Goes back to a snapshot. The throttle counts anew; the journal stays. Nothing has changed when it throws.
   * @throws {UsageTypeError} when it is not a snapshot of this contract.
   * @throws {FixtureError} when its rows cannot be used.
   */
  restore(snapshot: MockSnapshot): void;
  /**
   * Opens an isolated mock on the same contract: own rows, scenario, clock and journal. It starts as this mock started,
   * except for the options. Cheap: rows are copied when they are first written to.
   *
   * ```ts
   * using session = mock.session({ scenario: 'throttled' });
   * ```
   * @throws {UsageTypeError} on a wrong option.
   * @throws {UsageRangeError} on an option out of range.
   * @throws {FixtureError} when rows cannot be used.
   */
  session(options?: SessionOptions<Names>): CoreMock<Names, Changes>;
  /**
   * Why no operation matches a request: the nearest one, and what differs. Empty when one does match.
   *
   * ```ts
   * mock.explain({ url: '/api/projects/1/experiment/stats/' });
   * // Nearest operation: GET /api/…/stats/. Differs: segment 4 is "experiment" where the contract has "experiments".
   * ```
   * @throws {UsageTypeError} when it is not given a request with a valid URL.
   */
  explain(request: ExplainedRequest): string;
  /**
   * Records a request that the mock leaves to the network although it comes near an operation.
   * @returns what differs, as `explain` says it; `null` where no operation is near, and nothing is recorded.
   */
  recordNearMiss(request: HttpRequest): string | null;
  /** The route of a request; `null` when no operation matches. */
  match(method: string, url: URL): Route | null;
  /** Answers a request that is plain data; the front ends are built on it. */
  answer(request: HttpRequest): Reply;
}

/** A mock whose contract and rows can be read again while it answers. */
export interface ReloadableMock<P extends Provider> {
  readonly mock: CoreMock<MockNames, P['changeRequests']>;
  /**
   * Replaces contract and rows. Everything else goes on: the scenario, the clock, the journal, subscribers, and open
   * sessions on the rows and the contract that they started with. Nothing has changed when it throws.
   * @returns why selected scenarios could not be kept.
   * @throws {FixtureError} when rows cannot be used.
   */
  reload(sources: MockSources<P>, fixtures: FixtureInput | undefined): readonly string[];
}

/**
 * Puts one mock together.
 * @throws {UsageTypeError} on a wrong option.
 * @throws {UsageRangeError} on an option out of range.
 * @throws {FixtureError} when rows cannot be used.
 */
export function assembleMock<P extends Provider>(
  sources: MockSources<P>,
  options: MockOptions<MockNames>,
): ReloadableMock<P> {
  checkOptions(options);
  const { mock, load } = openMock(sharedParts(sources, options.fixtures), options, null);
  return { mock, reload: (files, fixtures) => load(sharedParts(files, fixtures)) };
}

/** What a contract and its rows bring into a mock. */
interface Loaded<P extends Provider> {
  readonly shared: SharedParts<P>;
  readonly store: Store;
  readonly provider: P;
  readonly parts: AnswerParts;
}

/** @param session its id; `null`: the mock is not a session. */
function openMock<P extends Provider>(
  shared: SharedParts<P>,
  options: MockOptions<MockNames>,
  session: string | null,
) {
  const origin = readOrigin(options.origin);
  const delay = readDelay(options.delay);
  const changes = createChanges();
  const clock = createClock(options.now, () => changes.changed('clock'));
  const journal = createJournal(session, changes);
  let start = startChoices(options.scenario, shared.catalogue);
  let choices = start;
  let sessions = 0;
  const select = (next: Choices): void => {
    if (next === choices) return;
    choices = next;
    changes.changed('scenario');
  };
  const open = (shared: SharedParts<P>): Loaded<P> => {
    const { contract, catalogue } = shared;
    const store = openStore({
      start: shared.rows,
      now: clock.instant,
      written: (collection) => changes.changed(collection === 'changeRequests' ? 'change-requests' : 'rows'),
    });
    const { database, reads } = store;
    const provider = shared.provider.open({
      contract,
      reads,
      database,
      now: clock.instant,
      enforcesAuth: options.auth !== 'off',
      enforcesThrottle: options.throttle === 'enforce',
    });
    const parts: AnswerParts = {
      catalogue,
      router: createMockRouter(shared.router, origin),
      provider,
      clock,
      journal,
      check: options.validate === 'off' ? null : shared.check,
      explainQuery: shared.explainQuery,
      delay,
      session,
      get choices() {
        return choices;
      },
      countAnswer: ({ id }) => select(countAnswer(choices, id)),
    };
    return { shared, store, provider, parts };
  };
  let loaded = open(shared);

  const mock: CoreMock<MockNames, P['changeRequests']> = {
    get contract() {
      return loaded.shared.contract;
    },
    get scenarios() {
      return loaded.shared.catalogue.entries;
    },
    get database() {
      return loaded.store.database;
    },
    get changeRequests() {
      return loaded.provider.changeRequests;
    },
    clock,
    journal,
    get scenario() {
      return selectedScenarios(choices);
    },
    use: (scenario, options = {}) => {
      const next = choose(choices, loaded.shared.catalogue, scenario, options);
      loaded.provider.rearm();
      select(next);
    },
    subscribe: changes.subscribe,
    reset: () =>
      changes.together(() => {
        clock.restore();
        loaded.store.reseed();
        journal.clear();
        select(start);
        loaded.provider.reset();
      }),
    snapshot: () => ({
      version: 2,
      rows: loaded.store.snapshot(),
      choices: structuredClone(choices),
      clock: clock.state(),
      provider: loaded.provider.state(),
    }),
    restore: (snapshot) => {
      const checked = checkSnapshot(snapshot, loaded.shared.catalogue);
      const restoreProvider = loaded.provider.readState(checked.provider);
      const restoreRows = loaded.store.readSnapshot(checked.rows);
      changes.together(() => {
        // The clock first, against which relative times in the rows resolve.
        clock.restore(checked.clock);
        restoreRows();
        restoreProvider();
        select(structuredClone(checked.choices));
      });
    },
    session: (given = {}) => {
      checkSessionOptions(given);
      const { id = `${session ?? 'session'}-${sessions + 1}`, fixtures, ...others } = given;
      const rows = replaceRows(loaded.shared.rows, fixtures);
      const { mock } = openMock({ ...loaded.shared, rows }, { ...options, ...definedOnly(others) }, id);
      sessions += 1;
      return mock;
    },
    explain: (request) => explain(loaded.parts.router, request),
    recordNearMiss: (request) => recordNearMiss(loaded.parts, request),
    match: (method, url) => loaded.parts.router.match(bareRequest(method, url)),
    answer: (request) => answer(loaded.parts, request),
    [Symbol.dispose]: () => {
      journal.clear();
      changes.close();
    },
  };
  return {
    mock,
    load: (shared: SharedParts<P>): readonly string[] => {
      const { kept, lost } = keepChoices(choices, shared.catalogue);
      changes.together(() => {
        loaded = open(shared);
        start = keepChoices(start, shared.catalogue).kept;
        select(kept);
        for (const part of ['rows', 'change-requests'] as const) changes.changed(part);
      });
      return lost;
    },
  };
}

/** An option that is undefined follows the mock. */
function definedOnly(options: object): MockOptions<MockNames> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
