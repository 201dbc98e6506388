import { InvalidArgumentError } from 'commander';
import type { SourceFlags } from './mock-flags.ts';

export const REPORT_FORMATS = ['text', 'json', 'sarif'] as const;
/** Requests a second, where `--rate` does not say. */
export const DEFAULT_RATE = 2;
const MAX_RATE = 100;
/** For one request, in seconds, where `--timeout` does not say. */
export const DEFAULT_TIMEOUT_S = 10;
/** What `fetch` waits for headers, and between two parts of a body. */
const MAX_TIMEOUT_S = 300;

/** The flags of `drift`. */
export interface DriftFlags extends SourceFlags {
  readonly target: string;
  /** The name of the environment variable with the key. */
  readonly keyEnv?: string;
  readonly project?: string;
  /** Ids of operations. Default: all that only read. */
  readonly operation?: readonly string[];
  /** `name=value`, for parameters of the contract. */
  readonly param?: readonly string[];
  /** Requests a second. */
  readonly rate: number;
  /** In seconds. */
  readonly timeout: number;
  readonly format: (typeof REPORT_FORMATS)[number];
  /** A file. Default: standard output. */
  readonly output?: string;
}

/** Requests a second, from text such as `2` and `0.5/s`. */
export function readRate(text: string): number {
  const [, digits] = /^(\d{1,3}(?:\.\d{1,3})?)(?:\/s)?$/.exec(text) ?? [];
  const rate = Number(digits);
  if (rate > 0 && rate <= MAX_RATE) return rate;
  throw new InvalidArgumentError(
    `Expected requests a second, more than 0 and at most ${MAX_RATE}, such as 0.5/s.`,
  );
}

/** In seconds. */
export function readTimeout(text: string): number {
  const seconds = /^\d{1,3}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= MAX_TIMEOUT_S) return seconds;
  throw new InvalidArgumentError(`Expected seconds, more than 0 and at most ${MAX_TIMEOUT_S}.`);
}
