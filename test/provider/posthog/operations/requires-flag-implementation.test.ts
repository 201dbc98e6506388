import { describe, expect, it } from 'vitest';
import { createMock, type RowInput } from '../../../../src/index.ts';
import { ask, bodyOf, FLAGS, PATHS } from '../../../mock/asking.ts';

const NOW = '2026-03-15T12:00:00Z';
const FLAGGED = { '$feature/checkout': 'test' };

type Event = Partial<RowInput<'events'>>;

interface Given {
  readonly events?: readonly Event[];
  readonly actions?: readonly RowInput<'actions'>[];
  readonly timezone?: string;
  readonly now?: string;
}

/** Project 1 with these events; by default an hour old, named `paid` and without a flag. */
function mockOf({ events = [], actions = [], timezone = 'UTC', now = NOW }: Given) {
  const rows = events.map((event) => ({ project_id: 1, event: 'paid', timestamp: 'now-1h', ...event }));
  const mock = createMock({ now, fixtures: { events: rows, actions } });
  mock.database.projects.update({ id: 1 }, { timezone });
  return mock;
}

function queryOf(parameters: Readonly<Record<string, unknown>>): string {
  const texts = Object.entries(parameters).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(texts).toString();
}

function resultOf(
  given: Given,
  parameters: Readonly<Record<string, unknown>> = { events: [{ id: 'paid' }] },
) {
  return bodyOf(mockOf(given), { path: PATHS[FLAGS], query: queryOf(parameters) });
}

const MISSING = { result: true };
const IMPLEMENTED = { result: false };
const flagged: Event = { properties: FLAGGED };

describe('the flag is implemented when a recent event carries one', () => {
  it.each<[string, Given, object]>([
    ['an event that carries a flag', { events: [flagged] }, IMPLEMENTED],
    ['no event', {}, MISSING],
    ['an event without properties', { events: [{}] }, MISSING],
    ['another property', { events: [{ properties: { $feature_flag: 'checkout' } }] }, MISSING],
    [
      'a property that only contains the prefix',
      { events: [{ properties: { 'my$feature/x': 1 } }] },
      MISSING,
    ],
    ['a property inside another', { events: [{ properties: { $set: FLAGGED } }] }, MISSING],
    ['a flag without a value', { events: [{ properties: { '$feature/x': null } }] }, IMPLEMENTED],
    ['a flag without a name', { events: [{ properties: { '$feature/': false } }] }, IMPLEMENTED],
    ['an event of another name', { events: [{ ...flagged, event: 'seen' }] }, MISSING],
    ['an event of another project', { events: [{ ...flagged, project_id: 2 }] }, MISSING],
    ['the second of two', { events: [{}, flagged] }, IMPLEMENTED],
  ])('%s', (_, given, expected) => {
    expect(resultOf(given)).toEqual(expected);
  });
});

describe('an event is recent from the start of the day a week ago to now', () => {
  it.each([
    ['UTC', '2026-03-08T00:00:00.000000Z', IMPLEMENTED],
    ['UTC', '2026-03-07T23:59:59.999999Z', MISSING],
    ['UTC', '2026-03-15T12:00:00.000000Z', IMPLEMENTED],
    ['UTC', '2026-03-15T12:00:00.000001Z', MISSING],
    ['Asia/Kolkata', '2026-03-07T18:30:00Z', IMPLEMENTED],
    ['Asia/Kolkata', '2026-03-07T18:29:59.999999Z', MISSING],
    // Summer time began on 8 March at two o'clock, so its midnight was still in winter time.
    ['America/Los_Angeles', '2026-03-08T08:00:00Z', IMPLEMENTED],
    ['America/Los_Angeles', '2026-03-08T07:59:59.999999Z', MISSING],
    ['', '2026-03-08T00:00:00Z', IMPLEMENTED],
  ])('in "%s" an event at %s', (timezone, timestamp, expected) => {
    expect(resultOf({ timezone, events: [{ ...flagged, timestamp }] })).toEqual(expected);
  });

  it('with dates given by the caller ignored', () => {
    const events = [{ ...flagged, timestamp: 'now-20d' }];
    const dates = { date_from: '2020-01-01', date_to: '2030-01-01' };
    expect(resultOf({ events }, { events: [{ id: 'paid' }], ...dates })).toEqual(MISSING);
  });
});

describe('event names come from events and from the steps of actions', () => {
  const actions = [
    {
      id: 5,
      project_id: 1,
      steps: [{ event: null }, { event: 'paid', url: '/only/here' }, { event: 'seen' }],
    },
    { id: 6, project_id: 1, steps: [] },
    { id: 7, project_id: 2, steps: [{ event: 'paid' }] },
  ];

  it.each<[string, object, object]>([
    ['nothing at all', {}, MISSING],
    ['no entities', { events: [], actions: [] }, MISSING],
    ['an event', { events: [{ id: 'paid', type: 'events', order: 0 }] }, IMPLEMENTED],
    ['an event without an id', { events: [{ id: null }] }, MISSING],
    ['an event without the field', { events: [{ name: 'paid' }] }, MISSING],
    ['an action, with its other filters ignored', { actions: [{ id: 5 }] }, IMPLEMENTED],
    ['an action by its id as text', { actions: [{ id: '5' }] }, IMPLEMENTED],
    ['an action without steps', { actions: [{ id: 6 }] }, MISSING],
    ['events and actions together', { events: [{ id: 'nothing' }], actions: [{ id: 5 }] }, IMPLEMENTED],
    ['properties, which are ignored', { events: [{ id: 'paid' }], properties: [{ key: 'x' }] }, IMPLEMENTED],
    ['another parameter', { events: [{ id: 'paid' }], breakdown: 'x' }, IMPLEMENTED],
  ])('%s', (_, parameters, expected) => {
    expect(resultOf({ events: [flagged], actions }, { ...parameters })).toEqual(expected);
  });

  it.each([
    [{ actions: [{ id: 999 }] }, 400, 'Action ID 999 does not exist!'],
    [{ actions: [{ id: 'x' }] }, 400, 'Action ID x does not exist!'],
    [{ actions: [{ id: 7 }] }, 400, 'Action ID 7 does not exist!'],
    [{ actions: [{ id: null }] }, 400, 'Action ID cannot be None!'],
    [{ actions: [{ id: 5 }, { id: 8 }] }, 400, 'Action ID 8 does not exist!'],
    [{ properties: '{' }, 400, 'Properties are unparsable!'],
    [{ events: 'paid' }, 500, 'A server error occurred.'],
    [{ events: { id: 'paid' } }, 500, 'A server error occurred.'],
    [{ events: ['paid'] }, 500, 'A server error occurred.'],
    [{ actions: '[' }, 500, 'A server error occurred.'],
    [{ limit: 'abc' }, 500, 'A server error occurred.'],
    [{ limit: '1.5' }, 500, 'A server error occurred.'],
  ])('%j is refused with %i', (parameters, status, detail) => {
    const query = queryOf(parameters);
    const { status: answered, body } = ask(mockOf({ actions }), { path: PATHS[FLAGS], query });
    const isServerError = status === 500;
    expect(JSON.parse(body ?? '')).toEqual({
      type: isServerError ? 'server_error' : 'validation_error',
      code: isServerError ? 'error' : 'invalid_input',
      detail,
      attr: null,
    });
    expect(answered).toBe(status);
  });
});

describe('the limit counts the events of each name, newest first', () => {
  /** The newest events carry no flag; the one before them does. */
  const behind = (count: number, event = 'paid'): Event[] => [
    { event, ...flagged, timestamp: `now-${count + 1}m` },
    ...Array.from({ length: count }, (_, index) => ({ event, timestamp: `now-${index + 1}m` })),
  ];

  it.each([
    [19, undefined, IMPLEMENTED],
    [20, undefined, MISSING],
    [20, '0', MISSING],
    [19, '0', IMPLEMENTED],
    [20, '21', IMPLEMENTED],
    [1, '1', MISSING],
    [1, '2', IMPLEMENTED],
    [1, ' 2 ', IMPLEMENTED],
  ])('with the flag behind %i events and limit %s', (count, limit, expected) => {
    const parameters = { events: [{ id: 'paid' }], ...(limit !== undefined && { limit }) };
    expect(resultOf({ events: behind(count) }, parameters)).toEqual(expected);
  });

  it('and not of all names combined', () => {
    const events = [...behind(1), ...behind(1, 'seen')];
    const ids = [{ id: 'paid' }, { id: 'seen' }];
    expect(resultOf({ events }, { events: ids, limit: '1' })).toEqual(MISSING);
    expect(resultOf({ events }, { events: ids, limit: '2' })).toEqual(IMPLEMENTED);
  });

  it('and ignores future events', () => {
    const events = [...behind(0), ...Array.from({ length: 30 }, () => ({ timestamp: 'now+1h' }))];
    expect(resultOf({ events })).toEqual(IMPLEMENTED);
  });
});

it('is answered with and without a trailing slash', () => {
  const query = queryOf({ events: [{ id: 'paid' }] });
  for (const path of [PATHS[FLAGS], PATHS[FLAGS].slice(0, -1)]) {
    expect(bodyOf(mockOf({ events: [flagged] }), { path, query })).toEqual(IMPLEMENTED);
  }
});
