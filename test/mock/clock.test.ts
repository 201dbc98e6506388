import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMock } from '../../src/index.ts';
import { UsageRangeError, UsageTypeError } from '../../src/usage-error.ts';
import { ask, bodyOf, NOW } from './asking.ts';

const REAL = new Date('2026-05-01T00:00:00Z');

/** Freezes the real time until the test moves it. */
function freezeRealTime(): void {
  vi.useFakeTimers({ now: REAL, toFake: ['Date'] });
}

afterEach(() => {
  vi.useRealTimers();
});

describe('the clock', () => {
  it.each([
    { case: 'text', now: NOW, time: NOW },
    { case: 'text with a UTC offset', now: '2026-03-15T14:00:00.5+02:00', time: '2026-03-15T12:00:00.500Z' },
    { case: 'a date alone', now: '2026-03-15', time: '2026-03-15T00:00:00Z' },
    { case: 'a Date', now: new Date(NOW), time: NOW },
    { case: 'a function', now: () => new Date(NOW), time: NOW },
  ])('is fixed at the time given as $case', ({ now, time }) => {
    freezeRealTime();
    const { clock } = createMock({ now });
    vi.setSystemTime(REAL.getTime() + 1_000);
    expect(clock.now()).toEqual(new Date(time));
  });

  it('follows the real time by default', () => {
    freezeRealTime();
    const { clock } = createMock();
    expect(clock.now()).toEqual(REAL);
    vi.setSystemTime(REAL.getTime() + 1_000);
    expect(clock.now()).toEqual(new Date('2026-05-01T00:00:01Z'));
  });

  it('is fixed at a time relative to the real one', () => {
    freezeRealTime();
    const { clock } = createMock({ now: 'now-1d' });
    vi.setSystemTime(REAL.getTime() + 1_000);
    expect(clock.now()).toEqual(new Date('2026-04-30T00:00:00Z'));
  });

  it('calls the function for every answer', () => {
    let now = new Date(NOW);
    const mock = createMock({ now: () => now });
    const before = bodyOf(mock);
    now = new Date('2030-01-01T00:00:00Z');
    expect(bodyOf(mock)).not.toEqual(before);
    expect(mock.journal.entries.map(({ time }) => time)).toEqual([NOW, '2030-01-01T00:00:00Z']);
  });
});

describe('set', () => {
  it.each([
    { case: 'a Date', time: new Date('2026-04-01T00:00:00Z'), result: '2026-04-01T00:00:00Z' },
    { case: 'text', time: '2026-04-01T00:00:00Z', result: '2026-04-01T00:00:00Z' },
    { case: 'text relative to the mock’s present', time: 'now+15d', result: '2026-03-30T12:00:00Z' },
    { case: 'now', time: 'now', result: NOW },
  ])('goes to $case', ({ time, result }) => {
    const { clock } = createMock({ now: NOW });
    clock.set(time);
    expect(clock.now()).toEqual(new Date(result));
  });

  it('stops a clock that runs', () => {
    freezeRealTime();
    const { clock } = createMock();
    clock.set('now');
    vi.setSystemTime(REAL.getTime() + 1_000);
    expect(clock.now()).toEqual(REAL);
  });

  it('keeps microseconds, which a Date cannot hold', () => {
    const mock = createMock();
    mock.clock.set('2026-03-15T12:00:00.123456Z');
    ask(mock);
    expect(mock.clock.now()).toEqual(new Date('2026-03-15T12:00:00.123Z'));
    expect(mock.journal.entries[0]?.time).toBe('2026-03-15T12:00:00.123456Z');
  });

  it.each(['tomorrow', '2026-13-01', '', new Date(Number.NaN), new Date(8.64e15)])(
    'refuses %j and changes nothing',
    (time) => {
      const { clock } = createMock({ now: NOW });
      expect(() => clock.set(time)).toThrow(RangeError);
      expect(() => clock.set(time)).toThrow(/^The clock takes a valid Date, or an ISO 8601 time such as /);
      expect(clock.now()).toEqual(new Date(NOW));
    },
  );
});

describe('advance', () => {
  it.each([
    { milliseconds: 1_500, result: '2026-03-15T12:00:01.500Z' },
    { milliseconds: -1_500, result: '2026-03-15T11:59:58.500Z' },
    { milliseconds: 0, result: NOW },
  ])('moves by $milliseconds ms', ({ milliseconds, result }) => {
    const { clock } = createMock({ now: NOW });
    clock.advance(milliseconds);
    expect(clock.now()).toEqual(new Date(result));
  });

  it('lets a running clock go on from there', () => {
    freezeRealTime();
    const { clock } = createMock();
    clock.advance(50_000);
    clock.advance(10_000);
    vi.setSystemTime(REAL.getTime() + 1_000);
    expect(clock.now()).toEqual(new Date('2026-05-01T00:01:01Z'));
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'refuses %d and changes nothing',
    (milliseconds) => {
      const { clock } = createMock({ now: NOW });
      expect(() => clock.advance(milliseconds)).toThrow(
        new UsageTypeError(`A clock advances by a number of milliseconds; found ${milliseconds}.`),
      );
      expect(clock.now()).toEqual(new Date(NOW));
    },
  );

  it.each([3e14, -7e13, 9e15, Number.MAX_VALUE])(
    'refuses to leave the four-digit years by %d ms',
    (milliseconds) => {
      for (const mock of [createMock({ now: NOW }), createMock()]) {
        expect(() => mock.clock.advance(milliseconds)).toThrow(
          new UsageRangeError(
            `The clock stays within the years 0 to 9999; found a step of ${milliseconds} ms.`,
          ),
        );
        expect(ask(mock).status).toBe(200);
      }
    },
  );

  it('changes computed answers', () => {
    const mock = createMock({ now: NOW });
    const { launched_last_30d } = bodyOf(mock);
    mock.clock.advance(365 * 86_400_000);
    expect(launched_last_30d).toBeGreaterThan(0);
    expect(bodyOf(mock)).toMatchObject({ launched_last_30d: 0, launched_previous_30d: 0 });
  });
});

it('a clock function of the caller can be neither set nor advanced', () => {
  const { clock } = createMock({ now: () => new Date(NOW) });
  const error = new UsageTypeError('The clock is your own function; change what it returns.');
  expect(() => clock.set(NOW)).toThrow(error);
  expect(() => clock.advance(1)).toThrow(error);
});
