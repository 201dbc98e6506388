import { TZDate } from '@date-fns/tz';
import { DAY, type Instant, MILLISECOND, SECOND } from '../database/time.ts';

/** The UTC midnight of the calendar date that a time zone has at a moment (facts, section 1). */
export function todayIn(timezone: string, now: Instant): Instant {
  const local = localTime(timezone, now);
  return Date.UTC(local.getFullYear(), local.getMonth(), local.getDate()) * MILLISECOND;
}

/** The moment at which the calendar day of so many days ago began in a time zone (facts, section 2). */
export function startOfDay(timezone: string, now: Instant, daysAgo: number): Instant {
  const local = localTime(timezone, now);
  // The setters work on wall clock time, so a change to or from summer time in between is no matter.
  local.setDate(local.getDate() - daysAgo);
  local.setHours(0, 0, 0, 0);
  return local.getTime() * MILLISECOND;
}

/**
 * The same as {@link todayIn}, remembering the last answer: asking `Intl` for a zone's date costs more than
 * the rest of a request. Zones change their date on a whole second, though not always on a whole minute.
 */
export function createTodayIn(): typeof todayIn {
  let last: { readonly timezone: string; readonly second: number; readonly today: Instant } | undefined;
  return (timezone, now) => {
    const second = Math.floor(now / SECOND);
    if (last?.timezone !== timezone || last.second !== second) {
      last = { timezone, second, today: todayIn(timezone, now) };
    }
    return last.today;
  };
}

/** The `days`th day after a UTC midnight. */
export function plusDays(midnight: Instant, days: number): Instant {
  return midnight + days * DAY;
}

/** An empty time zone is UTC. */
function localTime(timezone: string, now: Instant): TZDate {
  return new TZDate(Math.floor(now / MILLISECOND), timezone || 'UTC');
}
