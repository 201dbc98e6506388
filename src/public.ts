/** What both entries export: the types of a mock, and the errors that a user may meet. */

export type { AnyMock, Mock } from './adapters/fronts.ts';
export type { ApprovalRequired, ExperimentStats, FlagImplementation, PosthogError } from './bodies.ts';
export { ContractError, type ContractFinding } from './contract/contract-error.ts';
export type { HttpRequest } from './contract/message.ts';
export type { Collection, Database, Where } from './database/collection.ts';
export { FixtureError, type FixtureFinding } from './database/rows/fixture-error.ts';
export type { FixtureInput, Row, RowInput, Rows } from './database/rows/types.ts';
export type { OperationId, ScenarioName } from './generated/names.ts';
export type { AnswerViolation } from './mock/answer-check.ts';
export type { ChangedPart, ChangeListener, MockChange } from './mock/changes.ts';
export type { Checks, WithheldAnswer } from './mock/checks.ts';
export type { Clock, ClockOption } from './mock/clock.ts';
export type {
  Coverage,
  CoverageKind,
  CoverageTotal,
  CoverageTotals,
  OperationCoverage,
} from './mock/coverage/coverage.ts';
export { mergeCoverage } from './mock/coverage/merge.ts';
export { renderCoverage } from './mock/coverage/render.ts';
export { type CoverageThresholds, checkThresholds } from './mock/coverage/thresholds.ts';
export type { DelayOption } from './mock/delay.ts';
export type { Journal, JournalCriteria, JournalEntry, WaitOptions } from './mock/journal/journal.ts';
export type { MockNames, MockOptions, PackagedNames, SessionOptions } from './mock/options.ts';
export {
  type LeftOut,
  type LeftOutReason,
  mergePacts,
  type Pact,
  type PactInteraction,
  type PactNames,
} from './mock/pact/pact.ts';
export type { Provenance, Reply } from './mock/reply.ts';
export type { RequestFinding } from './mock/request-check/finding.ts';
export type { ExplainedRequest } from './mock/route.ts';
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
export { UsageRangeError, UsageTypeError } from './usage-error.ts';
