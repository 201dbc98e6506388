import { deflateSync, inflateSync } from 'node:zlib';
import type { RunnerTestFile, TaskMeta } from 'vitest';
import type { Coverage } from '../../index.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** Of a file of tests: the coverage of each of its mocks, compressed. */
    posthogExperimentsMockCoverage?: readonly string[];
  }
}

/**
 * Leaves coverage with the results of a file, which is how it gets from a worker to the reporter, and from a shard, which
 * may have the reporter `blob` only, into merged reports.
 */
export function leaveCoverage({ meta }: RunnerTestFile, coverage: Coverage): void {
  const before = meta.posthogExperimentsMockCoverage ?? [];
  // Most of it is the names of a contract, which are the same in every file.
  const packed = deflateSync(JSON.stringify(coverage)).toString('base64');
  meta.posthogExperimentsMockCoverage = [...before, packed];
}

export function coverageIn({ posthogExperimentsMockCoverage: packed = [] }: TaskMeta): readonly Coverage[] {
  return packed.map((text) => JSON.parse(inflateSync(Buffer.from(text, 'base64')).toString()));
}
