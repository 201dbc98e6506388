import { checkMembers } from '../../check-members.ts';
import { shown } from '../../text/shown.ts';
import { UsageRangeError } from '../../usage-error.ts';
import { COVERAGE_KINDS, type Coverage, type CoverageKind, type CoverageTotal } from './coverage.ts';

/** In percent, 0 to 100. What is left out may be anything. */
export type CoverageThresholds = { readonly [Kind in CoverageKind]?: number | undefined };

/**
 * Says which thresholds are missed.
 *
 * ```ts
 * const missed = checkThresholds(mock.coverage(), { operations: 100, scenarios: 60 });
 * if (missed.length > 0) throw new Error(missed.join('\n'));
 * ```
 * @returns a sentence for each that is missed. Of a kind that the contract does not have, as of parameters, nothing can be
 * missed; coverage without any operation, as of a run that used no mock, misses every threshold but 0.
 * @throws {UsageTypeError} on a kind that does not exist.
 * @throws {UsageRangeError} on a threshold that is not a number from 0 to 100.
 */
export function checkThresholds({ totals }: Coverage, thresholds: CoverageThresholds): string[] {
  checkMembers('checkThresholds', ['kind', 'kinds'], thresholds, COVERAGE_KINDS);
  return COVERAGE_KINDS.flatMap((kind) => {
    const threshold = thresholds[kind];
    if (threshold === undefined) return [];
    checkPercent(kind, threshold);
    const { covered, total } = totals[kind];
    if (totals.operations.total === 0 && threshold > 0) {
      return [`${kind}: nothing is covered, as no mock was used; the threshold is ${threshold} %.`];
    }
    if (covered * 100 >= threshold * total) return [];
    return [
      `${kind}: ${covered} of ${total} (${percentOf(totals[kind])}) are covered, less than ${threshold} %.`,
    ];
  });
}

/** @throws {UsageRangeError} when it is not a number from 0 to 100. */
function checkPercent(kind: string, percent: unknown): void {
  if (typeof percent === 'number' && percent >= 0 && percent <= 100) return;
  throw new UsageRangeError(`The threshold of ${kind} is percent, 0 to 100; found ${shown(percent)}.`);
}

/** Rounded down, so that 100 % is all; `-` where there is nothing to cover. */
export function percentOf({ covered, total }: CoverageTotal): string {
  return total === 0 ? '-' : `${Math.floor((covered * 100) / total)} %`;
}
