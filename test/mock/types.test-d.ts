import type { HttpHandler } from 'msw';
import { expectTypeOf, test } from 'vitest';
import type { MountPanelOptions } from '../../src/adapters/browser/mount-panel.ts';
import type { StartWorkerOptions } from '../../src/adapters/browser/start-worker.ts';
import {
  type ApprovalRequired,
  type ChangeRequests,
  createHttpListener,
  createMock,
  type ExperimentStats,
  type ExplainedRequest,
  type FlagImplementation,
  type HttpRequest,
  type JournalCriteria,
  type Mock,
  type MockNames,
  type MockOptions,
  type MockSnapshot,
  type OperationId,
  type PosthogError,
  type Reply,
  type Row,
  type ScenarioName,
  type ServerOptions,
  type SessionLimits,
  type SessionOptions,
  startServer,
  type UnhandledOptions,
  type UseOptions,
  type WaitOptions,
} from '../../src/index.ts';

test('names are literal types of the packaged contract', () => {
  const mock = createMock({ now: '2026-01-31T12:00:00Z' });
  expectTypeOf<OperationId>().toEqualTypeOf<
    'experiments_requires_flag_implementation_retrieve' | 'experiments_stats_retrieve'
  >();
  expectTypeOf<'missing-scope'>().toExtend<ScenarioName>();
  expectTypeOf<string>().not.toExtend<ScenarioName>();
  expectTypeOf(mock.use).parameter(0).toEqualTypeOf<ScenarioName | null>();
  expectTypeOf(mock.scenario.default).toEqualTypeOf<ScenarioName>();
  expectTypeOf(mock.scenario.operations.experiments_stats_retrieve).toEqualTypeOf<ScenarioName | undefined>();
  expectTypeOf(mock.scenarios[0]?.name).toEqualTypeOf<ScenarioName | undefined>();
  expectTypeOf(mock.scenarios[0]?.operations).toEqualTypeOf<readonly OperationId[] | undefined>();
  expectTypeOf(mock.journal.entries[0]?.operation).toEqualTypeOf<OperationId | null | undefined>();
  mock.use('throttled', { operation: 'experiments_stats_retrieve', times: 2 });
  mock.journal.waitFor({ operation: 'experiments_stats_retrieve', status: 200 });
  // @ts-expect-error: the packaged contract has no such scenario
  mock.use('trottled');
  // @ts-expect-error: the packaged contract has no such operation
  mock.use('throttled', { operation: 'stats' });
  // @ts-expect-error: the packaged contract has no such operation
  mock.journal.waitFor({ operation: 'stats' });
});

test('names stay literal types without options and with undefined ones', () => {
  expectTypeOf(createMock().use).parameter(0).toEqualTypeOf<ScenarioName | null>();
  expectTypeOf(createMock({ contract: undefined }).use)
    .parameter(0)
    .toEqualTypeOf<ScenarioName | null>();
});

test('with another contract, names are plain strings', () => {
  const mock = createMock({ contract: './things.yaml', scenario: 'gone' });
  expectTypeOf(mock).toEqualTypeOf<Mock<MockNames, ChangeRequests | null>>();
  expectTypeOf(mock.use).parameter(0).toEqualTypeOf<string | null>();
  expectTypeOf(mock.scenario.default).toEqualTypeOf<string>();
  expectTypeOf(mock.journal.entries[0]?.operation).toEqualTypeOf<string | null | undefined>();
  mock.use('anything', { operation: 'thing' });
});

test('with another provider, names are plain strings, and there may be no change requests', () => {
  const mock = createMock({ provider: 'contract' });
  expectTypeOf(mock.changeRequests).toEqualTypeOf<ChangeRequests | null>();
  mock.use('anything', { operation: 'thing' });
  expectTypeOf(createMock({ provider: undefined }).changeRequests).toEqualTypeOf<ChangeRequests>();
  // @ts-expect-error: there is no such provider
  createMock({ provider: 'other' });
});

test('a scenario that an operation lacks does not compile for it', () => {
  const mock = createMock();
  mock.use('flag-required');
  mock.use('flag-required', { times: 2 });
  mock.use('flag-required', { operation: 'experiments_requires_flag_implementation_retrieve' });
  mock.use('flag-required', { operation: undefined });
  createMock({ scenario: { experiments_requires_flag_implementation_retrieve: 'flag-required' } });
  // @ts-expect-error: stats has no such scenario
  mock.use('flag-required', { operation: 'experiments_stats_retrieve' });
  // @ts-expect-error: stats has no such scenario
  createMock({ scenario: { experiments_stats_retrieve: 'flag-required' } });
  // @ts-expect-error: stats has no such scenario
  mock.session({ scenario: { experiments_stats_retrieve: 'flag-required' } });
});

test('annotations have the names of the packaged contract unless told otherwise', () => {
  let mock: Mock;
  const options: MockOptions = { scenario: 'throttled' };
  mock = createMock();
  mock = createMock(options);
  expectTypeOf(mock).toEqualTypeOf<ReturnType<typeof createMock>>();
  // @ts-expect-error: the packaged contract has no such scenario
  mock.use('whatever');
  // @ts-expect-error: the packaged contract has no such scenario
  createMock({ scenario: 'whatever' } satisfies MockOptions);
  const use: UseOptions = { operation: 'experiments_stats_retrieve', times: 2 };
  const session: SessionOptions = { scenario: 'throttled' };
  const criteria: JournalCriteria = { operation: 'experiments_stats_retrieve' };
  mock.use('throttled', use);
  mock = mock.session(session);
  mock.journal.waitFor(criteria);

  const other: MockOptions<MockNames> = { scenario: 'whatever' };
  const ofOther: Mock<MockNames> = createMock(other);
  ofOther.use('whatever', { operation: 'thing' });
  // @ts-expect-error: its names may be any
  mock = ofOther;
});

test('what takes a mock takes one of any contract', () => {
  const mock = createMock();
  const other = createMock({ contract: './things.yaml' });
  const any: Mock<MockNames> = mock;
  expectTypeOf(any.use).parameter(0).toEqualTypeOf<string | null>();
  createHttpListener(mock);
  createHttpListener(other);
  startServer(mock);
  startServer(other);
});

test('bodies have the types of the contract', () => {
  expectTypeOf<keyof ExperimentStats>().toEqualTypeOf<
    | 'launched_last_30d'
    | 'launched_previous_30d'
    | 'percent_change'
    | 'active_experiments'
    | 'completed_last_30d'
  >();
  expectTypeOf<ExperimentStats['percent_change']>().toEqualTypeOf<number>();
  expectTypeOf<FlagImplementation>().toEqualTypeOf<{ result: boolean }>();
  expectTypeOf<PosthogError['code']>().toEqualTypeOf<string>();
  expectTypeOf<'throttled_error'>().toExtend<PosthogError['type']>();
  expectTypeOf<ApprovalRequired['change_request_id']>().toEqualTypeOf<string>();
});

test('options are checked', () => {
  createMock({ scenario: { experiments_stats_retrieve: 'trend-up' }, delay: [0, 10], now: () => new Date() });
  // @ts-expect-error: the packaged contract has no such scenario
  createMock({ scenario: 'trottled' });
  // @ts-expect-error: there is no such option
  createMock({ scenari: 'ok' });
  // @ts-expect-error: there is no such choice
  createMock({ auth: 'on' });
  // @ts-expect-error: a range has two ends
  createMock({ delay: [1] });
  // @ts-expect-error: there is no such collection
  createMock({ fixtures: { experiment: [] } });
  // @ts-expect-error: an id is a number
  createMock({ fixtures: { experiments: [{ id: 'one', project_id: 1 }] } });
});

test('front ends have the types of the platform and of MSW', () => {
  const mock = createMock();
  expectTypeOf(mock.handlers).toEqualTypeOf<HttpHandler[]>();
  expectTypeOf(mock.fetch).toExtend<
    (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  >();
  expectTypeOf(mock.fetch).toExtend<typeof fetch>();
  expectTypeOf(mock.answer).toEqualTypeOf<(request: HttpRequest) => Reply>();
  expectTypeOf(mock).toExtend<Disposable>();
});

test('rows are plain data, without types of the library that stores them', () => {
  const { database } = createMock();
  expectTypeOf(database.experiments.find({ id: 1 })).toEqualTypeOf<Row<'experiments'> | undefined>();
  expectTypeOf<keyof Row<'memberships'>>().toEqualTypeOf<'user_id' | 'organization_id' | 'level'>();
  expectTypeOf<keyof typeof database.experiments>().toEqualTypeOf<
    'find' | 'findMany' | 'count' | 'create' | 'update' | 'delete'
  >();
});

test('restore takes a snapshot', () => {
  const mock = createMock();
  expectTypeOf(mock.snapshot).returns.toEqualTypeOf<MockSnapshot>();
  expectTypeOf(mock.restore).parameter(0).toEqualTypeOf<MockSnapshot>();
  expectTypeOf<MockSnapshot['rows']['users'][number]>().toEqualTypeOf<Row<'users'>>();
});

test('what only a server needs is no part of a mock', () => {
  expectTypeOf<Extract<keyof Mock, 'bytes' | 'limit'>>().toBeNever();
  expectTypeOf<Mock['restore']>().parameters.toEqualTypeOf<[MockSnapshot]>();
});

/** What callers have whose own options are passed on, under `exactOptionalPropertyTypes`. */
type PassedOn<Options> = { readonly [Name in keyof Options]: Options[Name] | undefined };

test('optional members of options may be undefined', () => {
  expectTypeOf<PassedOn<MockOptions>>().toExtend<MockOptions>();
  expectTypeOf<PassedOn<SessionOptions>>().toExtend<SessionOptions>();
  expectTypeOf<PassedOn<UseOptions>>().toExtend<UseOptions>();
  expectTypeOf<PassedOn<JournalCriteria>>().toExtend<JournalCriteria>();
  expectTypeOf<PassedOn<WaitOptions>>().toExtend<WaitOptions>();
  expectTypeOf<PassedOn<ServerOptions>>().toExtend<ServerOptions>();
  expectTypeOf<PassedOn<SessionLimits>>().toExtend<SessionLimits>();
  expectTypeOf<PassedOn<UnhandledOptions>>().toExtend<UnhandledOptions>();
  expectTypeOf<PassedOn<MountPanelOptions>>().toExtend<MountPanelOptions>();
  expectTypeOf<PassedOn<StartWorkerOptions>>().toExtend<StartWorkerOptions>();
  expectTypeOf<PassedOn<Pick<ExplainedRequest, 'method'>>>().toExtend<Pick<ExplainedRequest, 'method'>>();
});
