import { array, assert, constantFrom, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMock, type FixtureInput, type HttpRequest, type Mock } from '../../../src/index.ts';
import { ask, FLAGS, PATHS, STATS } from '../../mock/asking.ts';

const NOW = '2026-03-15T12:00:00Z';
const KEY = 'phx_asking';
const ORGANIZATION = '00000000-0000-4000-8000-00000000000a';
const OTHER_ORGANIZATION = '00000000-0000-4000-8000-00000000000b';

/** Defects of a request, in the order in which PostHog checks them (provider/posthog/README.md §3 to §7). */
const DEFECTS = {
  format: [404, 'Not found.'],
  accept: [406, 'Could not satisfy the request Accept header.'],
  noKey: [401, 'Authentication credentials were not provided.'],
  unknownKey: [401, 'Personal API key found in request Authorization header is invalid.'],
  inactiveUser: [401, 'Personal API key found in request Authorization header is invalid.'],
  unknownProject: [404, 'Project not found.'],
  keysForbidden: [
    403,
    "Organization 'Fernweh' does not allow using personal API keys. Contact an admin to enable personal API keys for this organization.",
  ],
  otherProject: [403, 'API key does not have access to the requested project: ID 7.'],
  otherOrganization: [403, `API key does not have access to the requested organization: ID ${ORGANIZATION}.`],
  scope: [403, "API key missing required scope 'experiment:read'"],
  membership: [403, "You don't have access to the project."],
  access: [403, 'You do not have viewer access to this resource.'],
  throttle: [429, 'Request was throttled. Expected available in 60 seconds.'],
  method: [405, 'Method "POST" not allowed.'],
} as const satisfies Record<string, readonly [status: number, detail: string]>;

type Defect = keyof typeof DEFECTS;

/** The defect that PostHog finds first. */
function expected(defects: ReadonlySet<Defect>): readonly [status: number, detail: string] | null {
  const [, first = null] = Object.entries(DEFECTS).find(([defect]) => defects.has(defect as Defect)) ?? [];
  return first;
}

/** Project 7 with a valid user and key, the only ones of its organization. */
const ROWS = {
  organizations: [
    { id: ORGANIZATION, name: 'Fernweh' },
    { id: OTHER_ORGANIZATION, name: 'Tidewater' },
  ],
  users: [{ id: 1, email: 'nora@fernweh.example' }],
  memberships: [{ user_id: 1, organization_id: ORGANIZATION }],
  projects: [
    { id: 7, organization_id: ORGANIZATION, name: 'Booking site' },
    { id: 8, organization_id: ORGANIZATION, name: 'Mobile app' },
  ],
  personalApiKeys: [{ value: KEY, user_id: 1, scopes: ['experiment:read'] }],
  experiments: [],
  events: [],
  actions: [],
  approvalPolicies: [],
  changeRequests: [],
} satisfies FixtureInput;

/** Puts a defect into a mock's rows; the other defects are in the request. */
const SPOIL: Partial<Record<Defect, (mock: Mock) => void>> = {
  inactiveUser: ({ database }) => database.users.update({ id: 1 }, { is_active: false }),
  keysForbidden: ({ database }) =>
    database.organizations.update({ id: ORGANIZATION }, { members_can_use_personal_api_keys: false }),
  otherProject: ({ database }) => database.personalApiKeys.update({ value: KEY }, { scoped_teams: [8] }),
  otherOrganization: ({ database }) =>
    database.personalApiKeys.update({ value: KEY }, { scoped_organizations: [OTHER_ORGANIZATION] }),
  scope: ({ database }) => database.personalApiKeys.update({ value: KEY }, { scopes: ['insight:read'] }),
  membership: ({ database }) => database.memberships.delete({}),
  access: ({ database }) => database.projects.update({ id: 7 }, { experiment_access: 'none' }),
  throttle: (mock) => {
    for (let count = 0; count < 480; count += 1) ask(mock, requestWith(new Set(), STATS));
  },
};

function mockWith(defects: ReadonlySet<Defect>): Mock {
  const mock = createMock({ now: NOW, throttle: 'enforce', fixtures: ROWS });
  // Used up first, while the key is still valid.
  if (defects.has('throttle')) SPOIL.throttle?.(mock);
  for (const defect of defects) if (defect !== 'throttle') SPOIL[defect]?.(mock);
  return mock;
}

function requestWith(defects: ReadonlySet<Defect>, operation: keyof typeof PATHS): HttpRequest {
  const has = (defect: Defect) => defects.has(defect);
  const key = has('unknownKey') ? 'phx_unknown' : KEY;
  return {
    method: has('method') ? 'POST' : 'GET',
    path: PATHS[operation].replace('/1/', has('unknownProject') ? '/99/' : '/7/'),
    query: has('format') ? 'format=xml' : '',
    headers: {
      ...(!has('noKey') && { authorization: `Bearer ${key}` }),
      accept: has('accept') ? 'text/html' : '*/*',
    },
    body: null,
  };
}

describe('the order of checks', () => {
  it.each(Object.entries(DEFECTS))('%s alone is answered', (name, [status, detail]) => {
    const defects = new Set([name as Defect]);
    const reply = ask(mockWith(defects), requestWith(defects, STATS));
    expect([reply.status, JSON.parse(reply.body ?? '').detail]).toEqual([status, detail]);
  });

  it('of any set of defects, the first in PostHog’s order is answered', () => {
    const some = record({
      names: array(constantFrom(...(Object.keys(DEFECTS) as Defect[])), { maxLength: 5 }),
      operation: constantFrom(STATS, FLAGS),
    });
    assert(
      property(some, ({ names, operation }) => {
        const defects = new Set(names);
        const reply = ask(mockWith(defects), requestWith(defects, operation));
        const first = expected(defects);
        if (first === null) expect(reply.status).toBe(200);
        else expect([reply.status, JSON.parse(reply.body ?? '').detail]).toEqual(first);
      }),
      { numRuns: 300 },
    );
  });
});
