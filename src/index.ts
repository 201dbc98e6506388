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
import { type Mock, mockWithFronts } from './adapters/fronts.ts';
import type { OperationId, ScenarioName } from './generated/names.ts';
import type { MockNames, MockOptions as OptionsOf } from './mock/options.ts';
import { readSources } from './mock/packaged.ts';

/** The names of the packaged contract, as literal types. */
export interface PackagedNames {
  readonly operation: OperationId;
  readonly scenario: ScenarioName;
}

/** The options of a mock; unless told otherwise, of one with the packaged contract. */
export type MockOptions<Names extends MockNames = PackagedNames> = OptionsOf<Names>;

/**
 * Creates a mock. Two mocks share nothing.
 *
 * @throws {ContractError} when the contract cannot be used, {FixtureError} when rows cannot, each naming the
 * place; {TypeError} or {RangeError} on any other wrong option.
 */
export function createMock(options?: MockOptions & { readonly contract?: undefined }): Mock<PackagedNames>;
/** With another contract, names are plain strings. */
export function createMock(
  options: MockOptions<MockNames> & { readonly contract: NonNullable<MockOptions['contract']> },
): Mock;
/** Whichever contract it is. */
export function createMock(options: MockOptions): Mock;
export function createMock(options: MockOptions<MockNames> = {}): Mock {
  return mockWithFronts(readSources(options ?? {}), options);
}

export { createHttpListener, type HttpListenerOptions } from './adapters/http.ts';
export { ContractError, type ContractFinding } from './contract/contract-error.ts';
export type { HttpRequest, Reply } from './contract/message.ts';
export { FixtureError, type FixtureFinding } from './database/fixture-error.ts';
export type { FixtureInput, Row, RowInput, Rows } from './database/rows.ts';
export type { OperationId, ScenarioName } from './generated/names.ts';
export type { CatalogueEntry } from './mock/catalogue.ts';
export type { Clock } from './mock/clock.ts';
export type { Journal, JournalCriteria, JournalEntry } from './mock/journal.ts';
export type { SelectedScenarios, UseOptions } from './mock/selection.ts';
export type { MockSnapshot } from './mock/snapshot.ts';
export type { ChangeRequestBody } from './posthog/change-request-body.ts';
export { ChangeRequestError } from './posthog/change-request-error.ts';
export type { ChangeRequestOutcome, ChangeRequests } from './posthog/change-requests.ts';
export type { Mock, MockNames };
