import type { Answer } from '../../../contract/message.ts';
import type { DatedExperiment } from '../../../database/reads.ts';
import type { Instant } from '../../../database/time.ts';
import type { components } from '../../../generated/openapi.ts';
import { BoundedCache } from '../../../memoize.ts';
import { jsonAnswer } from '../errors.ts';
import { createTodayIn, plusDays } from './calendar.ts';
import { projectOperation } from './operation.ts';

type ExperimentStats = components['schemas']['ExperimentStats'];

/**
 * `stats`: the five numbers (provider/posthog/README.md §1). Caches the last answer of each project, which changes with
 * the rows and with the calendar date of the project's time zone.
 */
export const stats = projectOperation(({ reads }) => {
  const today = createTodayIn();
  const cache = new BoundedCache<number, { revision: number; day: Instant; answer: Answer }>(
    MAX_CACHED_PROJECTS,
  );
  // Reads nothing of the request; what it reads later belongs in the key.
  return ({ project, now }) => {
    const { id, timezone } = project;
    const { revision } = reads;
    const day = today(timezone, now);
    const known = cache.get(id);
    if (known?.revision === revision && known.day === day) return known.answer;
    const answer = jsonAnswer(200, statsOn(day, reads.experimentsOf(id)));
    cache.set(id, { revision, day, answer });
    return answer;
  };
});

const MAX_CACHED_PROJECTS = 100;

function statsOn(today: Instant, experiments: readonly DatedExperiment[]): ExperimentStats {
  const counted = experiments.filter(({ row }) => row.deleted === false && row.archived === false);
  const last = between(plusDays(today, -30), plusDays(today, 1));
  const previous = between(plusDays(today, -60), plusDays(today, -30));
  const launched = counted.filter(({ start }) => last(start)).length;
  const launchedBefore = counted.filter(({ start }) => previous(start)).length;
  return {
    launched_last_30d: launched,
    launched_previous_30d: launchedBefore,
    percent_change: percentChange(launched, launchedBefore),
    active_experiments: counted.filter(({ start, end }) => start !== null && end === null).length,
    completed_last_30d: counted.filter(({ end }) => last(end)).length,
  };
}

/** The lower bound is inclusive, the upper one exclusive. */
function between(lower: Instant, upper: Instant): (instant: Instant | null) => boolean {
  return (instant) => instant !== null && instant >= lower && instant < upper;
}

/** The change in percent, rounded to one decimal; from nothing to something is 100. */
function percentChange(last: number, previous: number): number {
  if (previous === 0) return last > 0 ? 100 : 0;
  return roundToTenth(((last - previous) / previous) * 100);
}

/**
 * Rounds as Python's `round(x, 1)`: correctly on the binary value, ties to even. `toFixed` is exact on the
 * binary value too, but takes ties away from zero. A tie has the form `n + 0.25` or `n + 0.75`: no other
 * value in the middle of two tenths can be written in binary.
 */
function roundToTenth(value: number): number {
  const quarters = value * 4;
  if (!Number.isInteger(quarters) || quarters % 2 === 0) return Number(value.toFixed(1));
  const lowerTenth = Math.floor(value * 10);
  return (lowerTenth % 2 === 0 ? lowerTenth : lowerTenth + 1) / 10;
}
