import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Collection } from '../../src/database/collection.ts';
import { FixtureError } from '../../src/database/rows/fixture-error.ts';
import type { Experiment } from '../../src/database/rows/types.ts';
import { open } from './packaged.ts';

const flag = { key: 'k', filters: { groups: [{ rollout_percentage: 50 }] } };

/** Three experiments in project 1 and one in project 2. */
function small() {
  return open({
    experiments: [
      { id: 3, project_id: 1, name: 'third', feature_flag: flag },
      { id: 1, project_id: 1, name: 'first', start_date: 'now-3d' },
      { id: 4, project_id: 2, name: 'elsewhere' },
      { id: 2, project_id: 1, name: 'second', archived: true },
    ],
  });
}

const ids = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);

describe('find, findMany and count', () => {
  const { experiments } = small().database;

  test.each<[string, Parameters<typeof experiments.findMany>[0], number[]]>([
    ['all rows, in the order of their making', undefined, [3, 1, 4, 2]],
    ['the rows that equal a field', { project_id: 1 }, [3, 1, 2]],
    ['the rows that equal every field', { project_id: 1, archived: true }, [2]],
    ['the rows where a field is null', { start_date: null }, [3, 4, 2]],
    ['the rows where a field is false', { archived: false }, [3, 1, 4]],
    [
      'the rows that equal nested JSON, with keys in any order',
      { feature_flag: { filters: { groups: [{ rollout_percentage: 50 }] }, key: 'k' } },
      [3],
    ],
    ['no row that equals nested JSON in part', { feature_flag: { key: 'k' } }, []],
    ['the rows that equal an empty array', { metrics: [] }, [3, 1, 4, 2]],
    ['the rows that a function accepts', ({ id }) => id % 2 === 1, [3, 1]],
    ['no row', { id: 99 }, []],
  ])('give %s', (_, where, expected) => {
    expect(ids(experiments.findMany(where))).toEqual(expected);
    expect(experiments.count(where)).toBe(expected.length);
    if (where) expect(experiments.find(where)?.id).toBe(expected[0]);
  });

  it('reject a field that does not exist', () => {
    expect(() => experiments.find({ projectId: 1 } as object)).toThrow(
      'experiments have no field "projectId". Did you mean "project_id"?',
    );
  });
});

describe('create', () => {
  it('adds a complete row at the end and returns it', () => {
    const { database } = small();
    const row = database.experiments.create({ id: 9, project_id: 1, start_date: 'now-2h' });
    expect(row).toMatchObject({
      id: 9,
      start_date: '2026-03-15T10:00:00Z',
      status: 'running',
      deleted: false,
    });
    expect(database.experiments.findMany().at(-1)).toEqual(row);
  });

  it('keeps an absolute time as written', () => {
    const { database } = small();
    const start_date = '2026-03-01T08:00:00+02:00';
    expect(database.experiments.create({ id: 9, project_id: 1, start_date }).start_date).toBe(start_date);
  });

  it('generates the uuid of an event', () => {
    const { events } = open().database;
    const make = () => events.create({ project_id: 1, event: 'e', timestamp: 'now' }).uuid;
    const made = [make(), make()];
    expect(new Set(events.findMany().map(({ uuid }) => uuid)).size).toBe(events.count());
    const { events: others } = open().database;
    expect(made).toEqual(
      [0, 1].map(() => others.create({ project_id: 1, event: 'e', timestamp: 'now' }).uuid),
    );
  });

  test.each<[string, object, RegExp]>([
    [
      'breaks the schema',
      { id: 9, project_id: 1, archived: 1 },
      /^database\.experiments#\/archived: expected boolean, found 1$/,
    ],
    [
      'is there already',
      { id: 3, project_id: 1 },
      /^database\.experiments#\/id: another row has the same "id"/,
    ],
    [
      'refers to nothing',
      { id: 9, project_id: 99 },
      /^database\.experiments#\/project_id: there is no row of projects with the id 99/,
    ],
    [
      'has a status of its own',
      { id: 9, project_id: 1, status: 'stopped' },
      /^database\.experiments#\/status: /,
    ],
  ])('refuses a row that %s and changes nothing', (_, row, message) => {
    const store = small();
    const before = [store.snapshot(), store.database.revision];
    const attempt = () => store.database.experiments.create(row as { id: number; project_id: number });
    expect(attempt).toThrow(FixtureError);
    expect(attempt).toThrow(message);
    expect([store.snapshot(), store.database.revision]).toEqual(before);
  });
});

describe('update', () => {
  it('replaces fields of every matching row and returns these rows', () => {
    const { experiments } = small().database;
    const rows = experiments.update({ project_id: 1 }, { name: 'renamed', conclusion: 'won' });
    expect(ids(rows)).toEqual([3, 1, 2]);
    expect(experiments.findMany({ name: 'renamed', conclusion: 'won' })).toEqual(rows);
    expect(experiments.find({ id: 4 })?.name).toBe('elsewhere');
  });

  it('makes the changes of each row by a function', () => {
    const { experiments } = small().database;
    const rows = experiments.update({ project_id: 1 }, ({ id }) => ({ name: `number ${id}` }));
    expect(rows.map(({ name }) => name)).toEqual(['number 3', 'number 1', 'number 2']);
    expect(() => experiments.update({ id: 1 }, () => null as never)).toThrow(TypeError);
  });

  it('keeps the order of rows', () => {
    const { experiments } = small().database;
    experiments.update({ id: 1 }, { name: 'renamed' });
    expect(ids(experiments.findMany())).toEqual([3, 1, 4, 2]);
  });

  test.each<[string, Partial<Experiment>]>([
    ['an object', { feature_flag: { key: 'other' } }],
    ['an object by null', { feature_flag: null }],
    ['null by an object', { parameters: { a: { b: [1, { c: null }] } } }],
    ['an array', { metrics: [{ kind: 'x' }, [1], null] }],
    ['an array by an empty one', { metrics: [] }],
    ['an object by an empty one', { parameters: {} }],
    ['true by false', { archived: false }],
    ['false by null', { deleted: null }],
    ['a text by an empty one', { description: '' }],
    ['a text by null', { name: null }],
  ])('replaces %s as a whole', (_, changes) => {
    const { experiments } = small().database;
    const before = experiments.findMany({ project_id: 1 });
    experiments.update({ project_id: 1 }, changes);
    expect(experiments.findMany({ project_id: 1 })).toEqual(before.map((row) => ({ ...row, ...changes })));
  });

  it('resolves times and derives the status from them', () => {
    const { experiments } = small().database;
    const [stopped] = experiments.update({ id: 1 }, { end_date: 'now' });
    expect(stopped).toMatchObject({ end_date: '2026-03-15T12:00:00Z', status: 'stopped' });
    const [draft] = experiments.update({ id: 1 }, { start_date: null, end_date: null });
    expect(draft?.status).toBe('draft');
  });

  it('can change an id, under which the row is then found', () => {
    const { database, reads } = open();
    const [row] = database.personalApiKeys.update({ value: 'phx_all_access' }, { value: 'phx_renamed' });
    expect(reads.keyByValue('phx_renamed')).toEqual(row);
    expect(reads.keyByValue('phx_all_access')).toBeUndefined();
  });

  it('changes nothing when no row matches', () => {
    const { database } = small();
    const { revision } = database;
    expect(database.experiments.update({ id: 99 }, { name: 'x' })).toEqual([]);
    expect(database.revision).toBe(revision);
  });

  test.each<[string, Parameters<Collection<'experiments'>['update']>, RegExp]>([
    ['breaks the schema', [{}, { archived: 1 } as object], /#\/archived: expected boolean/],
    ['names an unknown field', [{}, { titel: 'x' } as object], /#\/titel: there is no such field/],
    ['takes the id of another row', [{ id: 1 }, { id: 2 }], /#\/id: another row has the same "id"/],
    ['gives two rows one id', [{ project_id: 1 }, { id: 9 }], /#\/id: another row has the same "id"/],
    ['refers to nothing', [{ id: 1 }, { project_id: 99 }], /#\/project_id: there is no row of projects/],
    ['contradicts the dates', [{ id: 1 }, { status: 'stopped' }], /#\/status: "stopped" does not agree/],
  ])('refuses a change that %s and changes nothing', (_, [where, changes], message) => {
    const store = small();
    const before = [store.snapshot(), store.database.revision];
    expect(() => store.database.experiments.update(where, changes)).toThrow(message);
    expect([store.snapshot(), store.database.revision]).toEqual(before);
  });

  it('refuses to change an id that other rows refer to', () => {
    expect(() => open().database.projects.update({ id: 4 }, { id: 40 })).toThrow(
      /^database\.projects: a row of experiments would still refer to 4 in "project_id"; change or delete them first$/,
    );
  });
});

describe('delete', () => {
  it('deletes every matching row and returns their number', () => {
    const { experiments } = small().database;
    expect(experiments.delete({ project_id: 1 })).toBe(3);
    expect(ids(experiments.findMany())).toEqual([4]);
    expect(experiments.delete({ project_id: 1 })).toBe(0);
  });

  it('frees the id', () => {
    const { experiments } = small().database;
    experiments.delete({ id: 3 });
    expect(experiments.create({ id: 3, project_id: 1 }).name).toBeNull();
    expect(ids(experiments.findMany())).toEqual([1, 4, 2, 3]);
  });

  it('refuses to leave a dangling reference, and names it', () => {
    const store = open();
    const before = store.snapshot();
    const attempt = () => store.database.users.delete({ id: 2 });
    expect(attempt).toThrow(FixtureError);
    expect(attempt).toThrow(
      /a row of approvalPolicies would still refer to 2 in "approver_config\.users\.\*"/,
    );
    expect(attempt).toThrow(/a row of memberships would still refer to 2 in "user_id"/);
    expect(attempt).toThrow(/a row of personalApiKeys would still refer to 2 in "user_id"/);
    expect(store.snapshot()).toEqual(before);
  });
});

describe('rows identified by two fields', () => {
  it('are distinguished by both', () => {
    const { memberships } = open().database;
    const [first] = memberships.findMany();
    const other = memberships.create({
      user_id: first?.user_id ?? 0,
      organization_id: memberships.findMany().at(-1)?.organization_id ?? '',
    });
    expect(memberships.count({ user_id: other.user_id })).toBe(2);
    expect(memberships.delete(other)).toBe(1);
    expect(memberships.find({ user_id: other.user_id })).toEqual(first);
  });
});

describe('the revision', () => {
  it('grows with every write, and only then', () => {
    const { database, reads, snapshot, readSnapshot, reseed } = small();
    const revisions = [
      () => database.experiments.findMany(),
      () => reads.experimentsOf(1),
      () => snapshot(),
      () => database.experiments.delete({ id: 99 }),
      () => database.experiments.create({ id: 9, project_id: 1 }),
      () => database.experiments.update({ id: 9 }, { name: 'x' }),
      () => database.experiments.delete({ id: 9 }),
      () => readSnapshot(snapshot())(),
      () => reseed(),
    ].map((act) => {
      const before = database.revision;
      act();
      expect(reads.revision).toBe(database.revision);
      return database.revision > before;
    });
    expect(revisions).toEqual([false, false, false, false, true, true, true, true, true]);
  });
});

describe('laws', () => {
  const json = fc.dictionary(
    fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString')),
    fc.jsonValue(),
  );

  it('nested JSON comes back as it was stored, with any keys', () => {
    const { events } = open().database;
    fc.assert(
      fc.property(json, (properties) => {
        const sent = JSON.stringify(properties);
        const { uuid } = events.create({ project_id: 1, event: 'e', timestamp: 'now', properties });
        expect(JSON.stringify(events.find({ uuid })?.properties)).toBe(sent);
      }),
      { numRuns: 50 },
    );
  });

  it('a row that is read is a copy: changing it changes nothing else', () => {
    const store = small();
    const before = store.snapshot();
    const { experiments } = store.database;
    const rows = [
      experiments.find({ id: 3 }),
      ...experiments.findMany(),
      ...experiments.findMany(),
      ...store.snapshot().experiments,
    ];
    for (const row of rows) {
      Object.assign(row ?? {}, { name: 'changed' });
      Object.assign(row?.feature_flag ?? {}, { key: 'changed' });
    }
    expect(store.snapshot()).toEqual(before);
  });

  it('a row that is written is copied', () => {
    const { actions } = open().database;
    const steps = [{ event: 'a' }];
    actions.create({ id: 99, project_id: 1, steps });
    steps.push({ event: 'b' });
    actions.update({ id: 1 }, { steps });
    steps.push({ event: 'c' });
    expect(actions.find({ id: 99 })?.steps).toEqual([{ event: 'a' }]);
    expect(actions.find({ id: 1 })?.steps).toEqual([{ event: 'a' }, { event: 'b' }]);
  });

  it('a collection behaves like an array of rows', () => {
    const id = fc.integer({ min: 1, max: 6 });
    const step = fc.oneof(
      fc.record({ act: fc.constant('create' as const), id }),
      fc.record({
        act: fc.constant('update' as const),
        id,
        archived: fc.boolean(),
        metrics: fc.array(fc.jsonValue()),
      }),
      fc.record({ act: fc.constant('delete' as const), id }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const { experiments } = open({ experiments: [] }).database;
        let model: { id: number; archived: boolean; metrics: unknown }[] = [];
        for (const step of steps) {
          const there = model.some((row) => row.id === step.id);
          if (step.act === 'create' && there) {
            expect(() => experiments.create({ id: step.id, project_id: 1 })).toThrow(FixtureError);
          } else if (step.act === 'create') {
            experiments.create({ id: step.id, project_id: 1 });
            model.push({ id: step.id, archived: false, metrics: [] });
          } else if (step.act === 'update') {
            const changes = { archived: step.archived, metrics: JSON.parse(JSON.stringify(step.metrics)) };
            expect(experiments.update({ id: step.id }, changes)).toHaveLength(there ? 1 : 0);
            model = model.map((row) => (row.id === step.id ? { ...row, ...changes } : row));
          } else {
            expect(experiments.delete({ id: step.id })).toBe(there ? 1 : 0);
            model = model.filter((row) => row.id !== step.id);
          }
          expect(
            experiments.findMany().map(({ id, archived, metrics }) => ({ id, archived, metrics })),
          ).toEqual(model);
        }
      }),
      { numRuns: 60 },
    );
  });
});
