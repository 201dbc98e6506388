/**
 * Reports how much of the contract a run of Vitest has answered, over all of its workers.
 *
 * ```ts
 * // vitest.config.ts
 * reporters: ['default', ['posthog-experiments-mock/vitest/reporter', { thresholds: { operations: 100 } }]],
 * ```
 * @module
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Reporter, Vitest } from 'vitest/node';
import { checkOptions } from '../../check-options.ts';
import {
  type Coverage,
  type CoverageThresholds,
  checkThresholds,
  mergeCoverage,
  renderCoverage,
} from '../../index.ts';
import { COVERAGE_FOLDER, readCoverage } from './coverage-folder.ts';

export interface CoverageReporterOptions {
  /** Where to write the coverage as JSON, from the root of the project. Default: nowhere. */
  readonly file?: string | undefined;
  /** Whether to print a table. Default `true`. */
  readonly table?: boolean | undefined;
  /** What the run fails without, in percent. */
  readonly thresholds?: CoverageThresholds | undefined;
}

/** For `reporters` of a Vitest configuration; it counts what the mocks of `posthog-experiments-mock/vitest` answer. */
export default class CoverageReporter implements Reporter {
  readonly #options: CoverageReporterOptions;
  #vitest: Vitest | undefined;
  #folder: string | undefined;

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

  onTestRunStart(): void {
    this.#folder = mkdtempSync(join(tmpdir(), 'mock-coverage-'));
    this.#vitest?.provide(COVERAGE_FOLDER, this.#folder);
  }

  onTestRunEnd(): void {
    if (this.#vitest === undefined || this.#folder === undefined) return;
    const coverage = mergeCoverage(readCoverage(this.#folder));
    rmSync(this.#folder, { recursive: true });
    this.#report(this.#vitest, coverage);
  }

  #report({ config, logger }: Vitest, coverage: Coverage): void {
    const { file, table = true, thresholds = {} } = this.#options;
    if (table) logger.log(`\n${renderCoverage(coverage, { columns: process.stdout.columns })}`);
    if (file !== undefined) {
      const path = resolve(config.root, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify(coverage, null, 2)}\n`);
    }
    const missed = checkThresholds(coverage, thresholds);
    for (const line of missed) logger.error(`Contract coverage: ${line}`);
    if (missed.length > 0) process.exitCode = 1;
  }
}
