import { describe, expect, it } from 'vitest';
import { createMock, FixtureError } from '../../src/index.ts';
import { ask, bodyOf, NOW, request, STATS, scenarioOf } from './asking.ts';

const open = () => createMock({ now: NOW });

describe('a session', () => {
  it('starts in the initial state of its mock', () => {
    const mock = createMock({ now: NOW, scenario: 'throttled' });
    const start = mock.snapshot();
    mock.use('server-error');
    mock.database.experiments.delete({ project_id: 1 });
    mock.clock.advance(1e9);
    ask(mock);
    const session = mock.session();
    expect(session.snapshot()).toEqual(start);
    expect(session.journal.entries).toEqual([]);
  });

  it.each([
    { what: 'the scenario', options: { scenario: 'throttled' }, entry: { status: 429 } },
    {
      what: 'scenarios of operations',
      options: { scenario: { [STATS]: 'throttled' } },
      entry: { status: 429 },
    },
    { what: 'the clock', options: { now: '2030-01-01T00:00:00Z' }, entry: { time: '2030-01-01T00:00:00Z' } },
    { what: 'the id', options: { id: 'mine' }, entry: { session: 'mine' } },
  ] as const)('can differ in $what', ({ options, entry }) => {
    const session = open().session(options);
    session.answer(request());
    expect(session.journal.entries).toMatchObject([entry]);
  });

  it('can have a delay of its own', () => {
    expect(ask(createMock({ delay: 7 }).session()).delayMs).toBe(7);
    expect(ask(createMock({ delay: 7 }).session({ delay: 40 })).delayMs).toBe(40);
  });

  it('can turn authentication off', () => {
    expect(ask(open().session({ auth: 'off' }), { headers: {} }).status).toBe(200);
  });

  it('replaces whole collections with its own rows and keeps the others of its mock', () => {
    const mock = createMock({
      now: NOW,
      fixtures: { experiments: [], actions: [{ id: 77, project_id: 1, steps: [] }] },
    });
    const session = mock.session({
      fixtures: { experiments: [{ id: 5, project_id: 1, start_date: 'now' }] },
    });
    expect(bodyOf(session)).toMatchObject({ launched_last_30d: 1, active_experiments: 1 });
    expect(session.database.actions.findMany().map(({ id }) => id)).toEqual([77]);
    expect(bodyOf(mock)).toMatchObject({ launched_last_30d: 0 });
  });

  it('resolves relative times by its own clock', () => {
    const session = open().session({ now: '2031-05-05T00:00:00Z' });
    expect(bodyOf(session)).toEqual(bodyOf(createMock({ now: '2031-05-05T00:00:00Z' })));
  });

  it('resets to its own initial state', () => {
    const session = open().session({ scenario: 'throttled' });
    const start = session.snapshot();
    session.use('ok');
    session.database.events.delete({});
    session.clock.set('2040-01-01T00:00:00Z');
    session.reset();
    expect(session.snapshot()).toEqual(start);
  });

  it('can restore a snapshot of its mock', () => {
    const mock = open();
    mock.database.experiments.create({ id: 900, project_id: 1, start_date: 'now-1d' });
    const session = mock.session();
    session.restore(mock.snapshot());
    expect(bodyOf(session)).toEqual(bodyOf(mock));
  });

  it('has its own front ends', async () => {
    const mock = open();
    const session = mock.session({ scenario: 'throttled' });
    const statusOf = async ({ fetch }: typeof mock) =>
      (await fetch('/api/projects/1/experiments/stats/', { headers: request().headers as HeadersInit }))
        .status;
    expect([await statusOf(mock), await statusOf(session)]).toEqual([200, 429]);
    expect(session.handlers).toHaveLength(mock.handlers.length);
  });

  it('is numbered, and a nested session has both numbers', () => {
    const mock = open();
    const ids = [mock.session(), mock.session(), mock.session().session()].map((session) => {
      session.answer(request());
      return session.journal.entries[0]?.session;
    });
    expect(ids).toEqual(['session-1', 'session-2', 'session-3-1']);
  });

  it.each([
    { options: { scenarios: 'ok' }, error: 'session has no option "scenarios". Did you mean "scenario"?' },
    { options: { contract: 'openapi.yaml' }, error: 'session has no option "contract".' },
    { options: { id: 'a b' }, error: '"id" is 1 to 64 letters' },
    { options: { id: 'phx_secret' }, error: 'must not look like a key; found "phx_…"' },
    { options: { auth: 'maybe' }, error: '"auth" is one of enforce, off; found "maybe".' },
    { options: { scenario: 'nope' }, error: 'There is no scenario "nope".' },
    { options: { fixtures: { experiments: [{ id: 1 }] } }, error: '"project_id" is missing' },
    { options: null, error: 'session takes an object of options; found null.' },
  ])('is refused with $options', ({ options, error }) => {
    expect(() => open().session(options as object)).toThrow(error);
  });

  it('is not opened when its rows are wrong', () => {
    const mock = open();
    expect(() => mock.session({ fixtures: { experiments: [{ id: 1, project_id: 404 }] } })).toThrow(
      FixtureError,
    );
    const session = mock.session();
    session.answer(request());
    expect(session.journal.entries).toMatchObject([{ session: 'session-1' }]);
  });
});

describe('sessions and their mock are independent:', () => {
  it.each<{ what: string; change: (mock: ReturnType<typeof createMock>) => void }>([
    { what: 'rows created', change: (mock) => mock.database.experiments.create({ id: 900, project_id: 1 }) },
    {
      what: 'rows changed',
      change: (mock) => mock.database.experiments.update({ id: 1 }, { archived: true }),
    },
    { what: 'rows deleted', change: (mock) => mock.database.experiments.delete({ id: 1 }) },
    { what: 'scenarios', change: (mock) => mock.use('server-error') },
    { what: 'clocks', change: (mock) => mock.clock.advance(1e9) },
    { what: 'journals', change: (mock) => ask(mock) },
    {
      what: 'change requests',
      change: (mock) => {
        mock.use('approval-required');
        bodyOf(mock);
      },
    },
    { what: 'resets', change: (mock) => mock.reset() },
  ])('$what', ({ change }) => {
    const mock = open();
    const family = [mock, mock.session(), mock.session()];
    const look = (one: typeof mock) => ({ snapshot: one.snapshot(), entries: one.journal.entries });
    for (const changed of family) {
      const others = family.filter((one) => one !== changed);
      for (const other of others) other.use('throttled', { times: 3 });
      const before = others.map(look);
      change(changed);
      expect(others.map(look)).toEqual(before);
      expect(others.map((other) => scenarioOf(other))).toEqual(['throttled', 'throttled']);
    }
  });

  it('a session that has read rows before it writes to them changes only what it writes', () => {
    const session = open().session();
    const before = session.database.experiments.findMany();
    session.database.experiments.update({ id: 2 }, { name: 'other' });
    const after = session.database.experiments.findMany();
    expect(
      after.map((row) => (row.id === 2 ? { ...row, name: before.find(({ id }) => id === 2)?.name } : row)),
    ).toEqual(before);
    expect(session.database.experiments.find({ id: 2 })?.name).toBe('other');
  });
});
