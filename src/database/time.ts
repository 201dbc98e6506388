/** A point in time, in whole microseconds since the Unix epoch: the resolution of PostHog's timestamps. */
export type Instant = number;

export const MILLISECOND = 1_000;
export const SECOND = 1_000 * MILLISECOND;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The last second that ISO 8601 can write with a four-digit year. */
export const LAST_INSTANT: Instant = Date.parse('9999-12-31T23:59:59Z') * MILLISECOND;

/** The formats of a time, for error messages. */
export const TIME_FORMATS =
  'an ISO 8601 time such as "2026-01-31T09:30:00Z", or one relative to the clock such as "now", "now-10d", "now+2h" or "now-1d-30m"';

const ABSOLUTE =
  /^(\d{4}-\d\d-\d\d)(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
const RELATIVE = /^now((?:[+-]\d{1,9}[dhms])*)$/;
const STEP = /([+-]\d+)([dhms])/g;
const UNITS: Readonly<Record<string, number>> = { d: DAY, h: HOUR, m: MINUTE, s: SECOND };

/**
 * Parses an absolute time, or one relative to `now`. A time without an offset is UTC, as in Django with
 * `TIME_ZONE = "UTC"`; a date alone means midnight. `undefined` when the text is not a time.
 */
export function parseInstant(text: string, now: Instant): Instant | undefined {
  const relative = RELATIVE.exec(text);
  if (relative) return now + sumOfSteps(relative[1] ?? '');
  const absolute = ABSOLUTE.exec(text);
  if (!absolute) return undefined;
  const [, date, time = '00:00', seconds = '00', fraction = '', offset = 'Z'] = absolute;
  // Date.parse refuses a 13th month or a 61st second, but turns the 31st of February into a day in March: so compare.
  const wholeSeconds = Date.parse(`${date}T${time}:${seconds}${isoOffset(offset)}`);
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(wholeSeconds) || new Date(midnight).toISOString().slice(0, 10) !== date) return undefined;
  return wholeSeconds * MILLISECOND + Number(fraction.slice(0, 6).padEnd(6, '0'));
}

/** Rewrites an absolute time as {@link formatInstant} does. Any other text stays as it is. */
export function toUtc(time: string): string {
  const instant = isRelativeTime(time) ? undefined : parseInstant(time, 0);
  return instant === undefined ? time : formatInstant(instant);
}

export function isRelativeTime(text: string): boolean {
  return RELATIVE.test(text);
}

/** Formats an instant as Django does: ISO 8601 in UTC, with six decimals unless they are all zero. */
export function formatInstant(instant: Instant): string {
  const microseconds = ((instant % SECOND) + SECOND) % SECOND;
  const seconds = new Date((instant - microseconds) / MILLISECOND).toISOString().slice(0, -5);
  return microseconds === 0 ? `${seconds}Z` : `${seconds}.${String(microseconds).padStart(6, '0')}Z`;
}

function sumOfSteps(steps: string): number {
  let sum = 0;
  for (const [, amount, unit] of steps.matchAll(STEP)) sum += Number(amount) * (UNITS[unit ?? ''] ?? 0);
  return sum;
}

function isoOffset(offset: string): string {
  if (/^z$/i.test(offset)) return 'Z';
  const digits = offset.replace(':', '').padEnd(5, '0');
  return `${digits.slice(0, 3)}:${digits.slice(3)}`;
}
