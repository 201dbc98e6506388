import { describe, expect, it } from 'vitest';
import { HOUR } from '../../src/database/time.ts';
import { instant, NOW, open } from './packaged.ts';

describe('rows looked up by identity', () => {
  const { database, reads } = open();

  it('are the rows of the collections', () => {
    expect(reads.user(2)).toEqual(database.users.find({ id: 2 }));
    expect(reads.project(2)).toEqual(database.projects.find({ id: 2 }));
    expect(reads.action(2)).toEqual(database.actions.find({ id: 2 }));
    expect(reads.keyByValue('phx_outsider')).toEqual(
      database.personalApiKeys.find({ value: 'phx_outsider' }),
    );
    const [membership] = database.memberships.findMany();
    expect(reads.membership(membership?.user_id ?? 0, membership?.organization_id ?? '')).toEqual(membership);
    const [organization] = database.organizations.findMany();
    expect(reads.organization(organization?.id ?? '')).toEqual(organization);
  });

  it('are undefined when they do not exist', () => {
    expect(reads.user(99)).toBeUndefined();
    expect(reads.user(Number.NaN)).toBeUndefined();
    expect(reads.project(0)).toBeUndefined();
    expect(reads.action(99)).toBeUndefined();
    expect(reads.keyByValue('__proto__')).toBeUndefined();
    expect(reads.organization('constructor')).toBeUndefined();
    expect(reads.membership(1, 'none')).toBeUndefined();
  });

  it('cannot be changed', () => {
    const [experiment] = reads.experimentsOf(1);
    expect(() => Object.assign(reads.user(1) ?? {}, { first_name: 'x' })).toThrow(TypeError);
    expect(() => Object.assign(experiment?.row.feature_flag ?? {}, { key: 'x' })).toThrow(TypeError);
  });
});

describe('the first row', () => {
  it('is the first by creation, not by id', () => {
    const user = { id: 1, email: 'second' };
    const { database, reads } = open({ users: [{ id: 2, email: 'first' }, user] });
    expect(reads.firstUser()?.email).toBe('first');
    database.personalApiKeys.delete({ user_id: 2 });
    database.memberships.delete({ user_id: 2 });
    database.users.delete({ id: 2 });
    expect(reads.firstUser()?.email).toBe('second');
  });

  it('is undefined when there are no rows', () => {
    const { reads } = open({ projects: [] });
    expect(reads.firstProject()).toBeUndefined();
    expect(reads.firstUser()?.id).toBe(6);
  });
});

describe('the experiments of a project', () => {
  it('come in the order of creation, with their dates as instants', () => {
    const { reads } = open({
      experiments: [
        { id: 2, project_id: 1, start_date: 'now-2h', end_date: '2026-03-15T12:30:00+01:00' },
        { id: 9, project_id: 2 },
        { id: 1, project_id: 1, start_date: '2026-03-01' },
      ],
    });
    expect(reads.experimentsOf(1).map(({ row, start, end }) => [row.id, start, end])).toEqual([
      [2, NOW - 2 * HOUR, instant('2026-03-15T11:30:00Z')],
      [1, instant('2026-03-01T00:00:00Z'), null],
    ]);
    expect(reads.experimentsOf(99)).toEqual([]);
  });

  it('are the same array until an experiment changes', () => {
    const { database, reads } = open();
    const before = reads.experimentsOf(1);
    database.events.create({ project_id: 1, event: 'e', timestamp: 'now' });
    expect(reads.experimentsOf(1)).toBe(before);
    database.experiments.create({ id: 999, project_id: 1 });
    expect(reads.experimentsOf(1)).toHaveLength(before.length + 1);
    database.experiments.update({ id: 999 }, { project_id: 2 });
    expect(reads.experimentsOf(1)).toEqual(before);
    expect(reads.experimentsOf(2).at(-1)?.row.id).toBe(999);
    database.experiments.delete({ id: 999 });
    expect(reads.experimentsOf(2).some(({ row }) => row.id === 999)).toBe(false);
  });
});

describe('the events of a project and a name', () => {
  it('come newest first, those of the same time in the order of creation', () => {
    const event = (timestamp: string, nr: number, name = 'e', project_id = 1) => ({
      project_id,
      event: name,
      timestamp,
      properties: { nr },
    });
    const { reads } = open({
      events: [
        event('now-3h', 1),
        event('now+1h', 2),
        event('2026-03-15T11:00:00+02:00', 3),
        event('now-3h', 4),
        event('now', 5, 'other'),
        event('now', 6, 'e', 2),
      ],
    });
    expect(reads.eventsOf(1, 'e').map(({ row }) => row.properties.nr)).toEqual([2, 1, 3, 4]);
    expect(reads.eventsOf(1, 'e').map(({ instant }) => instant)).toEqual([
      NOW + HOUR,
      ...Array(3).fill(NOW - 3 * HOUR),
    ]);
    expect(reads.eventsOf(1, 'toString')).toEqual([]);
  });
});

describe('approvals', () => {
  it('include the policies of a project and an action', () => {
    const { reads } = open();
    expect(reads.approvalPolicies(1, 'feature_flag.update')).toHaveLength(1);
    expect(reads.approvalPolicies(1, 'feature_flag.create')).toEqual([]);
    expect(reads.approvalPolicies(2, 'feature_flag.update')).toEqual([]);
  });

  it('include the change requests of a project', () => {
    const { database, reads } = open();
    expect(reads.changeRequestsOf(1)).toEqual([]);
    const request = database.changeRequests.create({
      id: '7a6b5c4d-0001-4e3f-9a8b-000000000001',
      project_id: 1,
      action_key: 'feature_flag.update',
      resource_type: 'feature_flag',
      created_by: 1,
      created_at: 'now',
      expires_at: 'now+14d',
      approvals: [
        {
          id: '7a6b5c4d-0001-4e3f-9a8b-000000000002',
          created_by: 2,
          decision: 'approved',
          created_at: 'now-1h',
        },
      ],
    });
    expect(request).toMatchObject({ state: 'pending', expires_at: '2026-03-29T12:00:00Z', apply_error: '' });
    expect(request.approvals[0]?.created_at).toBe('2026-03-15T11:00:00Z');
    expect(reads.changeRequestsOf(1)).toEqual([request]);
    expect(reads.changeRequestsOf(2)).toEqual([]);
  });
});
