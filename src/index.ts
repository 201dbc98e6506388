/**
 * A contract mock of PostHog's experiments API.
 *
 * ```ts
 * import { createMock } from 'posthog-experiments-mock';
 * import { setupServer } from 'msw/node';
 *
 * const mock = createMock({ now: '2026-01-31T12:00:00Z' });
 * const server = setupServer(...mock.handlers);
 * mock.use('missing-scope');
 * ```
 * @module
 */
import { createMockWith } from './create-mock.ts';
import { readFiles } from './packaged.ts';

export const createMock = createMockWith(readFiles);

export type { Mock } from './adapters/fronts.ts';
export { createHttpListener, type HttpListenerOptions } from './adapters/http.ts';
export { ContractError, type ContractFinding } from './contract/contract-error.ts';
export type { HttpRequest, Reply } from './contract/message.ts';
export type { MockOptions, PackagedNames } from './create-mock.ts';
export type { Collection, Database, Where } from './database/collection.ts';
export { FixtureError, type FixtureFinding } from './database/rows/fixture-error.ts';
export type { FixtureInput, Row, RowInput, Rows } from './database/rows/types.ts';
export type { OperationId, ScenarioName } from './generated/names.ts';
export type { Clock, ClockOption } from './mock/clock.ts';
export type { DelayOption } from './mock/delay.ts';
export type { Journal, JournalCriteria, JournalEntry, WaitOptions } from './mock/journal/journal.ts';
export type { ExplainedRequest } from './mock/mock.ts';
export type { MockNames, SessionOptions } from './mock/options.ts';
export type { CatalogueEntry } from './mock/scenarios/catalogue.ts';
export type { SelectedScenarios, UseOptions } from './mock/scenarios/choices.ts';
export type { MockSnapshot } from './mock/snapshot.ts';
export {
  type Actor,
  type ChangeRequestBody,
  ChangeRequestError,
  type ChangeRequestOutcome,
  type ChangeRequests,
} from './provider/change-requests.ts';
export { type RunningServer, type ServerOptions, startServer } from './server/server.ts';
