import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Coverage } from '../../index.ts';

/** What the reporter provides to workers: the folder that they write their coverage into. */
export const COVERAGE_FOLDER = 'posthogExperimentsMockCoverage';

declare module 'vitest' {
  interface ProvidedContext {
    readonly [COVERAGE_FOLDER]?: string;
  }
}

/** @param name of the mock; a later call overwrites what it has written. */
export function writeCoverage(folder: string, name: string, coverage: Coverage): void {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(coverage));
}

export function readCoverage(folder: string): readonly Coverage[] {
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}
