import { describe, expect, it } from 'vitest';
import { FixtureError } from '../../../src/database/rows/fixture-error.ts';
import { open, packaged } from '../packaged.ts';

const home = packaged.organizations?.[0]?.id ?? '';
const lone = {
  organizations: [{ id: 'o', name: 'Solo' }],
  projects: [{ id: 1, organization_id: 'o', name: 'Only' }],
};

describe('a collection given by name', () => {
  it('replaces the packaged rows of that collection only', () => {
    const { database } = open({ experiments: [{ id: 7, project_id: 1 }] });
    expect(database.experiments.findMany().map(({ id }) => id)).toEqual([7]);
    expect(database.events.count()).toBe(packaged.events?.length);
    expect(database.personalApiKeys.count()).toBe(packaged.personalApiKeys?.length);
  });

  it('may be empty', () => {
    expect(open({ experiments: [] }).database.experiments.count()).toBe(0);
  });

  it('may be undefined, which leaves the packaged rows', () => {
    const fixtures = { experiments: undefined } as object;
    expect(open(fixtures).database.experiments.count()).toBe(packaged.experiments?.length);
  });
});

describe('packaged rows that refer to replaced rows', () => {
  it('are kept when the rows still exist', () => {
    const { database } = open({ users: packaged.users ?? [], projects: packaged.projects ?? [] });
    expect(database.memberships.count()).toBe(packaged.memberships?.length);
    expect(database.experiments.count()).toBe(packaged.experiments?.length);
  });

  it('are dropped when the rows are gone', () => {
    const { database } = open({ users: [{ id: 1, email: 'only@example.com' }] });
    expect(new Set(database.personalApiKeys.findMany().map(({ user_id }) => user_id))).toEqual(new Set([1]));
    expect(database.memberships.findMany().map(({ user_id }) => user_id)).toEqual([1]);
    // Its approvers no longer exist.
    expect(database.approvalPolicies.count()).toBe(0);
    expect(database.experiments.count()).toBe(packaged.experiments?.length);
  });

  it('are dropped together with rows that refer to them', () => {
    const { database } = open(lone);
    // Drops users whose current project is not 1, with their keys and memberships.
    expect(database.users.count(({ current_project_id }) => (current_project_id ?? 1) !== 1)).toBe(0);
    const users = new Set(database.users.findMany().map(({ id }) => id));
    expect(database.personalApiKeys.count(({ user_id }) => !users.has(user_id))).toBe(0);
    expect(database.memberships.count()).toBe(0);
    expect(database.experiments.count(({ project_id }) => project_id !== 1)).toBe(0);
    expect(database.experiments.count({ project_id: 1 })).toBeGreaterThan(0);
  });
});

describe("the caller's own rows", () => {
  it('may refer to packaged rows', () => {
    const membership = { user_id: 5, organization_id: home };
    expect(open({ memberships: [membership] }).database.memberships.findMany()).toEqual([
      { ...membership, level: 1 },
    ]);
  });

  it('are refused when they refer to a dropped row, and the error says so', () => {
    const attempt = () =>
      open({ organizations: [{ id: 'o', name: 'Solo' }], experiments: [{ id: 1, project_id: 1 }] });
    expect(attempt).toThrow(FixtureError);
    expect(attempt).toThrow(
      /no row of projects with the id 1; the packaged row was dropped because a row it refers to was replaced$/,
    );
  });

  it('are copied: later changes to them have no effect, and they are never modified', () => {
    const steps = [{ event: 'a' }];
    const actions = [{ id: 1, project_id: 1, steps }];
    const before = structuredClone(actions);
    const store = open({ actions });
    expect(actions).toEqual(before);
    steps.push({ event: 'b' });
    actions.pop();
    expect(store.database.actions.findMany()).toEqual([
      { id: 1, project_id: 1, name: null, steps: [{ event: 'a' }] },
    ]);
    store.reseed();
    expect(store.reads.action(1)?.steps).toEqual([{ event: 'a' }]);
  });
});

describe('an omitted field', () => {
  it('gets its default', () => {
    const { database } = open({ experiments: [{ id: 1, project_id: 1 }] });
    expect(database.experiments.find({ id: 1 })).toEqual({
      id: 1,
      project_id: 1,
      name: null,
      description: '',
      start_date: null,
      end_date: null,
      feature_flag_key: null,
      feature_flag: null,
      archived: false,
      deleted: false,
      status: 'draft',
      type: 'product',
      parameters: {},
      metrics: [],
      metrics_secondary: [],
      conclusion: null,
    });
  });

  it('is derived from the dates: the status of an experiment', () => {
    const { database } = open({
      experiments: [
        { id: 1, project_id: 1, end_date: 'now' },
        { id: 2, project_id: 1, start_date: 'now+1d' },
        { id: 3, project_id: 1, start_date: 'now-2d', end_date: 'now-1d' },
      ],
    });
    expect(database.experiments.findMany().map(({ status }) => status)).toEqual([
      'draft',
      'running',
      'stopped',
    ]);
  });

  it('is derived from the id: uuid and distinct id of a user', () => {
    const users = () =>
      open({
        users: [
          { id: 1, email: 'a' },
          { id: 2, email: 'b', uuid: '7a6b5c4d-0001-4e3f-9a8b-000000000001', distinct_id: 'd' },
        ],
      }).database.users.findMany();
    const [first, second] = users();
    expect(first?.uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(first?.distinct_id).toMatch(/\S/);
    expect(second).toMatchObject({ uuid: '7a6b5c4d-0001-4e3f-9a8b-000000000001', distinct_id: 'd' });
    expect(users()).toEqual([first, second]);
  });

  it('is generated, unique, and the same in every store: the uuid of an event', () => {
    const event = { project_id: 1, event: 'e', timestamp: 'now' };
    const made = open({ events: [event] }).database.events.find({})?.uuid ?? '';
    const uuids = open({ events: [event, event, { ...event, uuid: made }] })
      .database.events.findMany()
      .map(({ uuid }) => uuid);
    expect(uuids[2]).toBe(made);
    expect(new Set(uuids).size).toBe(3);
    expect(made).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });
});
