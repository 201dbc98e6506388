import { describe, expect, it } from 'vitest';
import { createMock, type Mock, type MockNames, type MockOptions } from '../../../src/index.ts';
import { UsageRangeError, UsageTypeError } from '../../../src/usage-error.ts';
import {
  ask,
  bodyOf,
  FLAGS,
  NOW,
  PATHS,
  prefer,
  request,
  requestWith,
  STATS,
  scenarioOf,
} from '../asking.ts';

const flags = { path: PATHS[FLAGS] };

/** The scenarios that produce the next answers. */
function next(mock: ReturnType<typeof createMock>, count: number): (string | undefined)[] {
  return Array.from({ length: count }, () => scenarioOf(mock));
}

describe('use', () => {
  it('forces a scenario on the whole mock and replaces all earlier selections', () => {
    const mock = createMock();
    mock.use('throttled', { operation: STATS, times: 3 });
    mock.use('server-error');
    expect([scenarioOf(mock), scenarioOf(mock, flags)]).toEqual(['server-error', 'server-error']);
    expect(mock.scenario).toEqual({ default: 'server-error', operations: {} });
    mock.use('ok');
    expect([scenarioOf(mock), scenarioOf(mock, flags)]).toEqual(['ok', 'ok']);
  });

  it('forces a scenario on one operation only', () => {
    const mock = createMock({ scenario: 'server-error' });
    mock.use('flag-required', { operation: FLAGS });
    expect([scenarioOf(mock), scenarioOf(mock, flags)]).toEqual(['server-error', 'flag-required']);
    expect(mock.scenario).toEqual({ default: 'server-error', operations: { [FLAGS]: 'flag-required' } });
  });

  it('exempts one operation with ok', () => {
    const mock = createMock({ scenario: 'server-error' });
    mock.use('ok', { operation: STATS });
    expect([scenarioOf(mock), scenarioOf(mock, flags)]).toEqual(['ok', 'server-error']);
  });

  it('overrides the scenario option, which can name operations', () => {
    const mock = createMock({ scenario: { [STATS]: 'trend-down', [FLAGS]: undefined } });
    expect(mock.scenario).toEqual({ default: 'ok', operations: { [STATS]: 'trend-down' } });
    expect([scenarioOf(mock), scenarioOf(mock, flags)]).toEqual(['trend-down', 'ok']);
  });
});

describe('use(null)', () => {
  it('takes back every choice for an operation, and nothing else', () => {
    const mock = createMock({ scenario: 'server-error' });
    mock.use('flag-required', { operation: FLAGS });
    mock.use('trend-up', { operation: STATS });
    mock.use('throttled', { operation: STATS, times: 2 });
    mock.use(null, { operation: STATS });
    expect(mock.scenario).toEqual({ default: 'server-error', operations: { [FLAGS]: 'flag-required' } });
    expect([scenarioOf(mock), scenarioOf(mock, flags)]).toEqual(['server-error', 'flag-required']);
  });

  it.each([
    { options: {}, error: UsageTypeError, message: 'for the whole mock, use "ok".' },
    {
      options: { operation: 'experiments_stats' },
      error: UsageRangeError,
      message: 'There is no operation "experiments_stats". The contract has: ',
    },
    {
      options: { operation: STATS, times: 2 },
      error: UsageTypeError,
      message: 'The scenario null has no option "times". The options are: operation.',
    },
  ])('refuses $options and changes nothing', ({ options, error, message }) => {
    const mock = createMock();
    mock.use('trend-up', { operation: STATS });
    const takeBack = () => Reflect.apply(mock.use, undefined, [null, options]);
    expect(takeBack).toThrow(error);
    expect(takeBack).toThrow(message);
    expect(scenarioOf(mock)).toBe('trend-up');
  });
});

describe('times', () => {
  it('restores the previous scenario, with nesting from the inside out', () => {
    const mock = createMock({ scenario: 'server-error' });
    mock.use('throttled', { times: 2 });
    mock.use('bad-gateway', { times: 1 });
    expect(mock.scenario.default).toBe('bad-gateway');
    expect(next(mock, 4)).toEqual(['bad-gateway', 'throttled', 'throttled', 'server-error']);
    expect(mock.scenario.default).toBe('server-error');
  });

  it('nests for a single operation', () => {
    const mock = createMock({ scenario: 'server-error' });
    mock.use('trend-up', { operation: STATS, times: 1 });
    mock.use('trend-down', { operation: STATS, times: 1 });
    expect(scenarioOf(mock, flags)).toBe('server-error');
    expect(next(mock, 3)).toEqual(['trend-down', 'trend-up', 'server-error']);
    expect(mock.scenario.operations).toEqual({});
  });

  it('for the whole mock restores the selections for operations', () => {
    const mock = createMock();
    mock.use('trend-up', { operation: STATS });
    mock.use('server-error', { times: 2 });
    expect([scenarioOf(mock, flags), scenarioOf(mock)]).toEqual(['server-error', 'server-error']);
    expect([scenarioOf(mock, flags), scenarioOf(mock)]).toEqual(['ok', 'trend-up']);
  });

  it('for the whole mock keeps selections for operations that were made in the meantime', () => {
    const mock = createMock();
    mock.use('trend-up', { operation: STATS });
    mock.use('server-error', { times: 1 });
    mock.use('trend-down', { operation: STATS });
    expect([scenarioOf(mock, flags), scenarioOf(mock)]).toEqual(['server-error', 'trend-down']);
    expect(mock.scenario).toEqual({ default: 'ok', operations: { [STATS]: 'trend-down' } });
  });

  it('for one operation does not count answers of another', () => {
    const mock = createMock();
    mock.use('throttled', { operation: STATS, times: 1 });
    scenarioOf(mock, flags);
    expect(next(mock, 2)).toEqual(['throttled', 'ok']);
  });

  it.each([
    { case: 'an answer chosen by Prefer', changes: requestWith({ prefer: 'code=500' }) },
    { case: 'a preference error', changes: requestWith({ prefer: 'scenario=nope' }) },
    { case: 'an unknown format', changes: { query: 'format=csv' } },
    { case: 'an unacceptable media type', changes: requestWith({ accept: 'text/html' }) },
    { case: 'a method that is not allowed', changes: { method: 'POST' } },
    { case: 'OPTIONS', changes: { method: 'OPTIONS' } },
    { case: 'a path that does not match', changes: { path: '/api/projects/1/experiments/' } },
    { case: 'an operation that lacks the scenario', changes: flags },
  ])('does not count $case', ({ changes }) => {
    const mock = createMock();
    mock.use('trend-up', { times: 1 });
    ask(mock, changes);
    expect(next(mock, 2)).toEqual(['trend-up', 'ok']);
  });

  it.each([
    { case: 'HEAD', scenario: 'throttled', changes: { method: 'HEAD' } },
    { case: 'a broken connection', scenario: 'network-error', changes: {} },
    { case: 'a timeout', scenario: 'timeout', changes: {} },
    { case: 'a forced 404', scenario: 'project-not-found', changes: {} },
    {
      case: 'a preference for a delay alone',
      scenario: 'throttled',
      changes: requestWith({ prefer: 'delay=5' }),
    },
    { case: 'an answer of ok, even a refusal', scenario: 'ok', changes: { headers: {} } },
  ] as const)('counts $case', ({ scenario, changes }) => {
    const mock = createMock({ scenario: 'server-error' });
    mock.use(scenario, { times: 1 });
    mock.answer(request(changes));
    expect(scenarioOf(mock)).toBe('server-error');
  });

  it('does not count answers after an approval was applied', () => {
    const mock = createMock({ now: NOW });
    mock.use('approval-required', { times: 2 });
    const opened = bodyOf(mock);
    mock.changeRequests.approve(opened.change_request_id);
    expect(next(mock, 2)).toEqual(['ok', 'ok']);
    expect(mock.scenario.default).toBe('approval-required');
  });
});

describe('a name missing from the contract', () => {
  it.each([
    {
      case: 'a mistyped scenario',
      scenario: 'mising-scope',
      message:
        /^There is no scenario "mising-scope"\. Did you mean "missing-scope"\? .*: ok, flag-required, /,
    },
    {
      case: 'a scenario near to two others',
      scenario: 'approval-requires',
      message: /Did you mean "approval-required"\?/,
    },
    {
      case: 'a scenario that resembles no other',
      scenario: 'nope',
      message: /^There is no scenario "nope"\. The contract has: ok, /,
    },
    { case: 'an empty scenario', scenario: '', message: /^There is no scenario ""\. The contract has: ok, / },
    {
      case: 'a member of Object.prototype',
      scenario: 'constructor',
      message: /^There is no scenario "constructor"\. The contract has: ok, /,
    },
  ])('is refused with a list of the valid names: $case', ({ scenario, message }) => {
    const mock: Mock<MockNames> = createMock({ scenario: 'throttled' });
    expect(() => mock.use(scenario)).toThrow(RangeError);
    expect(() => mock.use(scenario)).toThrow(message);
    expect(mock.scenario.default).toBe('throttled');
  });

  it('is refused for an operation that lacks the scenario, with those that it has', () => {
    const mock: Mock<MockNames> = createMock();
    const lacking = { operation: STATS };
    expect(() => mock.use('flag-required', lacking)).toThrow(UsageRangeError);
    expect(() => mock.use('flag-required', lacking)).toThrow(
      `${STATS} has no scenario "flag-required". It has: ok, few-launches, `,
    );
    const options: MockOptions<MockNames> = { scenario: { [STATS]: 'flag-required' } };
    expect(() => createMock(options)).toThrow(UsageRangeError);
    expect(mock.scenario).toEqual({ default: 'ok', operations: {} });
    mock.use('flag-required');
    expect(mock.scenario.default).toBe('flag-required');
  });

  it('is refused for an operation', () => {
    const mock: Mock<MockNames> = createMock();
    const message = `There is no operation "experiments_stat_retrieve". Did you mean "${STATS}"? The contract has: ${FLAGS}, ${STATS}.`;
    expect(() => mock.use('ok', { operation: 'experiments_stat_retrieve' })).toThrow(
      new UsageRangeError(message),
    );
    expect(() => mock.use('ok', { operation: 'nope' })).toThrow(
      new UsageRangeError(`There is no operation "nope". The contract has: ${FLAGS}, ${STATS}.`),
    );
  });

  it.each([
    { given: [['throttled']], error: 'The name of a scenario is a string; found ["throttled"].' },
    { given: [429], error: 'The name of a scenario is a string; found 429.' },
    { given: [], error: 'The name of a scenario is a string; found undefined.' },
    {
      given: ['throttled', { operation: [STATS] }],
      error: `The name of an operation is a string; found ["${STATS}"].`,
    },
    { given: [null, { operation: 5 }], error: 'The name of an operation is a string; found 5.' },
  ])('is not text: $given', ({ given, error }) => {
    expect(() => Reflect.apply(createMock().use, undefined, given)).toThrow(new UsageTypeError(error));
  });

  it('is truncated in the error', () => {
    const mock: Mock<MockNames> = createMock();
    expect(() => mock.use('x'.repeat(10_000))).toThrow(
      `There is no scenario "${'x'.repeat(77)}...". The contract`,
    );
  });
});

it('the previous scenario returns when overlapping selections with times run out', () => {
  const mock = createMock({ scenario: { [STATS]: 'server-error' } });
  mock.use('throttled', { times: 1 });
  mock.use('missing-scope', { operation: STATS, times: 1 });
  expect(scenarioOf(mock, { path: PATHS[FLAGS] })).toBe('throttled');
  expect([scenarioOf(mock), scenarioOf(mock)]).toEqual(['missing-scope', 'server-error']);
});

it('use refuses an unknown option and changes nothing', () => {
  const mock = createMock();
  const options: object = { operations: STATS };
  expect(() => mock.use('throttled', options)).toThrow(
    new UsageTypeError(
      'use has no option "operations". Did you mean "operation"? The options are: operation, times, delay.',
    ),
  );
  expect(mock.scenario).toEqual({ default: 'ok', operations: {} });
});

it('at most a hundred selections with times can be nested', () => {
  const mock = createMock();
  for (let count = 0; count < 100; count += 1) mock.use('throttled', { times: 1 });
  expect(() => mock.use('throttled', { times: 1 })).toThrow(RangeError);
  for (let count = 0; count < 100; count += 1) expect(ask(mock).status).toBe(429);
  expect(ask(mock).status).toBe(200);
});

it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('use refuses %d times', (times) => {
  const mock = createMock();
  expect(() => mock.use('throttled', { times })).toThrow(
    new UsageRangeError(`"times" is the number of answers, 1 or more; found ${times}.`),
  );
  expect(mock.scenario.default).toBe('ok');
});

it('a preference overrides the selection for the operation, which overrides that for the mock', () => {
  const mock = createMock({ scenario: 'server-error' });
  mock.use('trend-up', { operation: STATS });
  expect(prefer(mock, 'scenario=throttled').status).toBe(429);
  expect(prefer(mock, 'scenario=ok').headers).toMatchObject({
    'x-mock-scenario': 'ok',
    'preference-applied': 'scenario=ok',
  });
  expect(prefer(mock, 'scenario=trend-up', flags).headers['x-mock-scenario']).toBe('ok');
  expect(prefer(mock, 'respond-async').headers['x-mock-scenario']).toBe('trend-up');
});
