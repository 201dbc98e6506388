import { InvalidArgumentError } from 'commander';
import { COVERAGE_KINDS } from '../mock/coverage/coverage.ts';
import type { CoverageThresholds } from '../mock/coverage/thresholds.ts';

export const COVERAGE_FORMATS = ['text', 'json'] as const;

/** The flags of `coverage`. */
export interface CoverageFlags {
  readonly format: (typeof COVERAGE_FORMATS)[number];
  readonly threshold?: CoverageThresholds;
}

/** Adds a threshold such as `operations=80` to those before it. */
export function readThreshold(text: string, before: CoverageThresholds = {}): CoverageThresholds {
  const [, name, digits] = /^(\w+)=(\d{1,3}(?:\.\d{1,3})?)$/.exec(text) ?? [];
  const kind = COVERAGE_KINDS.find((known) => known === name);
  const percent = Number(digits);
  if (kind !== undefined && percent <= 100) return { ...before, [kind]: percent };
  throw new InvalidArgumentError(
    `Expected a kind and a percentage, such as operations=80. The kinds are: ${COVERAGE_KINDS.join(', ')}.`,
  );
}
