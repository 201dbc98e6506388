import { describe, expect, it, test } from 'vitest';
import { FixtureError } from '../../../src/database/rows/fixture-error.ts';
import type { FixtureInput } from '../../../src/database/rows/types.ts';
import { readStartRows } from '../../../src/database/store.ts';
import { deepFreeze } from '../../../src/json.ts';
import { open, packaged, schemas } from '../packaged.ts';

const experiment = { id: 1, project_id: 1 };
const key = { value: 'phx_secret_value', user_id: 1, scopes: ['experiment:read'] };
const policy = { id: 'p', project_id: 1, action_key: 'feature_flag.update' };
const request = {
  id: 'r',
  project_id: 1,
  action_key: 'feature_flag.update',
  resource_type: 'feature_flag',
  created_at: 'now',
  expires_at: 'now+14d',
};
const approval = { id: 'a', created_by: 1, decision: 'approved', created_at: 'now' };

/** The error thrown when a store is opened with these rows. */
function refusal(fixtures: unknown): FixtureError {
  try {
    open(fixtures as object);
  } catch (error) {
    if (error instanceof FixtureError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('of very many mistakes, the first are listed', () => {
  it.each<[string, object, number]>([
    ['rows that are no objects', { experiments: Array(1_000_000).fill(1) }, 100],
    ['rows without fields', { experiments: Array(1_000_000).fill({}) }, 100],
    ['rows with the same id', { experiments: Array(5_000).fill(experiment) }, 100],
    [
      'rows that refer to none',
      {
        actions: Array.from({ length: 5_000 }, (_, index) => ({ id: index + 1, project_id: 99, steps: [] })),
      },
      100,
    ],
    [
      'collections that do not exist',
      Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`c${index}`, []])),
      100,
    ],
  ])('%s', (_, fixtures, count) => {
    expect(refusal(fixtures).findings).toHaveLength(count);
  });

  it('and rows after them are not checked', () => {
    const { findings } = refusal({ experiments: Array(300).fill(null) });
    expect(findings[0]).toEqual({
      collection: 'experiments',
      pointer: '',
      detail: 'rows from 100 on are not checked: there are too many mistakes before them',
    });
  });
});

it.each([1_000, 1_000_000])('a row with %i levels is refused', (depth) => {
  const steps = JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`);
  expect(refusal({ actions: [{ id: 1, project_id: 1, steps }] }).findings).toEqual([
    {
      collection: 'actions',
      row: 0,
      pointer: '/0',
      detail: 'JSON cannot carry this row: it is nested more than 500 levels deep',
    },
  ]);
});

describe('a row is refused, with its location and what was expected:', () => {
  test.each<[string, string, unknown[], string, RegExp]>([
    ['a row that is not an object', 'experiments', [null], '/0', /expected object, found null/],
    ['a missing field', 'experiments', [{ id: 1 }], '/0', /"project_id" is missing/],
    ['missing fields', 'experiments', [{}], '/0', /"id", "project_id" are missing/],
    [
      'a field of the wrong type',
      'experiments',
      [{ ...experiment, archived: 'no' }],
      '/0/archived',
      /expected boolean, found "no"/,
    ],
    [
      'null in a field that is not nullable',
      'users',
      [{ id: 1, email: null }],
      '/0/email',
      /expected string, found null/,
    ],
    ['an id of 0', 'experiments', [{ ...experiment, id: 0 }], '/0/id', /expected at least 1, found 0/],
    [
      'an id that is not a whole number',
      'experiments',
      [{ ...experiment, id: 1.5 }],
      '/0/id',
      /expected integer, found 1.5/,
    ],
    ['an empty id', 'organizations', [{ id: '', name: 'x' }], '/0/id', /at least 1 character, found ""/],
    [
      'a value outside its enum',
      'projects',
      [{ id: 1, organization_id: 'o', name: 'x', experiment_access: 'viewer' }],
      '/0/experiment_access',
      /one of "editor", "none", found "viewer"/,
    ],
    [
      'a misspelt field',
      'experiments',
      [{ ...experiment, start_dat: 'now' }],
      '/0/start_dat',
      /no such field\. Did you mean "start_date"\?/,
    ],
    [
      'a field that resembles no other',
      'memberships',
      [{ user_id: 1, organization_id: 'o', colour: 'red' }],
      '/0/colour',
      /The fields are "user_id", "organization_id", "level"/,
    ],
    [
      'a misspelt field in nested JSON',
      'approvalPolicies',
      [{ ...policy, approver_config: { quorum: 1, user: [1] } }],
      '/0/approver_config/user',
      /Did you mean "users"\?/,
    ],
    [
      'the field constructor',
      'experiments',
      [{ ...experiment, constructor: 1 }],
      '/0/constructor',
      /no such field/,
    ],
    [
      'the field __proto__',
      'experiments',
      [JSON.parse('{"id":1,"project_id":1,"__proto__":{}}')],
      '/0/__proto__',
      /no such field/,
    ],
    [
      'a field name with a lone surrogate',
      'experiments',
      [{ ...experiment, '\ud800': 1 }],
      '/0/\ud800',
      /no such field/,
    ],
    [
      'a word for a time',
      'experiments',
      [{ ...experiment, start_date: 'yesterday' }],
      '/0/start_date',
      /"yesterday" is not a time; use an ISO 8601 time .* "now-10d"/,
    ],
    [
      'a day that does not exist',
      'events',
      [{ project_id: 1, event: 'e', timestamp: '2026-02-31' }],
      '/0/timestamp',
      /is not a time/,
    ],
    [
      'a time out of range',
      'experiments',
      [{ ...experiment, start_date: 'now-999999999d' }],
      '/0/start_date',
      /is not a time/,
    ],
    [
      'a time in a vote',
      'changeRequests',
      [{ ...request, approvals: [{ ...approval, created_at: 'then' }] }],
      '/0/approvals/0/created_at',
      /is not a time/,
    ],
    [
      'a misspelt time zone',
      'projects',
      [{ id: 1, organization_id: 'o', name: 'x', timezone: 'Europe/Berln' }],
      '/0/timezone',
      /Did you mean "Europe\/Berlin"\?/,
    ],
    [
      'an unknown time zone',
      'projects',
      [{ id: 1, organization_id: 'o', name: 'x', timezone: 'Middle Earth' }],
      '/0/timezone',
      /not an IANA time zone\. One is "Europe\/Prague"/,
    ],
    [
      'the id of an earlier row',
      'experiments',
      [experiment, { ...experiment, id: 2 }, experiment],
      '/2/id',
      /row 0 has the same "id"/,
    ],
    ['the value of an earlier key', 'personalApiKeys', [key, key], '/1/value', /row 0 has the same "value"/],
    [
      'a membership twice',
      'memberships',
      [1, 8].map((level) => ({ user_id: 1, organization_id: 'o', level })),
      '/1',
      /row 0 has the same "user_id", "organization_id"/,
    ],
    [
      'the uuid of an earlier event',
      'events',
      [1, 2].map((project_id) => ({ project_id, event: 'e', timestamp: 'now', uuid: 'u' })),
      '/1/uuid',
      /row 0 has the same "uuid"/,
    ],
    [
      'a missing project',
      'experiments',
      [{ id: 1, project_id: 99 }],
      '/0/project_id',
      /no row of projects with the id 99/,
    ],
    [
      'a missing organization',
      'projects',
      [{ id: 1, organization_id: 'o', name: 'x' }],
      '/0/organization_id',
      /no row of organizations with the id "o"/,
    ],
    [
      'a missing current project',
      'users',
      [{ id: 1, email: 'e', current_project_id: 99 }],
      '/0/current_project_id',
      /no row of projects/,
    ],
    ['a missing owner', 'personalApiKeys', [{ ...key, user_id: 99 }], '/0/user_id', /no row of users/],
    [
      'an approver that is not a user',
      'approvalPolicies',
      [{ ...policy, approver_config: { quorum: 1, users: [1, 99] } }],
      '/0/approver_config/users/1',
      /no row of users with the id 99/,
    ],
    [
      'a requester that is not a user',
      'changeRequests',
      [{ ...request, created_by: 99 }],
      '/0/created_by',
      /no row of users/,
    ],
    [
      'a voter that is not a user',
      'changeRequests',
      [{ ...request, approvals: [{ ...approval, created_by: 99 }] }],
      '/0/approvals/0/created_by',
      /no row of users/,
    ],
    [
      'a number that JSON cannot represent',
      'experiments',
      [{ ...experiment, parameters: { big: 1n } }],
      '/0',
      /JSON cannot carry this row/,
    ],
  ])('%s', (_, collection, rows, pointer, detail) => {
    const { findings } = refusal({ [collection]: rows });
    expect(findings).toContainEqual(
      expect.objectContaining({ collection, pointer, detail: expect.stringMatching(detail) }),
    );
  });

  test.each([
    ['draft', { start_date: 'now-2d' }, 'running'],
    ['running', {}, 'draft'],
    ['running', { start_date: 'now-2d', end_date: 'now' }, 'stopped'],
    ['stopped', { start_date: 'now-2d', end_date: null }, 'running'],
  ])('the status %s when the dates %o say %s', (status, dates, derived) => {
    const { findings } = refusal({ experiments: [{ ...experiment, ...dates, status }] });
    expect(findings).toMatchObject([
      { pointer: '/0/status', detail: expect.stringContaining(`which say "${derived}"`) },
    ]);
  });
});

describe('rows are accepted', () => {
  test.each([
    [
      'with an empty time zone, which is UTC',
      'projects',
      { id: 1, organization_id: 'o', name: 'x', timezone: '' },
    ],
    ['with an id that is not a UUID', 'organizations', { id: 'o', name: 'x' }],
    [
      'with approvers who are not members',
      'approvalPolicies',
      { ...policy, approver_config: { quorum: 1, users: [5] } },
    ],
    ['with deleted null', 'experiments', { ...experiment, deleted: null }],
    [
      'with a status that agrees with the dates',
      'experiments',
      { ...experiment, start_date: 'now+1d', status: 'running' },
    ],
    [
      'with steps of any shape',
      'actions',
      { id: 1, project_id: 1, steps: [{}, { event: null, tag_name: 'a' }] },
    ],
    [
      'with fields that are undefined',
      'experiments',
      { ...experiment, end_date: undefined, whatever: undefined },
    ],
  ])('%s', (_, collection, row) => {
    const organizations = [{ id: 'o', name: 'x' }];
    const fixtures = collection === 'projects' ? { organizations, projects: [row] } : { [collection]: [row] };
    expect(() => open(fixtures as FixtureInput)).not.toThrow();
  });
});

describe('a collection is refused', () => {
  it('when its name is unknown', () => {
    const { message } = refusal({ experiment: [] });
    expect(message).toMatch(
      /^fixtures\.experiment: there is no such collection\. Did you mean "experiments"\?/,
    );
    for (const name of Object.keys(packaged)) expect(message).toContain(`"${name}"`);
  });

  it('when it is not an array', () => {
    expect(refusal({ experiments: { id: 1 } }).message).toBe(
      'fixtures.experiments: expected an array of rows, found {"id":1}',
    );
  });
});

describe('the error', () => {
  it('holds every finding and shows ten', () => {
    const error = refusal({ experiments: Array.from({ length: 30 }, (_, id) => ({ id: id + 1 })) });
    expect(error.findings).toHaveLength(30);
    expect(error.message.split('\n')).toHaveLength(11);
    expect(error.message).toMatch(/\n… and 20 more\.$/);
  });

  it('does not report rows without an identity as duplicates', () => {
    const { findings } = refusal({ memberships: [{}, { user_id: 1 }, { user_id: 1 }, null, null] });
    expect(findings.map(({ pointer }) => pointer)).toEqual(['/0', '/1', '/2', '/3', '/4']);
  });

  it('names the collection, and the row and field as a JSON pointer', () => {
    const error = refusal({ experiments: [experiment, { id: 2, project_id: 'one' }] });
    expect(error.findings).toEqual([
      {
        collection: 'experiments',
        row: 1,
        pointer: '/1/project_id',
        detail: 'expected integer, found "one"',
      },
      expect.objectContaining({ detail: 'there is no row of projects with the id "one"' }),
    ]);
    expect(error.message).toMatch(/^fixtures\.experiments#\/1\/project_id: expected integer, found "one"\n/);
  });

  it('names the file of a packaged row', () => {
    const broken: object = { ...packaged, events: [{ project_id: 1, event: 'e' }] };
    const attempt = () => readStartRows(schemas, broken);
    expect(attempt).toThrow('fixtures/events.json#/0: "timestamp" is missing');
  });

  it('never shows an API key', () => {
    const rows = [
      { ...key, user_id: 'phx_secret_value' },
      { ...key, owner: 'phx_secret_value' },
      { value: 1, scopes: 'phs_secret_value' },
    ];
    const error = refusal({ personalApiKeys: rows, phx_secret_value: [] });
    expect(error.message).toContain('found "phx_…"');
    expect(JSON.stringify(error.findings)).not.toContain('secret');
    expect(error.message).not.toContain('secret');
  });
});

it('frozen schemas and rows can be read', () => {
  const frozen = deepFreeze(structuredClone({ schemas, packaged }));
  expect(() => readStartRows(frozen.schemas, frozen.packaged)).not.toThrow();
});
