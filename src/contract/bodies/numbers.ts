import { highest, lowest } from './facets.ts';
import { integerBoundsOf } from './integer-format.ts';
import type { Plan } from './plans.ts';
import type { Work } from './work.ts';

/** Numbers that are tried for one value. */
const MAX_NUMBERS = 12_000;

/** Numbers that keep the bounds of a plan: small ones first, each once. */
export function* makeNumbers(plan: Plan, type: 'integer' | 'number', work: Work): Iterable<number> {
  const { from, to, isOpenAt } = rangeOf(plan);
  if (from > to || (from === to && isOpenAt(from))) {
    work.explain(plan[0]?.pointer ?? '', `no number is between ${from} and ${to}`);
    return;
  }
  const isAllowed = (number: number) => number >= from && number <= to && !isOpenAt(number);
  const steps = plan.flatMap(({ multipleOf }) => multipleOf ?? []);
  const isWhole = type === 'integer' || plan.some(({ format }) => integerBoundsOf(format));
  if (isWhole) steps.push(1);
  const step = commonMultiple(steps.length > 0 ? steps : [1]);
  if (steps.length > 0 && multiples(step, from, to, isAllowed).next().done)
    work.explain(plan[0]?.pointer ?? '', `no multiple of ${toNumber(step, 1n)} is between ${from} and ${to}`);
  const numbers = multiples(step, from, to, isAllowed);
  if (steps.length > 0) return yield* divisibleFirst(numbers, steps);
  const first = numbers.next();
  if (!first.done) yield first.value;
  yield* fractions(from, to, isAllowed);
  yield* numbers;
}

/** How many numbers are looked through for one that validators agree on. */
const MAX_INEXACT = 100;

/** 4.35 is a multiple of 0.01, but many validators divide, and 4.35 / 0.01 is 434.99999999999994. */
function* divisibleFirst(numbers: Iterable<number>, steps: readonly number[]): Iterable<number> {
  const waiting: number[] = [];
  for (const number of numbers) {
    const isExact = steps.every((step) => Number.isInteger(number / step));
    if (isExact || waiting.length >= MAX_INEXACT) {
      yield number;
      continue;
    }
    waiting.push(number);
    if (waiting.length === MAX_INEXACT) yield* waiting;
  }
  if (waiting.length < MAX_INEXACT) yield* waiting;
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly isOpenAt: (number: number) => boolean;
}

function rangeOf(plan: Plan): Range {
  const formats = plan.flatMap(({ format }) => integerBoundsOf(format) ?? []);
  const from = Math.max(
    lowest(plan, 'minimum', Number.NEGATIVE_INFINITY),
    lowest(plan, 'exclusiveMinimum', Number.NEGATIVE_INFINITY),
    ...formats.map(({ minimum }) => minimum),
  );
  const to = Math.min(
    highest(plan, 'maximum', Number.POSITIVE_INFINITY),
    highest(plan, 'exclusiveMaximum', Number.POSITIVE_INFINITY),
    ...formats.map(({ maximum }) => maximum),
  );
  const isOpenAt = (number: number) =>
    plan.some(
      ({ exclusiveMinimum, exclusiveMaximum }) => number === exclusiveMinimum || number === exclusiveMaximum,
    );
  return { from, to, isOpenAt };
}

/** A decimal number: `units` / 10^`scale`. Floating point has no 0.1, so 3 × 0.1 would be no multiple of it. */
interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

function decimalOf(number: number): Decimal {
  const [coefficient = '0', exponent = '0'] = String(number).split('e');
  const [whole = '0', fraction = ''] = coefficient.split('.');
  const scale = fraction.length - Number(exponent);
  const units = BigInt(whole + fraction);
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

function commonMultiple(steps: readonly number[]): Decimal {
  const decimals = steps.map(decimalOf);
  const scale = Math.max(0, ...decimals.map((decimal) => decimal.scale));
  const units = decimals
    .map((decimal) => decimal.units * 10n ** BigInt(scale - decimal.scale))
    .reduce((left, right) => (left / greatestDivisor(left, right)) * right);
  return { units, scale };
}

function greatestDivisor(left: bigint, right: bigint): bigint {
  return right === 0n ? left : greatestDivisor(right, left % right);
}

/** The multiples of a step, from 1 on upwards, then downwards; from the nearest bound where 1 is not within them. */
function* multiples(
  step: Decimal,
  from: number,
  to: number,
  isAllowed: (number: number) => boolean,
): Generator<number, undefined> {
  const size = toNumber(step, 1n);
  const nearest = Math.floor(Math.min(Math.max(size, 1, from), to) / size);
  if (!Number.isFinite(nearest)) return;
  const start = BigInt(nearest);
  for (const direction of [1n, -1n])
    for (let index = direction === 1n ? 0n : 1n; index < MAX_NUMBERS; index += 1n) {
      const number = toNumber(step, start + direction * index);
      if (direction === 1n ? number > to : number < from) break;
      if (isAllowed(number)) yield number;
    }
}

function toNumber({ units, scale }: Decimal, times: bigint): number {
  const product = units * times;
  const number = Number(`${product}e-${scale}`);
  // JSON has no -0.
  return number === 0 ? 0 : number;
}

/** Numbers between the bounds, halfway first. */
function* fractions(from: number, to: number, isAllowed: (number: number) => boolean): Iterable<number> {
  const low = Number.isFinite(from) ? from : Math.min(to, 0) - 1;
  const high = Number.isFinite(to) ? to : Math.max(low, 0) + 2;
  for (let parts = 2; parts <= 128; parts *= 2)
    for (let part = 1; part < parts; part += 2) {
      const number = low + (high - low) * (part / parts);
      if (isAllowed(number)) yield number;
    }
  for (const number of [from, to]) if (Number.isFinite(number) && isAllowed(number)) yield number;
}
