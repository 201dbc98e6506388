import { describe, expect, it } from 'vitest';
import { createMock, FixtureError, type MockSnapshot } from '../../src/index.ts';
import { ask, bodyOf, FLAGS, NOW, PATHS, STATS, scenarioOf } from './asking.ts';

const flags = { path: PATHS[FLAGS] };

/** What a snapshot is after it was written to a file and read again. */
function throughFile(snapshot: MockSnapshot): MockSnapshot {
  return JSON.parse(JSON.stringify(snapshot));
}

describe('a snapshot', () => {
  it('is plain JSON: nothing of it is lost in a file', () => {
    const mock = createMock({ now: NOW });
    mock.use('throttled', { times: 2 });
    mock.use('trend-up', { operation: STATS, times: 2 });
    const snapshot = mock.snapshot();
    expect(throughFile(snapshot)).toEqual(snapshot);
  });

  it('brings back choices with the answers they have left', () => {
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

  it('brings back rows', () => {
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

  it('brings back the clock', () => {
    const mock = createMock({ now: NOW });
    const snapshot = throughFile(mock.snapshot());
    mock.clock.advance(5_000);
    mock.restore(snapshot);
    expect(mock.clock.now()).toEqual(new Date(NOW));
  });

  it('brings back how far a running clock was advanced', () => {
    const mock = createMock({ now: NOW });
    const running = createMock();
    running.clock.advance(86_400_000);
    mock.restore(throughFile(running.snapshot()));
    expect(mock.clock.now().getTime()).toBeGreaterThan(Date.now() + 86_000_000);
    expect(mock.snapshot().clock).toEqual({ kind: 'running', offset: 86_400_000_000 });
  });

  it('leaves a clock that is the caller’s own to the caller', () => {
    const own = createMock({ now: () => new Date('2030-01-01T00:00:00Z') });
    own.restore(throughFile(createMock({ now: NOW }).snapshot()));
    expect(own.clock.now()).toEqual(new Date('2030-01-01T00:00:00Z'));
    const mock = createMock({ now: NOW });
    mock.restore(throughFile(own.snapshot()));
    expect(mock.clock.now()).toEqual(new Date(NOW));
  });

  it('brings back change requests, those that let requests through included', () => {
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

  it('leaves the journal as it is, and the counts of the throttle start anew', () => {
    const mock = createMock({ now: NOW, throttle: 'enforce' });
    const snapshot = mock.snapshot();
    for (let count = 0; count < 480; count += 1) ask(mock);
    expect(ask(mock).status).toBe(429);
    mock.restore(snapshot);
    expect(mock.journal.entries).toHaveLength(481);
    expect(ask(mock).status).toBe(200);
  });

  it('does not change with the mock, nor the mock with it', () => {
    const mock = createMock({ now: NOW });
    mock.use('throttled', { times: 3 });
    const snapshot = mock.snapshot();
    const copy = throughFile(snapshot);
    mock.database.experiments.update({ id: 1 }, { name: 'changed' });
    ask(mock);
    expect(snapshot).toEqual(copy);
    mock.restore(snapshot);
    Object.assign(snapshot.choices.mock, { scenario: 'bad-gateway' });
    Object.assign(mock.snapshot().choices.mock, { scenario: 'server-error' });
    expect(mock.scenario.default).toBe('throttled');
  });
});

it('a snapshot has a clock of its own', () => {
  const mock = createMock({ now: NOW });
  const snapshot = mock.snapshot();
  Object.assign(snapshot.clock, { instant: 0 });
  expect(mock.clock.now()).toEqual(new Date(NOW));
  mock.restore(snapshot);
  Object.assign(snapshot.clock, { instant: 5_000_000 });
  expect(mock.clock.now()).toEqual(new Date(0));
});

it.each([
  { what: 'a cycle', before: (choices: object) => choices },
  {
    what: 'very many',
    before: () => {
      let choices: object = { mock: { scenario: 'ok' }, operations: {} };
      for (let count = 0; count < 20_000; count += 1) {
        choices = { mock: { scenario: 'ok', left: 1, before: choices }, operations: {} };
      }
      return choices;
    },
  },
])('a snapshot with choices that wait for one another is refused when they are $what', ({ before }) => {
  const mock = createMock({ now: NOW });
  const choices: Record<string, unknown> = { operations: {} };
  choices.mock = { scenario: 'ok', left: 1, before: before(choices) };
  const snapshot = { ...mock.snapshot(), choices } as unknown as MockSnapshot;
  expect(() => mock.restore(snapshot)).toThrow('At most 100 choices of a snapshot can wait for one another.');
});

describe('a wrong snapshot is refused, and nothing has changed:', () => {
  const right = throughFile(createMock({ now: NOW }).snapshot());
  const withChoices = (choices: unknown) => ({ ...right, choices });
  const withMock = (mock: unknown) => withChoices({ mock, operations: {} });

  it.each([
    { case: 'null', wrong: null, message: 'A snapshot is an object; found null.' },
    { case: 'an array', wrong: [], message: 'A snapshot is an object; found [].' },
    {
      case: 'another version',
      wrong: { ...right, version: 2 },
      message: 'A snapshot has "version" 1; found 2.',
    },
    { case: 'no choices', wrong: withChoices(undefined), message: /^"choices" of a snapshot is an object/ },
    { case: 'no choice', wrong: withMock(undefined), message: /^A choice of a snapshot is an object/ },
    {
      case: 'an unknown scenario',
      wrong: withMock({ scenario: 'nope' }),
      message: 'The contract has no scenario "nope", which the snapshot has selected.',
    },
    {
      case: 'answers left that are no number',
      wrong: withMock({ scenario: 'ok', left: 0, before: right.choices }),
      message: '"left" of a choice is a number of answers; found 0.',
    },
    {
      case: 'nothing before',
      wrong: withMock({ scenario: 'ok', left: 1 }),
      message: /^"choices" of a snapshot is an object/,
    },
    {
      case: 'an unknown scenario before',
      wrong: withMock({ scenario: 'ok', left: 1, before: { mock: { scenario: 'nope' }, operations: {} } }),
      message: /"nope"/,
    },
    {
      case: 'no choices for operations',
      wrong: withChoices({ mock: { scenario: 'ok' } }),
      message: /^"choices.operations" of a snapshot is an object/,
    },
    {
      case: 'an unknown scenario for an operation',
      wrong: withChoices({ mock: { scenario: 'ok' }, operations: { [STATS]: { scenario: 'nope' } } }),
      message: /"nope"/,
    },
    {
      case: 'an unknown operation',
      wrong: withChoices({ mock: { scenario: 'ok' }, operations: { nope: { scenario: 'ok' } } }),
      message: 'The contract has no operation "nope", for which the snapshot has a choice.',
    },
    ...[
      undefined,
      { kind: 'broken' },
      { kind: 'fixed' },
      { kind: 'fixed', instant: '1' },
      { kind: 'fixed', instant: 1e300 },
      { kind: 'fixed', instant: 1.5 },
      { kind: 'running', offset: null },
    ].map((clock) => ({
      case: `the clock ${JSON.stringify(clock)}`,
      wrong: { ...right, clock },
      message: `"clock" of a snapshot is a state of a clock; found ${JSON.stringify(clock)}.`,
    })),
    { case: 'ids that are none', wrong: { ...right, settled: [1] }, message: /^"settled" of a snapshot is/ },
    { case: 'no rows', wrong: { ...right, rows: undefined }, message: /snapshot/ },
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

  it('with an error that says which kind', () => {
    const { restore } = createMock();
    expect(() => restore({ ...right, version: 2 as 1 })).toThrow(TypeError);
    expect(() => restore({ ...right, rows: {} as typeof right.rows })).toThrow(FixtureError);
  });
});
