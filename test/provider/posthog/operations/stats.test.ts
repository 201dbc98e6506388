import { describe, expect, it } from 'vitest';
import { createMock, type RowInput } from '../../../../src/index.ts';
import { bodyOf } from '../../../mock/asking.ts';

const NOW = '2026-03-15T12:00:00Z';

type Given = Partial<RowInput<'experiments'>>;

/** The statistics of project 1 when it has only these experiments. */
function statsOf(given: readonly Given[], { now = NOW, timezone = 'UTC' } = {}) {
  const experiments = given.map((row, index) => ({ id: index + 1, project_id: 1, ...row }));
  const mock = createMock({ now, fixtures: { experiments } });
  mock.database.projects.update({ id: 1 }, { timezone });
  return bodyOf(mock);
}

const NOTHING = {
  launched_last_30d: 0,
  launched_previous_30d: 0,
  percent_change: 0,
  active_experiments: 0,
  completed_last_30d: 0,
};

describe('the windows, to the microsecond', () => {
  // Noon of 15 March in UTC: [13 February, 16 March) and [14 January, 13 February).
  it.each([
    ['2026-03-16T00:00:00.000000Z', 'none'],
    ['2026-03-15T23:59:59.999999Z', 'last'],
    ['2026-03-15T12:00:00.000001Z', 'last'],
    ['2026-02-13T00:00:00.000001Z', 'last'],
    ['2026-02-13T00:00:00.000000Z', 'last'],
    ['2026-02-13', 'last'],
    ['2026-02-12T23:59:59.999999Z', 'previous'],
    ['2026-02-13T01:00:00+01:00', 'last'],
    ['2026-02-13T00:59:59.999999+01:00', 'previous'],
    ['2026-01-14T00:00:00.000000Z', 'previous'],
    ['2026-01-13T23:59:59.999999Z', 'none'],
  ])('a start at %s is in the window: %s', (start_date, window) => {
    expect(statsOf([{ start_date }])).toMatchObject({
      launched_last_30d: window === 'last' ? 1 : 0,
      launched_previous_30d: window === 'previous' ? 1 : 0,
    });
  });

  it.each([
    ['2026-03-16T00:00:00.000000Z', 0],
    ['2026-03-15T23:59:59.999999Z', 1],
    ['2026-02-13T00:00:00.000000Z', 1],
    ['2026-02-12T23:59:59.999999Z', 0],
  ])('an end at %s counts %i times as completed, with any start', (end_date, completed) => {
    for (const start_date of [null, '2020-01-01T00:00:00Z', end_date]) {
      expect(statsOf([{ start_date, end_date }]).completed_last_30d).toBe(completed);
    }
  });
});

describe('today, in the time zone of the project', () => {
  // The zone picks the calendar date; the bounds are UTC midnights of it.
  it.each([
    ['UTC', '2026-03-15T00:00:00Z', '2026-03-15'],
    ['', '2026-03-15T23:59:59Z', '2026-03-15'],
    ['America/Los_Angeles', '2026-03-15T06:59:59Z', '2026-03-14'],
    ['America/Los_Angeles', '2026-03-15T07:00:00Z', '2026-03-15'],
    ['Pacific/Kiritimati', '2026-03-15T09:59:59Z', '2026-03-15'],
    ['Pacific/Kiritimati', '2026-03-15T10:00:00Z', '2026-03-16'],
    ['Asia/Kolkata', '2026-03-15T18:29:59Z', '2026-03-15'],
    ['Asia/Kolkata', '2026-03-15T18:30:00Z', '2026-03-16'],
    // In Berlin, 29 March 2026 has 23 hours and 25 October has 25.
    ['Europe/Berlin', '2026-03-28T22:59:59Z', '2026-03-28'],
    ['Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29'],
    ['Europe/Berlin', '2026-03-29T21:59:59Z', '2026-03-29'],
    ['Europe/Berlin', '2026-03-29T22:00:00Z', '2026-03-30'],
    ['Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25'],
    ['Europe/Berlin', '2026-10-25T22:59:59Z', '2026-10-25'],
    ['Europe/Berlin', '2026-10-25T23:00:00Z', '2026-10-26'],
    // Midnight does not exist in Santiago on the day on which summer time begins.
    ['America/Santiago', '2026-09-06T03:59:59Z', '2026-09-05'],
    ['America/Santiago', '2026-09-06T04:00:00Z', '2026-09-06'],
  ])('in "%s" at %s is %s', (timezone, now, date) => {
    const end = new Date(Date.parse(date) + 86_400_000).toISOString();
    const lastMoment = end.replace('T00:00:00.000Z', 'T00:00:00Z');
    const before = new Date(Date.parse(end) - 1).toISOString();
    const { launched_last_30d } = statsOf([{ start_date: lastMoment }, { start_date: before }], {
      now,
      timezone,
    });
    expect(launched_last_30d).toBe(1);
    const first = new Date(Date.parse(date) - 30 * 86_400_000).toISOString();
    expect(statsOf([{ start_date: first }], { now, timezone })).toMatchObject({
      launched_last_30d: 1,
      launched_previous_30d: 0,
    });
  });
});

describe('the statistics', () => {
  const start_date = '2026-03-01T00:00:00Z';

  it.each<[string, Given, Partial<typeof NOTHING>]>([
    ['a running experiment', { start_date }, { launched_last_30d: 1, active_experiments: 1 }],
    ['a draft', {}, {}],
    ['a deleted one', { start_date, deleted: true }, {}],
    ['one whose deleted is null', { start_date, deleted: null }, {}],
    ['an archived one', { start_date, archived: true }, {}],
    ['one that starts in a year', { start_date: 'now+365d' }, { active_experiments: 1 }],
    ['one that started long ago', { start_date: '2020-01-01T00:00:00Z' }, { active_experiments: 1 }],
    [
      'one that ends in the future',
      { start_date, end_date: '2026-06-01T00:00:00Z' },
      { launched_last_30d: 1 },
    ],
    ['one that ended without a start', { end_date: start_date }, { completed_last_30d: 1 }],
    [
      'one whose flag is inactive',
      { start_date, feature_flag: { id: 1, key: 'k', active: false } },
      { launched_last_30d: 1, active_experiments: 1 },
    ],
    ['one of another project', { start_date, project_id: 2 }, {}],
  ])('count %s', (_, row, counts) => {
    const percent_change = (counts.launched_last_30d ?? 0) > 0 ? 100 : 0;
    expect(statsOf([row])).toEqual({ ...NOTHING, percent_change, ...counts });
  });

  it('follow every write and the clock', () => {
    const mock = createMock({ now: NOW, fixtures: { experiments: [] } });
    expect(bodyOf(mock)).toEqual(NOTHING);
    mock.database.experiments.create({ id: 1, project_id: 1, start_date });
    expect(bodyOf(mock).launched_last_30d).toBe(1);
    mock.clock.set('2026-04-10T00:00:00Z');
    expect(bodyOf(mock)).toMatchObject({
      launched_last_30d: 0,
      launched_previous_30d: 1,
      percent_change: -100,
    });
    mock.database.experiments.update({ id: 1 }, { archived: true });
    expect(bodyOf(mock)).toEqual(NOTHING);
  });

  it('have their keys in the documented order', () => {
    expect(Object.keys(statsOf([]))).toEqual(Object.keys(NOTHING));
  });
});
