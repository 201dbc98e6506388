import { shown } from '../text/shown.ts';
import { UsageRangeError } from '../usage-error.ts';

/** Milliseconds before every routed answer: a number, or a range to draw one from. */
export type DelayOption = number | DelayRange;

export type DelayRange = readonly [min: number, max: number];

/** The longest delay, in milliseconds. */
export const MAX_DELAY_MS = 60_000;

/** @throws {UsageRangeError} when a delay is not 0 to 60000 milliseconds, or a range is the wrong way round. */
export function readDelay(delay: DelayOption = 0): DelayRange {
  const range: unknown = Array.isArray(delay) ? delay : [delay, delay];
  if (isDelayRange(range)) return [range[0], range[1]];
  throw new UsageRangeError(
    `"delay" is milliseconds from 0 to ${MAX_DELAY_MS}, or [min, max] of them; found ${shown(delay)}.`,
  );
}

function isDelayRange(value: unknown): value is DelayRange {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [min, max] = value;
  return isDelay(min) && isDelay(max) && min <= max;
}

function isDelay(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_DELAY_MS;
}

export function drawDelay([min, max]: DelayRange): number {
  return min === max ? min : min + Math.random() * (max - min);
}
