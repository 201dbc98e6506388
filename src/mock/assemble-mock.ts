import type { RowLimit } from '../database/row-limit.ts';
import type { FixtureInput } from '../database/rows/types.ts';
import type { Provider } from '../provider/provider.ts';
import { answer, recordNearMiss } from './answer.ts';
import { createChanges } from './changes.ts';
import { createClock } from './clock.ts';
import { type CoverageCounter, createCoverageCounter } from './coverage/counter.ts';
import { createJournal } from './journal/journal.ts';
import { load } from './loaded.ts';
import type { CoreMock } from './mock.ts';
import {
  checkOptions,
  checkSessionOptions,
  type MockNames,
  type MockOptions,
  type SessionOptions,
} from './options.ts';
import { createPactRecorder, type ParentRecorder } from './pact/recorder.ts';
import { bareRequest, explain } from './route.ts';
import { createMockChoices } from './scenarios/mock-choices.ts';
import { setServed } from './served.ts';
import { type MockSources, type SharedParts, sharedParts, withFixtures } from './shared.ts';
import { checkSnapshot, type MockSnapshot } from './snapshot.ts';

/** A mock whose contract and rows can be read again while it answers. */
export interface ReloadableMock<P extends Provider> {
  readonly mock: CoreMock<MockNames, P['changeRequests']>;
  /**
   * Replaces contract and rows. Everything else goes on: the scenario, the clock, the journal, subscribers, and open
   * sessions on the rows and the contract that they started with. Nothing has changed when it throws.
   * @returns why selected scenarios could not be kept.
   * @throws {FixtureError} when rows cannot be used.
   * @throws {UsageTypeError} when the API has no rows any more.
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
  const { mock, load } = openMock(sharedParts(sources, options.fixtures), options, null, null);
  return { mock, reload: (files, fixtures) => load(sharedParts(files, fixtures)) };
}

/** What a mock hears of its sessions. */
interface Parent {
  readonly pacts: ParentRecorder;
  readonly coverage: CoverageCounter;
}

/** @param session its id; `null`: the mock is not a session. @param parent of the mock that it is a session of. */
function openMock<P extends Provider>(
  shared: SharedParts<P>,
  options: MockOptions<MockNames>,
  session: string | null,
  parent: Parent | null,
) {
  const changes = createChanges();
  const clock = createClock(options.now, () => changes.changed('clock'));
  const credentials = () => ({
    names: loaded.shared.credentialNames(),
    variable: loaded.shared.provider.keyVariable,
  });
  const journal = createJournal(session, changes, credentials, () => loaded.shared.catalogue);
  const pacts = createPactRecorder({
    contract: () => loaded.shared.contract,
    findingsOf: (request) => {
      const route = loaded.answering.router.match(request);
      return route ? loaded.shared.checkRequest(route, request).findings : [];
    },
    records: journal.records,
    parent: parent?.pacts ?? null,
  });
  const coverage = createCoverageCounter(shared, parent?.coverage ?? null);
  const choices = createMockChoices(options.scenario, shared.catalogue, () => changes.changed('scenario'));
  let sessions = 0;
  const lasting = { changes, clock, journal, pacts, coverage, choices, session };
  let loaded = load(shared, options, lasting);
  let rowLimit: RowLimit | null = null;
  /** Rows that were given may be many. */
  const prepareRows = () => {
    if (options.fixtures !== undefined) loaded.store.reads.prepare();
  };
  prepareRows();

  const restore = (snapshot: MockSnapshot, isLimited: boolean): void => {
    const checked = checkSnapshot(snapshot, loaded.shared.catalogue);
    const restoreProvider = loaded.provider.readState(checked.provider);
    const restoreRows = loaded.store.readSnapshot(checked.rows, isLimited);
    changes.together(() => {
      // The clock first, against which relative times in the rows resolve.
      clock.restore(checked.clock);
      restoreRows();
      restoreProvider();
      loaded.store.reads.prepare();
      choices.replace(structuredClone(checked.choices));
    });
  };

  const openSession = (given: SessionOptions<MockNames> = {}, of: Parent | null) => {
    checkSessionOptions(given);
    const { id = `${session ?? 'session'}-${sessions + 1}`, fixtures, ...others } = given;
    const rows = withFixtures(loaded.shared.rows, loaded.shared.provider, fixtures);
    const own = { ...options, ...definedOnly(others), fixtures };
    const { mock } = openMock({ ...loaded.shared, rows }, own, id, of);
    sessions += 1;
    return mock;
  };

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
    get secrets() {
      return loaded.answering.secrets;
    },
    clock,
    journal,
    get scenario() {
      return choices.scenarios;
    },
    use: (scenario, options = {}) => {
      changes.together(() => {
        choices.choose(loaded.shared.catalogue, scenario, options);
        loaded.provider.rearm();
      });
    },
    subscribe: changes.subscribe,
    reset: () =>
      changes.together(() => {
        clock.restore();
        loaded.store.reseed();
        prepareRows();
        journal.clear();
        choices.reset();
        loaded.provider.reset();
      }),
    pact: pacts.pact,
    coverage: coverage.coverage,
    clearCoverage: coverage.clear,
    snapshot: () => ({
      version: 2,
      rows: loaded.store.snapshot(),
      choices: structuredClone(choices.current),
      clock: clock.state(),
      provider: loaded.provider.state(),
    }),
    restore: (snapshot) => restore(snapshot, false),
    session: (given) => openSession(given, { pacts, coverage }),
    explain: (request) => loaded.answering.secrets.hideKnown(explain(loaded.answering.router, request)),
    recordNearMiss: (request) => recordNearMiss(loaded.answering, request),
    match: (method, url) => loaded.answering.router.match(bareRequest(method, url)),
    answer: (request) => answer(loaded.answering, request),
    [Symbol.dispose]: () => {
      journal.clear();
      pacts.dispose();
      coverage.dispose();
      changes.close();
    },
  };
  setServed(mock, {
    bytes: () => loaded.store.bytes(),
    limit: ({ rows, journal: budget, pacts: pactBudget, coverage: coverageBudget }) => {
      loaded.store.limit(rows);
      rowLimit = rows;
      if (budget) journal.share(budget);
      if (pactBudget) pacts.share(pactBudget);
      if (coverageBudget) coverage.share(coverageBudget);
    },
    restore: (snapshot) => restore(snapshot, true),
    answer: (request, refuseDelay) => answer(loaded.answering, request, refuseDelay),
    trial: (given) => openSession(given, null),
  });
  return {
    mock,
    load: (shared: SharedParts<P>): readonly string[] => {
      const { lost, keep } = choices.prepare(shared.catalogue);
      changes.together(() => {
        loaded = load(shared, options, lasting);
        coverage.reload(shared);
        if (rowLimit) loaded.store.limit(rowLimit);
        keep();
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
