import type { FixtureInput } from '../../../src/index.ts';
import { answered, type Case, envelope, expectCase, FLAGS, PATHS } from '../case.ts';

type Experiment = Omit<NonNullable<FixtureInput['experiments']>[number], 'id' | 'project_id'> & {
  project_id?: number;
};

type Numbers = readonly [last: number, previous: number, change: number, active: number, completed: number];

function stats(
  name: string,
  rows: readonly Experiment[],
  numbers: Numbers,
  timezone = '',
  now = '2026-01-31T12:00:00Z',
): Case {
  const [launched_last_30d, launched_previous_30d, percent_change, active_experiments, completed_last_30d] =
    numbers;
  const experiments = rows.map((row, index) => ({ id: index + 1, project_id: 1, ...row }));
  const projects = [
    { id: 1, organization_id: '0f1e2d3c-0001-4a6b-8c9d-000000000001', name: 'One', timezone },
    { id: 2, organization_id: '0f1e2d3c-0001-4a6b-8c9d-000000000001', name: 'Two' },
  ];
  return expectCase(
    name,
    { options: { now, fixtures: { experiments, projects } } },
    answered(200, {
      launched_last_30d,
      launched_previous_30d,
      percent_change,
      active_experiments,
      completed_last_30d,
    }),
  );
}

const launches = (last: number, previous: number): Experiment[] => [
  ...Array.from({ length: last }, () => ({ start_date: '2026-01-20T00:00:00Z' })),
  ...Array.from({ length: previous }, () => ({ start_date: '2025-12-20T00:00:00Z' })),
];

const change = (last: number, previous: number, percent: number): Case =>
  stats(`${last} launches after ${previous}`, launches(last, previous), [
    last,
    previous,
    percent,
    last + previous,
    0,
  ]);

const STATISTICS: readonly Case[] = [
  stats('no experiments', [], [0, 0, 0, 0, 0]),
  stats(
    'a start at the first microsecond of the last window',
    [{ start_date: '2026-01-01T00:00:00Z' }],
    [1, 0, 100, 1, 0],
  ),
  stats(
    'a start one microsecond earlier',
    [{ start_date: '2025-12-31T23:59:59.999999Z' }],
    [0, 1, -100, 1, 0],
  ),
  stats(
    'a start at the last microsecond of today',
    [{ start_date: '2026-01-31T23:59:59.999999Z' }],
    [1, 0, 100, 1, 0],
  ),
  stats('a start tomorrow', [{ start_date: '2026-02-01T00:00:00Z' }], [0, 0, 0, 1, 0]),
  stats(
    'a start at the first microsecond of the previous window',
    [{ start_date: '2025-12-02T00:00:00Z' }],
    [0, 1, -100, 1, 0],
  ),
  stats('a start before both windows', [{ start_date: '2025-12-01T23:59:59.999999Z' }], [0, 0, 0, 1, 0]),
  stats('a start with an offset', [{ start_date: '2026-01-01T01:00:00+02:00' }], [0, 1, -100, 1, 0]),
  stats('an end without a start', [{ end_date: '2026-01-15T00:00:00Z' }], [0, 0, 0, 0, 1]),
  stats(
    'an end at the first microsecond',
    [{ start_date: '2025-01-01T00:00:00Z', end_date: '2026-01-01T00:00:00Z' }],
    [0, 0, 0, 0, 1],
  ),
  stats(
    'an end one microsecond earlier',
    [{ start_date: '2025-01-01T00:00:00Z', end_date: '2025-12-31T23:59:59.999999Z' }],
    [0, 0, 0, 0, 0],
  ),
  stats('a draft', [{}], [0, 0, 0, 0, 0]),
  stats('a deleted experiment', [{ start_date: '2026-01-15T00:00:00Z', deleted: true }], [0, 0, 0, 0, 0]),
  stats(
    'an experiment whose deleted is null',
    [{ start_date: '2026-01-15T00:00:00Z', deleted: null }],
    [0, 0, 0, 0, 0],
  ),
  stats('an archived experiment', [{ start_date: '2026-01-15T00:00:00Z', archived: true }], [0, 0, 0, 0, 0]),
  stats(
    "another project's experiment",
    [{ start_date: '2026-01-15T00:00:00Z', project_id: 2 }],
    [0, 0, 0, 0, 0],
  ),
  stats(
    'a zone where it is already tomorrow',
    [{ start_date: '2026-02-01T00:00:00Z' }],
    [1, 0, 100, 1, 0],
    'Pacific/Kiritimati',
  ),
  stats(
    'a zone where it is still yesterday',
    [{ start_date: '2026-01-31T00:00:00Z' }],
    [0, 0, 0, 1, 0],
    'America/Los_Angeles',
    '2026-01-31T05:00:00Z',
  ),
  change(17, 16, 6.2),
  change(3, 16, -81.2),
  change(1, 3, -66.7),
  change(2, 3, -33.3),
  change(0, 4, -100),
  change(4, 0, 100),
  change(5, 5, 0),
];

const json = (value: unknown) => encodeURIComponent(JSON.stringify(value));

function flags(name: string, query: string, result: boolean, events: FixtureInput['events'] = EVENTS): Case {
  return expectCase(
    name,
    { options: { fixtures: { events, actions: ACTIONS } }, request: { path: `${PATHS[FLAGS]}?${query}` } },
    answered(200, { result }, { operation: FLAGS }),
  );
}

function wrong(name: string, query: string, status: number, body: object): Case {
  return expectCase(
    name,
    { options: { fixtures: { actions: ACTIONS } }, request: { path: `${PATHS[FLAGS]}?${query}` } },
    answered(status, body, { operation: FLAGS }),
  );
}

const event = (name: string, timestamp: string, flag = true, project_id = 1) => ({
  project_id,
  event: name,
  timestamp,
  properties: flag ? { '$feature/new': 'test' } : { plain: 1 },
});

const EVENTS = [
  event('with', '2026-01-30T12:00:00Z'),
  event('without', '2026-01-30T12:00:00Z', false),
  event('first day', '2026-01-24T00:00:00Z'),
  event('too old', '2026-01-23T23:59:59.999999Z'),
  event('now', '2026-01-31T12:00:00Z'),
  event('future', '2026-01-31T12:00:00.000001Z'),
  event('elsewhere', '2026-01-30T12:00:00Z', true, 2),
  event('second', '2026-01-30T13:00:00Z', false),
  event('second', '2026-01-30T12:00:00Z'),
];
const ACTIONS = [
  { id: 1, project_id: 1, steps: [{ event: null }, { event: 'with', url: '/x' }] },
  { id: 2, project_id: 2, steps: [{ event: 'with' }] },
];

const unknownAction = (detail: string) => envelope('validation_error', 'invalid_input', detail);
const serverError = envelope('server_error', 'error', 'A server error occurred.');
const named = (id: string) => `events=${json([{ id }])}`;

const REQUIRES_FLAG: readonly Case[] = [
  flags('no entities', '', true),
  flags('an event with a flag', named('with'), false),
  flags('an event without a flag', named('without'), true),
  flags('an event at the start of the window', named('first day'), false),
  flags('an event before the window', named('too old'), true),
  flags('an event right now', named('now'), false),
  flags('an event in the future', named('future'), true),
  flags("another project's event", named('elsewhere'), true),
  flags('a limit that leaves the flag out', `${named('second')}&limit=1`, true),
  flags('a limit that reaches the flag', `${named('second')}&limit=2`, false),
  flags('a limit of 0', `${named('second')}&limit=0`, false),
  flags('an empty limit', `${named('second')}&limit=`, false),
  flags('a second question mark, which belongs to the name', `?${named('with')}`, true),
  flags('an action', `actions=${json([{ id: 1 }])}`, false),
  flags('dates given by the caller', `${named('too old')}&date_from=2020-01-01`, true),
  flags('properties', `${named('with')}&properties=${json([])}`, false),
  wrong(
    'an unknown action',
    `actions=${json([{ id: 999 }])}`,
    400,
    unknownAction('Action ID 999 does not exist!'),
  ),
  wrong(
    "another project's action",
    `actions=${json([{ id: 2 }])}`,
    400,
    unknownAction('Action ID 2 does not exist!'),
  ),
  wrong(
    'an action without an id',
    `actions=${json([{ id: null }])}`,
    400,
    unknownAction('Action ID cannot be None!'),
  ),
  wrong('properties that are not JSON', 'properties=x', 400, unknownAction('Properties are unparsable!')),
  wrong('events that are not JSON', 'events=x', 500, serverError),
  wrong('events that are not an array', 'events=%7B%7D', 500, serverError),
  wrong('a limit that is not a number', `${named('with')}&limit=abc`, 500, serverError),
  wrong(
    'an unknown action before a limit that is not a number',
    `actions=${json([{ id: 999 }])}&limit=abc`,
    400,
    unknownAction('Action ID 999 does not exist!'),
  ),
];

export const ROWS: readonly Case[] = [...STATISTICS, ...REQUIRES_FLAG];
