import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  DAY,
  formatInstant,
  HOUR,
  isRelativeTime,
  MINUTE,
  parseInstant,
  SECOND,
} from '../../src/database/time.ts';
import { instant, NOW } from './packaged.ts';

describe('an absolute time', () => {
  test.each([
    ['2026-01-31T09:30:00Z', '2026-01-31T09:30:00Z'],
    ['2026-01-31T09:30:00+02:00', '2026-01-31T07:30:00Z'],
    ['2026-01-31T09:30:00-0530', '2026-01-31T15:00:00Z'],
    ['2026-01-31 09:30', '2026-01-31T09:30:00Z'],
    ['2026-01-31', '2026-01-31T00:00:00Z'],
    ['2026-01-31T09:30:00.123456Z', '2026-01-31T09:30:00.123456Z'],
    ['2026-01-31T09:30:00.5Z', '2026-01-31T09:30:00.500000Z'],
    ['1969-12-31T23:59:59.999999Z', '1969-12-31T23:59:59.999999Z'],
  ])('%s is %s', (text, expected) => {
    expect(formatInstant(instant(text))).toBe(expected);
  });

  test.each(['', 'yesterday', '2026-13-01', '2026-02-31', '2026-01-31T25:00Z', '31.1.2026', '1769851800'])(
    '%j is not valid',
    (text) => {
      expect(parseInstant(text, NOW)).toBeUndefined();
    },
  );

  it('with an offset is what Date.parse makes of it', () => {
    const number = (max: number) =>
      fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'));
    const time = fc.tuple(
      fc.tuple(fc.integer({ min: 1000, max: 9999 }), number(13), number(28)),
      fc.tuple(number(23), number(61), number(61)),
      fc.tuple(fc.constantFrom('+', '-'), number(25), number(61)),
    );
    fc.assert(
      fc.property(time, ([date, hours, [sign, ...offset]]) => {
        const text = `${date.join('-')}T${hours.join(':')}${sign}${offset.join(':')}`;
        const expected = Date.parse(text);
        expect([text, parseInstant(text, 0)]).toEqual([
          text,
          Number.isNaN(expected) ? undefined : expected * 1_000,
        ]);
      }),
    );
  });

  it('survives formatting and parsing', () => {
    const years = { min: instant('0001-01-01'), max: instant('9999-12-31') };
    fc.assert(fc.property(fc.integer(years), (moment) => parseInstant(formatInstant(moment), 0) === moment));
  });
});

describe('a relative time', () => {
  test.each([
    ['now', 0],
    ['now-10d', -10 * DAY],
    ['now+2h', 2 * HOUR],
    ['now-1d-30m', -DAY - 30 * MINUTE],
    ['now-1d+5s', -DAY + 5 * SECOND],
  ])('%s is %d microseconds from the clock', (text, distance) => {
    expect(parseInstant(text, NOW)).toBe(NOW + distance);
    expect(isRelativeTime(text)).toBe(true);
  });

  test.each(['now-', 'now-10', 'now-10w', 'now 10d', 'Now', 'now-1.5d', '-10d'])(
    '%j is not valid',
    (text) => {
      expect(parseInstant(text, NOW)).toBeUndefined();
      expect(isRelativeTime(text)).toBe(false);
    },
  );
});
