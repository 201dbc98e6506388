import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { FixtureError } from '../../src/database/rows/fixture-error.ts';
import { COLLECTIONS } from '../../src/database/rows/types.ts';
import { formatInstant, HOUR } from '../../src/database/time.ts';
import { NOW, open } from './packaged.ts';

describe('a snapshot', () => {
  it('holds every collection as plain JSON with absolute times', () => {
    const snapshot = open().snapshot();
    expect(Object.keys(snapshot)).toEqual([...COLLECTIONS]);
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
    expect(JSON.stringify(snapshot)).not.toMatch(/"now[+-\d]/);
  });

  it('makes another store the same, replacing earlier writes', () => {
    const experiment = fc.record({
      id: fc.integer({ min: 1, max: 1_000_000 }),
      project_id: fc.integer({ min: 1, max: 5 }),
      name: fc.option(fc.string()),
      deleted: fc.option(fc.boolean()),
      start_date: fc.option(fc.integer({ min: 0, max: 90 }).map((days) => `now-${days}d`)),
      parameters: fc.dictionary(fc.string(), fc.jsonValue()),
    });
    const rows = fc.uniqueArray(experiment, { selector: ({ id }) => id });
    fc.assert(
      fc.property(rows, fc.nat(), (experiments, kept) => {
        const store = open({ experiments });
        store.database.experiments.delete(({ id }) => id % 3 === kept % 3);
        store.database.experiments.update({ deleted: null }, { name: 'touched' });
        const snapshot = store.snapshot();
        const other = open();
        other.readSnapshot(JSON.parse(JSON.stringify(snapshot)))();
        expect(other.snapshot()).toEqual(snapshot);
        expect(other.reads.experimentsOf(1)).toEqual(store.reads.experimentsOf(1));
      }),
      { numRuns: 40 },
    );
  });

  it('does not change when the rows change later', () => {
    const store = open();
    const snapshot = store.snapshot();
    const before = JSON.stringify(snapshot);
    store.database.experiments.update({}, { name: 'changed', parameters: { changed: true } });
    expect(JSON.stringify(snapshot)).toBe(before);
  });
});

describe('restore', () => {
  it('resolves relative times of hand-written rows', () => {
    const store = open();
    store.readSnapshot({
      ...store.snapshot(),
      experiments: [{ id: 1, project_id: 1, start_date: 'now-1h' }],
    })();
    expect(store.reads.experimentsOf(1)[0]?.start).toBe(NOW - HOUR);
  });

  it('copies the rows', () => {
    const store = open();
    const rows = store.snapshot();
    store.readSnapshot(rows)();
    Object.assign(rows.experiments[0] ?? {}, { name: 'changed' });
    expect(store.database.experiments.count({ name: 'changed' })).toBe(0);
  });

  const { snapshot } = open();
  test.each<[string, unknown, RegExp]>([
    ['no object', [], /^snapshot: expected an object of collections, found \[\]$/],
    ['nothing', undefined, /^snapshot: expected an object/],
    [
      'a collection missing',
      { ...snapshot(), events: undefined },
      /^snapshot\.events: missing; a snapshot has every collection/,
    ],
    ['a collection too many', { ...snapshot(), flags: [] }, /^snapshot\.flags: there is no such collection/],
    [
      'a row that breaks its schema',
      { ...snapshot(), actions: [{ id: 1, project_id: 1 }] },
      /^snapshot\.actions#\/0: "steps" is missing$/,
    ],
    [
      'a reference to nothing',
      { ...snapshot(), users: [] },
      /^snapshot\.approvalPolicies#\/0\/approver_config\/users\/0: there is no row of users with the id 2$/m,
    ],
  ])('refuses %s and changes nothing', (_, rows, message) => {
    const store = open();
    store.database.experiments.delete({ id: 1 });
    const before = [store.snapshot(), store.database.revision];
    expect(() => store.readSnapshot(rows)).toThrow(FixtureError);
    expect(() => store.readSnapshot(rows)).toThrow(message);
    expect([store.snapshot(), store.database.revision]).toEqual(before);
  });
});

describe('reseed', () => {
  it('goes back to the initial rows', () => {
    const store = open({ actions: [{ id: 1, project_id: 1, steps: [] }] });
    const before = store.snapshot();
    store.database.actions.create({ id: 2, project_id: 1, steps: [] });
    store.database.events.create({ project_id: 1, event: 'e', timestamp: 'now' });
    store.readSnapshot(open().snapshot())();
    store.reseed();
    expect(store.snapshot()).toEqual(before);
  });

  it('generates the same uuids again', () => {
    const store = open();
    const make = () => store.database.events.create({ project_id: 1, event: 'e', timestamp: 'now' }).uuid;
    const first = make();
    store.reseed();
    expect(make()).toBe(first);
  });
});

describe('the clock', () => {
  it('is read when rows are seeded, not when they are first read', () => {
    let now = NOW;
    const store = open({ experiments: [{ id: 1, project_id: 1, start_date: 'now' }] }, () => now);
    now += HOUR;
    const start = () => store.database.experiments.find({ id: 1 })?.start_date;
    expect(start()).toBe(formatInstant(NOW));
    store.reseed();
    expect(start()).toBe(formatInstant(NOW + HOUR));
  });

  it('is read again for later rows', () => {
    let now = NOW;
    const { database } = open(undefined, () => now);
    now += HOUR;
    expect(database.experiments.create({ id: 999, project_id: 1, start_date: 'now' }).start_date).toBe(
      formatInstant(NOW + HOUR),
    );
  });
});
