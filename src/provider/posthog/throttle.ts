import type { Answer } from '../../contract/message.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../../database/time.ts';
import { counted } from '../../text/shown.ts';
import { errorAnswer } from './errors.ts';

/** Counts the requests of each key against PostHog's limits (provider/posthog/README.md §7). */
export interface Throttle {
  /** Counts a request, or answers 429; refused requests do not count. */
  admit(key: string, now: Instant): Answer | null;
  reset(): void;
}

const RATES = [
  { limit: 480, period: MINUTE, name: 'a minute' },
  { limit: 4_800, period: HOUR, name: 'an hour' },
] as const;

type Rate = (typeof RATES)[number];

/** Keys come from rows, so there are few. Beyond this, the first ones are forgotten. One takes up to 42 kB. */
export const MAX_KEYS = 200;

export function createThrottle(): Throttle {
  const histories = new Map<string, readonly History[]>();
  return {
    admit: (key, now) => {
      const known = histories.get(key) ?? RATES.map(({ limit, period }) => createHistory(limit, period));
      if (!histories.has(key)) {
        const [first] = histories.keys();
        if (histories.size >= MAX_KEYS && first !== undefined) histories.delete(first);
        histories.set(key, known);
      }
      // Each rate counts by itself, as in Django REST framework: a request that one rate refuses may count for another.
      const waits = known.map((history) => history.admit(now));
      const wait = Math.max(...waits);
      return wait > 0 ? refuse(wait, RATES[waits.indexOf(wait)]) : null;
    },
    reset: () => histories.clear(),
  };
}

function refuse(wait: Instant, rate: Rate | undefined): Answer {
  const seconds = Math.ceil(wait / SECOND);
  const time = counted(seconds, 'second');
  const detail = `Request was throttled. Expected available in ${time}.`;
  const limit = rate ? `${rate.limit} requests ${rate.name}` : 'requests';
  const hint = `The limit is ${limit} for each key (throttle: 'enforce', --throttle enforce), on the mock's clock. It ends in ${time}: mock.clock.advance(${seconds * 1_000}), or PUT clock {"advance":${seconds * 1_000}} on the control plane.`;
  return errorAnswer(429, 'throttled_error', 'throttled', detail, hint);
}

interface History {
  /** Counts a request and returns 0, or returns the time to wait. */
  admit(now: Instant): Instant;
}

/** The times of the last admitted requests, in a ring as long as the limit. */
function createHistory(limit: number, period: Instant): History {
  let times: Instant[] = [];
  let oldest = 0;
  return {
    admit: (now) => {
      // Otherwise a clock that was set back would refuse until it has caught up.
      if ((times.at(oldest - 1) ?? now) > now) {
        times = [];
        oldest = 0;
      }
      if (times.length < limit) {
        times.push(now);
        return 0;
      }
      const wait = period - (now - (times[oldest] ?? now));
      if (wait > 0) return wait;
      times[oldest] = now;
      oldest = (oldest + 1) % limit;
      return 0;
    },
  };
}
