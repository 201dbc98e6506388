import { describe, expect, it } from 'vitest';
import { createMock, FixtureError, type MockSnapshot } from '../../src/index.ts';
import { UsageTypeError } from '../../src/usage-error.ts';
import { ask, bodyOf, FLAGS, NOW, PATHS, STATS, scenarioOf } from './asking.ts';

const flags = { path: PATHS[FLAGS] };

/** A snapshot written to a file and read again. */
function throughFile(snapshot: MockSnapshot): MockSnapshot {
  return JSON.parse(JSON.stringify(snapshot));
}

describe('a snapshot', () => {
  it('is plain JSON that survives a file', () => {
    const mock = createMock({ now: NOW });
    mock.use('throttled', { times: 2 });
    mock.use('trend-up', { operation: STATS, times: 2 });
    const snapshot = mock.snapshot();
    expect(throughFile(snapshot)).toEqual(snapshot);
  });

  it('restores selections with their remaining answers', () => {
    const mock = createMock();
    mock.use('server-error');
    mock.use('throttled', { times: 2 });
    mock.use('trend-up', { operation: STATS, times: 2 });
    mock.use('trend-down', { operation: STATS, times: 1 });
    scenarioOf(mock);
    const snapshot = throughFile(mock.snapshot());
    mock.use('ok');
    for (const other of [mock, createMock()]) {
      other.restore(snapshot);
      expect(other.scenario).toEqual({ default: 'throttled', operations: { [STATS]: 'trend-up' } });
      const met = Array.from({ length: 6 }, (_, index) => scenarioOf(other, index < 3 ? flags : {}));
      expect(met).toEqual(['throttled', 'throttled', 'server-error', 'trend-up', 'trend-up', 'server-error']);
    }
  });

  it('restores rows', () => {
    const mock = createMock({ now: NOW });
    const before = mock.database.experiments.findMany();
    const stats = bodyOf(mock);
    const snapshot = throughFile(mock.snapshot());
    mock.database.experiments.delete({ project_id: 1 });
    expect(bodyOf(mock)).not.toEqual(stats);
    mock.restore(snapshot);
    expect(mock.database.experiments.findMany()).toEqual(before);
    expect(bodyOf(mock)).toEqual(stats);
  });

  it('has absolute times, so that another clock reads the same rows', () => {
    const other = createMock({ now: '2020-01-01T00:00:00Z' });
    const mock = createMock({ now: NOW });
    other.restore(throughFile(mock.snapshot()));
    expect(other.database.experiments.findMany()).toEqual(mock.database.experiments.findMany());
    expect(bodyOf(other)).toEqual(bodyOf(mock));
  });

  it('restores the clock', () => {
    const mock = createMock({ now: NOW });
    const snapshot = throughFile(mock.snapshot());
    mock.clock.advance(5_000);
    mock.restore(snapshot);
    expect(mock.clock.now()).toEqual(new Date(NOW));
  });

  it('restores the offset of a running clock', () => {
    const mock = createMock({ now: NOW });
    const running = createMock();
    running.clock.advance(86_400_000);
    mock.restore(throughFile(running.snapshot()));
    expect(mock.clock.now().getTime()).toBeGreaterThan(Date.now() + 86_000_000);
    expect(mock.snapshot().clock).toEqual({ kind: 'running', offset: 86_400_000_000 });
  });

  it('does not set a clock function of the caller', () => {
    const own = createMock({ now: () => new Date('2030-01-01T00:00:00Z') });
    own.restore(throughFile(createMock({ now: NOW }).snapshot()));
    expect(own.clock.now()).toEqual(new Date('2030-01-01T00:00:00Z'));
    const mock = createMock({ now: NOW });
    mock.restore(throughFile(own.snapshot()));
    expect(mock.clock.now()).toEqual(new Date(NOW));
  });

  it('restores change requests, including applied ones that open the gate', () => {
    const mock = createMock({ now: NOW, scenario: 'approval-required' });
    const { change_request_id: id } = bodyOf(mock);
    const pending = throughFile(mock.snapshot());
    mock.changeRequests.approve(id);
    const applied = throughFile(mock.snapshot());
    mock.use('approval-required');
    const settled = throughFile(mock.snapshot());

    const other = createMock();
    other.restore(pending);
    expect(bodyOf(other)).toMatchObject({ code: 'change_request_pending', change_request_id: id });
    other.restore(applied);
    expect(scenarioOf(other)).toBe('ok');
    other.restore(settled);
    expect(bodyOf(other).code).toBe('approval_required');
  });

  it('keeps the journal and resets the throttle counts', () => {
    const mock = createMock({ now: NOW, throttle: 'enforce' });
    const snapshot = mock.snapshot();
    for (let count = 0; count < 480; count += 1) ask(mock);
    expect(ask(mock).status).toBe(429);
    mock.restore(snapshot);
    expect(mock.journal.entries).toHaveLength(481);
    expect(ask(mock).status).toBe(200);
  });

  it('is independent of the mock it was taken from', () => {
    const mock = createMock({ now: NOW });
    mock.use('throttled', { times: 3 });
    const snapshot = mock.snapshot();
    const copy = throughFile(snapshot);
    mock.database.experiments.update({ id: 1 }, { name: 'changed' });
    ask(mock);
    expect(snapshot).toEqual(copy);
    mock.restore(snapshot);
    Object.assign(snapshot.choices[0] ?? {}, { scenario: 'bad-gateway' });
    Object.assign(mock.snapshot().choices[0] ?? {}, { scenario: 'server-error' });
    expect(mock.scenario.default).toBe('throttled');
  });
});

it('a snapshot holds a copy of the clock', () => {
  const mock = createMock({ now: NOW });
  const snapshot = mock.snapshot();
  Object.assign(snapshot.clock, { instant: 0 });
  expect(mock.clock.now()).toEqual(new Date(NOW));
  mock.restore(snapshot);
  Object.assign(snapshot.clock, { instant: 5_000_000 });
  expect(mock.clock.now()).toEqual(new Date(0));
});

it('a snapshot with wrong rows leaves the counts of the throttle alone', () => {
  const mock = createMock({ now: NOW, throttle: 'enforce' });
  const snapshot = mock.snapshot();
  for (let count = 0; count < 480; count += 1) ask(mock);
  const wrong = { ...snapshot, rows: { ...snapshot.rows, users: [{ id: 'one' }] } };
  const restore: (snapshot: never) => void = mock.restore;
  expect(() => restore(wrong as never)).toThrow(FixtureError);
  expect(ask(mock).status).toBe(429);
});

it('relative times in a snapshot resolve against its own clock', () => {
  const mock = createMock({ now: '2020-01-01T00:00:00Z' });
  const { rows, ...rest } = createMock({ now: NOW }).snapshot();
  const [event] = rows.events;
  const events = event ? [{ ...event, timestamp: 'now-1h' }] : [];
  mock.restore({ ...rest, rows: { ...rows, events } });
  expect(mock.database.events.findMany()[0]?.timestamp).toBe('2026-03-15T11:00:00Z');
});

describe('a wrong snapshot is refused, and nothing has changed:', () => {
  const right = throughFile(createMock({ now: NOW }).snapshot());
  const withChoice = (choice: unknown) => ({ ...right, choices: [choice] });
  const cycle: Record<string, unknown> = { scenario: 'ok', left: 1 };
  cycle.before = cycle;

  it.each([
    {
      case: 'null',
      wrong: null,
      message: /^The snapshot cannot be restored: the snapshot: expected object, found null/,
    },
    { case: 'nothing', wrong: undefined, message: /: expected object, found undefined/ },
    { case: 'an array', wrong: [], message: /the snapshot: expected object, found \[\]/ },
    { case: 'the version of an older release', wrong: { ...right, version: 1 }, message: /\/version: .*2/ },
    { case: 'an unknown member', wrong: { ...right, settled: [] }, message: /\/settled: / },
    {
      case: 'a member that is called like a key',
      wrong: { ...right, phx_0secret0: 1 },
      message: '/phx_…: there is no such member.',
    },
    { case: 'no choices', wrong: { ...right, choices: undefined }, message: /"choices"/ },
    { case: 'a choice without a scenario', wrong: withChoice({}), message: /\/choices\/0: .*"scenario"/ },
    { case: 'a choice that contains itself', wrong: withChoice(cycle), message: /\/choices\/0\/before: / },
    {
      case: 'an unknown scenario',
      wrong: withChoice({ scenario: 'nope' }),
      message: '/choices/0/scenario: the contract has no scenario "nope".',
    },
    {
      case: 'a number of remaining answers below 1',
      wrong: withChoice({ scenario: 'ok', left: 0 }),
      message: /\/choices\/0\/left: expected at least 1, found 0/,
    },
    {
      case: 'a delay above the maximum',
      wrong: withChoice({ scenario: 'ok', delay: [0, 60_001] }),
      message: /\/choices\/0\/delay\/1: expected at most 60000, found 60001/,
    },
    {
      case: 'an unknown operation',
      wrong: withChoice({ scenario: 'ok', operation: 'nope' }),
      message: '/choices/0/operation: the contract has no operation "nope".',
    },
    {
      case: 'a scenario that the operation lacks',
      wrong: withChoice({ scenario: 'flag-required', operation: STATS }),
      message: `/choices/0/scenario: ${STATS} has no scenario "flag-required". It has: ok, `,
    },
    ...[
      undefined,
      { kind: 'broken' },
      { kind: 'fixed' },
      { kind: 'fixed', instant: '1' },
      { kind: 'fixed', instant: 1e300 },
      { kind: 'fixed', instant: 1.5 },
      { kind: 'running', offset: null },
      { kind: 'running', offset: 1e18 },
    ].map((clock) => ({
      case: `the clock ${JSON.stringify(clock)}`,
      wrong: { ...right, clock },
      message: /\/clock|"clock"/,
    })),
    {
      case: 'ids that are not text',
      wrong: { ...right, provider: { settled: [1] } },
      message: '"provider" of a snapshot is { settled: [ids of change requests] }; found {"settled":[1]}.',
    },
    { case: 'no rows', wrong: { ...right, rows: undefined }, message: /"rows"/ },
    {
      case: 'a wrong row',
      wrong: { ...right, rows: { ...right.rows, users: [{ id: 'one' }] } },
      message: /^snapshot\.users#\/0/,
    },
  ])('$case', ({ wrong, message }) => {
    const mock = createMock({ now: '2020-01-01T00:00:00Z' });
    mock.use('throttled', { operation: STATS, times: 2 });
    mock.database.experiments.delete({ id: 1 });
    const before = mock.snapshot();
    const restore: (snapshot: never) => void = mock.restore;
    expect(() => restore(wrong as never)).toThrow(message);
    expect(mock.snapshot()).toEqual(before);
  });

  it('with a specific type of error', () => {
    const { restore } = createMock();
    expect(() => restore({ ...right, version: 1 as 2 })).toThrow(UsageTypeError);
    expect(() => restore({ ...right, rows: {} as typeof right.rows })).toThrow(FixtureError);
  });
});
