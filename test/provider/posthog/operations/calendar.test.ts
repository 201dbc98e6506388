import { afterEach, describe, expect, it } from 'vitest';
import { startOfDay, todayIn } from '../../../../src/provider/posthog/operations/calendar.ts';

const HOST_ZONE = process.env.TZ;
const DAY = 86_400_000;

afterEach(() => {
  if (HOST_ZONE === undefined) delete process.env.TZ;
  else process.env.TZ = HOST_ZONE;
});

/** The start of the day a week ago, as ISO text. */
function weekAgo(zone: string, now: string): string {
  return new Date(startOfDay(zone, Date.parse(now) * 1_000, 7) / 1_000).toISOString();
}

describe('the start of a day', () => {
  it.each([
    { case: 'without a switch', zone: 'Europe/Prague', now: '2026-01-20T12:00Z', start: '2026-01-12T23:00' },
    { case: 'of an empty zone is UTC', zone: '', now: '2026-01-20T12:00Z', start: '2026-01-13T00:00' },
    {
      case: 'across the start of summer time',
      zone: 'Europe/Prague',
      now: '2026-03-31T12:00Z',
      start: '2026-03-23T23:00',
    },
    {
      case: 'across the end of summer time',
      zone: 'Europe/Prague',
      now: '2025-10-28T12:00Z',
      start: '2025-10-20T22:00',
    },
    {
      case: 'on the day of a DST change',
      zone: 'Europe/Prague',
      now: '2026-04-05T12:00Z',
      start: '2026-03-28T23:00',
    },
    {
      case: 'when this hour was skipped',
      zone: 'America/Nuuk',
      now: '2025-04-06T00:00Z',
      start: '2025-03-29T02:00',
    },
    {
      case: 'when midnight came twice',
      zone: 'Asia/Amman',
      now: '2018-11-01T22:30Z',
      start: '2018-10-25T21:00',
    },
    {
      case: 'when midnight was skipped',
      zone: 'Africa/Cairo',
      now: '2025-05-02T12:00Z',
      start: '2025-04-24T22:00',
    },
  ])('$case', ({ zone, now, start }) => {
    expect(weekAgo(zone, now)).toBe(`${start}:00.000Z`);
  });

  it.each([
    { host: 'Atlantic/Azores', zone: 'UTC', now: '2025-04-06T12:00Z', start: '2025-03-30T00:00' },
    {
      host: 'America/Santiago',
      zone: 'Australia/Sydney',
      now: '2025-04-12T17:00Z',
      start: '2025-04-05T13:00',
    },
    { host: 'Europe/London', zone: 'America/Nuuk', now: '2024-11-03T02:00Z', start: '2024-10-27T02:00' },
  ])('in $zone is the same on a machine in $host', ({ host, zone, now, start }) => {
    process.env.TZ = host;
    expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(host);
    expect(weekAgo(zone, now)).toBe(`${start}:00.000Z`);
  });

  it.each([
    'Europe/Prague',
    'America/New_York',
    'America/Santiago',
    'America/Havana',
    'Atlantic/Azores',
    'America/Nuuk',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
    'Africa/Casablanca',
    'Asia/Beirut',
  ])('in %s is the first moment of that date, for every day of two years', (zone) => {
    const calendar = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    const dateAt = (time: number) => calendar.format(time);
    for (let now = Date.UTC(2024, 6, 1, 11); now < Date.UTC(2026, 6, 1); now += DAY) {
      const start = startOfDay(zone, now * 1_000, 7) / 1_000;
      const today = todayIn(zone, now * 1_000) / 1_000;
      expect(new Date(today).toISOString().slice(0, 10)).toBe(dateAt(now));
      const wanted = new Date(today - 7 * DAY).toISOString().slice(0, 10);
      expect([dateAt(start - 1_000) < wanted, dateAt(start)]).toEqual([true, wanted]);
    }
  });
});
