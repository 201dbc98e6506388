import { describe, expect, it, vi } from 'vitest';
import { createMock, type Mock, type MockChange } from '../../src/index.ts';
import { ask, FLAGS, NOW, prefer, STATS } from './asking.ts';

function open(options: Parameters<typeof createMock>[0] = {}) {
  const mock: Mock = createMock({ now: NOW, ...options });
  const told: MockChange[] = [];
  mock.subscribe((change) => told.push(change));
  /** The parts of each change since the last call, or `request`. */
  const heard = () =>
    told.splice(0).map((change) => (change.kind === 'request' ? 'request' : change.parts.join(' ')));
  return { mock, told, heard };
}

describe('a mock tells of', () => {
  it('every request, with its entry', () => {
    const { mock, told } = open();
    ask(mock);
    ask(mock, { path: '/api/nothing' });
    expect(told).toEqual(mock.journal.entries.map((entry) => ({ kind: 'request', entry })));
  });

  it.each<{ what: string; change: (mock: Mock) => unknown; heard: string }>([
    { what: 'a scenario', change: (mock) => mock.use('throttled'), heard: 'scenario' },
    { what: 'the clock set', change: ({ clock }) => clock.set('now+1d'), heard: 'clock' },
    { what: 'the clock advanced', change: ({ clock }) => clock.advance(1), heard: 'clock' },
    {
      what: 'a row created',
      change: ({ database }) => database.actions.create({ id: 99, project_id: 1, steps: [] }),
      heard: 'rows',
    },
    {
      what: 'a row updated',
      change: (mock) => mock.database.experiments.update({ id: 1 }, {}),
      heard: 'rows',
    },
    { what: 'a row deleted', change: (mock) => mock.database.events.delete({}), heard: 'rows' },
    { what: 'the journal cleared', change: ({ journal }) => journal.clear(), heard: 'journal' },
    {
      what: 'a reset, at once',
      change: (mock) => mock.reset(),
      heard: 'clock rows change-requests journal',
    },
    {
      what: 'a snapshot restored, at once',
      change: (mock) => mock.restore({ ...mock.snapshot(), choices: [{ scenario: 'throttled' }] }),
      heard: 'clock rows change-requests scenario',
    },
  ])('$what', ({ change, heard: expected }) => {
    const { mock, heard } = open();
    change(mock);
    expect(heard()).toEqual([expected]);
  });

  it('a choice that is used up', () => {
    const { mock, heard } = open();
    mock.use('throttled', { times: 2 });
    ask(mock);
    ask(mock);
    ask(mock);
    expect(heard()).toEqual(['scenario', 'scenario', 'request', 'scenario', 'request', 'request']);
  });

  it('a change request that is opened and decided', () => {
    const { mock, heard } = open();
    prefer(mock, 'scenario=approval-required');
    const [{ id = '' } = {}] = mock.changeRequests.list();
    mock.changeRequests.cancel(id);
    expect(heard()).toEqual(['change-requests', 'request', 'change-requests']);
  });

  it('nothing where nothing changed', () => {
    const { mock, heard } = open();
    mock.database.experiments.update({ id: 12_345 }, { name: 'None' });
    mock.database.experiments.delete({ id: 12_345 });
    // @ts-expect-error: this operation has no such scenario
    expect(() => mock.use('trend-up', { operation: FLAGS })).toThrow();
    expect(() => mock.clock.set('yesterday')).toThrow();
    expect(() => mock.restore({ ...mock.snapshot(), choices: [{ scenario: 'nope' }] })).toThrow();
    mock.snapshot();
    expect(heard()).toEqual([]);
  });

  it('its own changes, not those of a session', () => {
    const { mock, heard } = open();
    using session = mock.session();
    session.use('throttled', { operation: STATS });
    ask(session);
    expect(heard()).toEqual([]);
  });
});

describe('a subscriber', () => {
  it('sees all of a reset when it is told', () => {
    const mock = createMock({ now: NOW });
    ask(mock);
    mock.use('throttled');
    mock.clock.advance(5_000);
    const seen: unknown[] = [];
    mock.subscribe(() =>
      seen.push([mock.clock.now().toJSON(), mock.scenario.default, mock.journal.entries.length]),
    );
    mock.reset();
    expect(seen).toEqual([['2026-03-15T12:00:00.000Z', 'ok', 0]]);
  });

  it('is not called after it has unsubscribed, although the same function is subscribed twice', () => {
    const mock = createMock();
    let calls = 0;
    const listener = () => {
      calls += 1;
    };
    mock.subscribe(listener);
    const unsubscribe = mock.subscribe(listener);
    unsubscribe();
    unsubscribe();
    ask(mock);
    expect(calls).toBe(1);
  });

  it('is told of the end once, unless it has unsubscribed', () => {
    const mock = createMock();
    const ended: string[] = [];
    mock.subscribe(
      () => {},
      () => ended.push('first'),
    );
    mock.subscribe(
      () => {},
      () => ended.push('second'),
    )();
    mock[Symbol.dispose]();
    mock[Symbol.dispose]();
    expect(ended).toEqual(['first']);
  });

  it('has to be a function, and what is called at the end, too', () => {
    const mock = createMock();
    const none: object = {};
    const message = 'subscribe takes functions: a listener, and one for the end; found ';
    expect(() => mock.subscribe(none as () => void)).toThrow(message);
    expect(() => mock.subscribe(() => {}, none as () => void)).toThrow(message);
  });

  it('is told of the end although another one throws', () => {
    const tasks: (() => void)[] = [];
    vi.stubGlobal('queueMicrotask', (task: () => void) => tasks.push(task));
    const mock = createMock();
    const ended: string[] = [];
    mock.subscribe(
      () => {},
      () => {
        throw new Error('of the subscriber');
      },
    );
    mock.subscribe(
      () => {},
      () => ended.push('second'),
    );
    mock[Symbol.dispose]();
    vi.unstubAllGlobals();
    expect(ended).toEqual(['second']);
    expect(tasks[0]).toThrow('of the subscriber');
  });

  it('may ask the mock', () => {
    const { mock, heard } = open();
    const unsubscribe = mock.subscribe((change) => {
      if (change.kind !== 'request') return;
      unsubscribe();
      mock.use('throttled');
    });
    ask(mock);
    expect(heard()).toEqual(['request', 'scenario']);
  });
});
