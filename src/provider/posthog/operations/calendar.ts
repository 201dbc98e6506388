import { tzOffset } from '@date-fns/tz/tzOffset';
import { DAY, type Instant, MILLISECOND, MINUTE, SECOND } from '../../../database/time.ts';
import { BoundedCache } from '../../../memoize.ts';

/** The UTC midnight of the calendar date that a time zone has at a moment (provider/posthog/README.md §1). */
export function todayIn(timezone: string, now: Instant): Instant {
  return Math.floor((now + offsetOf(timezone, now)) / DAY) * DAY;
}

/**
 * When the calendar day `daysAgo` began in a time zone (provider/posthog/README.md §2): the first of two midnights, or the
 * end of the gap that swallowed midnight. Uses offsets only: the setters of a `Date` use the zone of this machine.
 */
export function startOfDay(timezone: string, now: Instant, daysAgo: number): Instant {
  const midnight = plusDays(todayIn(timezone, now), -daysAgo);
  const offsets = [offsetOf(timezone, midnight - DAY), offsetOf(timezone, midnight + DAY)];
  const midnights = offsets.map((offset) => midnight - offset).toSorted((a, b) => a - b);
  const isReached = (instant: Instant) => instant + offsetOf(timezone, instant) >= midnight;
  return midnights.find(isReached) ?? Math.max(...midnights);
}

/** A mock has a few time zones at most. */
const MAX_CACHED_ZONES = 100;

/**
 * {@link todayIn} with a cache of the last result for each zone: asking `Intl` for an offset costs more than the rest of a
 * request. Zones change their date on a whole second, though not always on a whole minute.
 */
export function createTodayIn(): typeof todayIn {
  const zones = new BoundedCache<string, { readonly second: number; readonly today: Instant }>(
    MAX_CACHED_ZONES,
  );
  return (timezone, now) => {
    const second = Math.floor(now / SECOND);
    const last = zones.get(timezone);
    if (last?.second === second) return last.today;
    const today = todayIn(timezone, now);
    zones.set(timezone, { second, today });
    return today;
  };
}

/** The `days`th day after a UTC midnight. */
export function plusDays(midnight: Instant, days: number): Instant {
  return midnight + days * DAY;
}

/** How far a time zone is ahead of UTC. An empty one is UTC. */
function offsetOf(timezone: string, instant: Instant): Instant {
  return tzOffset(timezone || 'UTC', new Date(Math.floor(instant / MILLISECOND))) * MINUTE;
}
