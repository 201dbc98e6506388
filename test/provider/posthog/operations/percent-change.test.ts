import { describe, expect, it } from 'vitest';
import { createMock } from '../../../../src/index.ts';
import { bodyOf } from '../../../mock/asking.ts';

/** The change from the launches of the previous 30 days to those of the last 30 days. */
function percentChange(last: number, previous: number): number {
  const experiments = [
    ...launches(last, '2026-03-10T00:00:00Z'),
    ...launches(previous, '2026-02-01T00:00:00Z'),
  ].map((row, index) => ({ ...row, id: index + 1 }));
  const stats = bodyOf(createMock({ now: '2026-03-15T12:00:00Z', fixtures: { experiments } }));
  expect([stats.launched_last_30d, stats.launched_previous_30d]).toEqual([last, previous]);
  return stats.percent_change;
}

function launches(count: number, start_date: string) {
  return Array.from({ length: count }, () => ({ project_id: 1, start_date }));
}

describe('percent_change', () => {
  it.each([
    [0, 0, 0],
    [1, 0, 100],
    [7, 0, 100],
    [0, 5, -100],
    [5, 5, 0],
    [17, 16, 6.2],
    [19, 16, 18.8],
    [3, 16, -81.2],
    [1, 16, -93.8],
    [1, 3, -66.7],
    [2, 3, -33.3],
    [4, 3, 33.3],
    [40, 1, 3900],
    [1, 40, -97.5],
    [33, 32, 3.1],
  ])('of %i after %i is %f', (last, previous, expected) => {
    expect(percentChange(last, previous)).toBe(expected);
  });

  it('is rounded as in Python, for ties and their neighbours', () => {
    const pairs = [8, 16, 24, 32, 40, 48, 56, 3, 7, 9, 11, 13, 17, 23, 29, 31, 37, 41, 47, 53, 59].flatMap(
      (previous) =>
        [0, 1, 2, 3, 5, 7, 13, 17, 19, 25, 33, 35, 51, 57].map((last) => [last, previous] as const),
    );
    for (const [last, previous] of pairs) {
      const exact = pythonRound(((last - previous) / previous) * 100);
      expect({ last, previous, change: percentChange(last, previous) }).toEqual({
        last,
        previous,
        change: exact,
      });
    }
  });
});

/**
 * `round(value, 1)` in exact integers: ten times the binary value `mantissa × 2^exponent` is
 * rounded to an integer, half to even.
 */
function pythonRound(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const mantissa = (bits & ((1n << 52n) - 1n)) | (biased === 0 ? 0n : 1n << 52n);
  const exponent = (biased === 0 ? 1 : biased) - 1075;
  const numerator = mantissa * 10n * (exponent > 0 ? 1n << BigInt(exponent) : 1n);
  const denominator = exponent < 0 ? 1n << BigInt(-exponent) : 1n;
  const floor = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  const isUp = twice > denominator || (twice === denominator && floor % 2n === 1n);
  const tenths = Number(floor + (isUp ? 1n : 0n));
  return tenths === 0 ? 0 : (Math.sign(value) * tenths) / 10;
}
