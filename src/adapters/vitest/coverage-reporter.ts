/**
 * Reports how much of the contract a run of Vitest has answered, over all of its workers.
 *
 * ```ts
 * // vitest.config.ts
 * reporters: ['default', ['posthog-experiments-mock/vitest/reporter', { thresholds: { operations: 100 } }]],
 * ```
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Reporter, Vitest } from 'vitest/node';
import { checkOptions } from '../../check-options.ts';
import {
  type Coverage,
  type CoverageThresholds,
  checkThresholds,
  mergeCoverage,
  renderCoverage,
} from '../../index.ts';
import { messageOf } from '../../text/message-of.ts';
import { counted, shownText } from '../../text/shown.ts';
import { coverageIn } from './coverage-meta.ts';

export interface CoverageReporterOptions {
  /** Where to write the coverage as JSON, from the root of the project. Default: nowhere. */
  readonly file?: string | undefined;
  /** Whether to print a table. Default `true`. */
  readonly table?: boolean | undefined;
  /** What the run fails without, in percent. Of shards, once their reports are merged. */
  readonly thresholds?: CoverageThresholds | undefined;
}

/** For `reporters` of a Vitest configuration; it counts what the mocks of `posthog-experiments-mock/vitest` answer. */
export default class CoverageReporter implements Reporter {
  readonly #options: CoverageReporterOptions;
  #vitest: Vitest | undefined;

  /**
   * @throws {UsageTypeError} on an option or a threshold that does not exist or has the wrong type.
   * @throws {UsageRangeError} on a threshold that is not a number from 0 to 100.
   */
  constructor(options: CoverageReporterOptions = {}) {
    checkOptions('CoverageReporter', options, { file: 'string', table: 'boolean', thresholds: 'object' });
    checkThresholds(mergeCoverage([]), options.thresholds ?? {});
    this.#options = options;
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  async onTestRunEnd(): Promise<void> {
    if (this.#vitest === undefined) return;
    // All files, also those that a watching Vitest has not run again; by name, as they end in any order.
    const files = this.#vitest.state.getTestModules().toSorted((a, b) => compare(a.moduleId, b.moduleId));
    await this.#report(this.#vitest, mergeCoverage(files.flatMap((file) => coverageIn(file.meta()))));
  }

  async #report(vitest: Vitest, coverage: Coverage): Promise<void> {
    const { config, logger } = vitest;
    const { file, table = true, thresholds = {} } = this.#options;
    if (table) logger.log(`\n${renderCoverage(coverage, { columns: process.stdout.columns })}`);
    const failed = file === undefined ? [] : write(resolve(config.root, file), coverage);
    // A shard has only a part; what is merged of all has the whole.
    const missed = config.shard ? [] : checkThresholds(coverage, thresholds);
    const lines = [...failed, ...missed, ...(missed.length > 0 ? await leftOutOf(vitest) : [])];
    for (const line of lines) logger.error(`Contract coverage: ${line}`);
    if (lines.length > 0) process.exitCode = 1;
  }
}

/** @returns why it cannot be written, if so. */
function write(path: string, coverage: Coverage): readonly string[] {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(coverage, null, 2)}\n`);
    return [];
  } catch (cause) {
    return [`the option "file" names ${path}, which cannot be written: ${reasonOf(cause)}.`];
  }
}

/** The system says of a file in the way that it exists already. */
function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return code === 'EEXIST' || code === 'ENOTDIR'
    ? 'a part of its path is a file, not a folder'
    : messageOf(cause);
}

/** Says which tests have run where filters have left out others, which may be all that is missing. */
async function leftOutOf(vitest: Vitest): Promise<readonly string[]> {
  const { testNamePattern } = vitest.config;
  const all = (await vitest.globTestSpecifications()).length;
  const ran = vitest.state.getTestModules().length;
  const parts = [
    ...(ran < all ? [`${ran} of ${counted(all, 'file')}`] : []),
    ...(testNamePattern ? [`tests that match ${shownText(String(testNamePattern))}`] : []),
  ];
  return parts.length === 0 ? [] : [`only a part of the tests ran: ${parts.join(', ')}.`];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
