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
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(?:Z|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)?)?$/i;
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
  const [, year, month, day, hours = 0, minutes = 0, seconds = 0, fraction = '', sign] = absolute;
  const midnight = midnightOf(Number(year), Number(month), Number(day));
  if (midnight === undefined) return undefined;
  const time = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND;
  const [offsetHours = 0, offsetMinutes = 0] = absolute.slice(9);
  const offset = Number(offsetHours) * HOUR + Number(offsetMinutes) * MINUTE;
  return midnight + time + Number(fraction.slice(0, 6).padEnd(6, '0')) + (sign === '-' ? offset : -offset);
}

/** `undefined` for a day that the calendar does not have: a Date would take it for one of the next month. */
function midnightOf(year: number, month: number, day: number): Instant | undefined {
  const date = new Date(0);
  // Date.UTC would take year 50 for 1950.
  const milliseconds = date.setUTCFullYear(year, month - 1, day);
  const isInCalendar = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isInCalendar ? milliseconds * MILLISECOND : undefined;
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
