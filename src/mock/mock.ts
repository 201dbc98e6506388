import type { Contract } from '../contract/contract.ts';
import type { HttpRequest } from '../contract/message.ts';
import type { Route } from '../contract/router.ts';
import type { Database } from '../database/collection.ts';
import type { ChangeRequests } from '../provider/provider.ts';
import type { Secrets } from '../text/secrets.ts';
import type { ChangeListener } from './changes.ts';
import type { Clock } from './clock.ts';
import type { Coverage } from './coverage/coverage.ts';
import type { Journal } from './journal/journal.ts';
import type { MockNames, SessionOptions } from './options.ts';
import type { Pact, PactNames } from './pact/pact.ts';
import type { Reply } from './reply.ts';
import type { ExplainedRequest } from './route.ts';
import type { CatalogueEntry } from './scenarios/catalogue.ts';
import type { SelectedScenarios, UseOptions } from './scenarios/choices.ts';
import type { MockSnapshot } from './snapshot.ts';

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
  /** What must not be shown of requests and replies, by the rows at present. */
  readonly secrets: Secrets;
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
   * @throws {UsageTypeError} on an option that does not exist, on a name that is no text, and on `null` without an
   * operation.
   */
  use<Operation extends Names['operation'] = Names['operation']>(
    scenario: Names['scenarios'][Operation] | null,
    options?: UseOptions<Operation>,
  ): void;
  /**
   * Tells of every request and of every other change, whoever makes it, until the mock is disposed of. What a listener
   * throws is an uncaught error of the program; the request is answered all the same.
   *
   * ```ts
   * const unsubscribe = mock.subscribe((change) => {
   *   if (change.kind === 'request') console.log(change.entry.request.path);
   *   else console.log('changed:', change.parts); // such as ['scenario']
   * });
   * ```
   * @param ended called when the mock is disposed of.
   * @returns a function that stops it.
   * @throws {UsageTypeError} when it is not given functions.
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
  /**
   * How the API was used, as a Pact file of specification 4. The first call takes what the journal has; from then on,
   * every interaction is kept, those of sessions included, whatever the journal drops, and whatever is reset. Call it
   * before the first request of a long suite.
   *
   * ```ts
   * const pact = mock.pact({ consumer: 'launch-dashboard', provider: 'posthog' });
   * await writeFile('launch-dashboard-posthog.json', JSON.stringify(pact, null, 2));
   * ```
   * @throws {UsageTypeError} when a name is missing, and on an option that does not exist.
   */
  pact(names: PactNames): Pact;
  /**
   * Which operations, statuses, scenarios and parameters of the contract were used so far, in this mock and in its
   * sessions. `reset` keeps it, so that a suite may reset between its tests; so does a new contract, as far as it has
   * the same. `mergeCoverage` adds up several, `renderCoverage` makes a table, `checkThresholds` finds what is missed.
   *
   * ```ts
   * console.log(renderCoverage(mock.coverage()));
   * ```
   */
  coverage(): Coverage;
  /** Counts anew, as before the first request. */
  clearCoverage(): void;
  /** The route of a request; `null` when no operation matches. */
  match(method: string, url: URL): Route | null;
  /** Answers a request that is plain data; the front ends are built on it. */
  answer(request: HttpRequest): Reply;
}
