import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import CoverageReporter from '../../../src/adapters/vitest/coverage-reporter.ts';
import { type Coverage, createMock, renderCoverage } from '../../../src/index.ts';
import { outsideVitest } from './outside-vitest.ts';

const FOLDER = fileURLToPath(new URL('covering', import.meta.url));
const VITEST = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
const STATS = 'https://us.posthog.com/api/projects/1/experiments/stats/';

const folder = mkdtempSync(join(tmpdir(), 'coverage-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly coverage: Coverage;
}

const FILE = join(folder, 'deep', 'coverage.json');

async function run(operations: number, ...options: readonly string[]): Promise<Run> {
  const finished = await vitest({ operations }, ...options);
  return { ...finished, coverage: JSON.parse(readFileSync(FILE, 'utf8')) };
}

function vitest(
  { operations, file = FILE }: { readonly operations: number; readonly file?: string },
  ...options: readonly string[]
): Promise<Omit<Run, 'coverage'>> {
  const env = { ...outsideVitest(), FILE: file, OPERATIONS: String(operations), NO_COLOR: '1' };
  // tsx: the configuration imports sources.
  const args = [
    '--import',
    'tsx',
    VITEST,
    'run',
    '--root',
    FOLDER,
    '--config',
    'vitest.config.ts',
    ...options,
  ];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { env }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

/** What a single mock counts that answers the same. */
async function expected(): Promise<Coverage> {
  const mock = createMock();
  const used = [
    'few-launches',
    'throttled',
    'missing-scope',
    'trend-up',
    'server-error',
    'missing-scope',
  ] as const;
  for (const scenario of used) {
    mock.use(scenario);
    await mock.fetch(STATS);
  }
  return mock.coverage();
}

/** Each starts a Vitest. */
const TIMEOUT_MS = 120_000;

it.each([
  { how: 'in parallel', options: [] },
  { how: 'one after the other', options: ['--maxWorkers=1'] },
  { how: 'in one worker', options: ['--maxWorkers=1', '--no-isolate', '--pool=threads'] },
])(
  'adds up the coverage of files that run $how',
  async ({ options }) => {
    const { code, out, coverage } = await run(50, ...options);
    expect(coverage).toEqual(await expected());
    expect(out).toContain(renderCoverage(coverage));
    expect(code).toBe(0);
  },
  TIMEOUT_MS,
);

it(
  'fails the run when a threshold is missed',
  async () => {
    const { code, err } = await run(100);
    expect(code).toBe(1);
    expect(err).toContain('Contract coverage: operations: 1 of 2 (50 %) are covered, less than 100 %.');
    expect(err).not.toContain('only a part');
  },
  TIMEOUT_MS,
);

it(
  'says that only a part of the tests ran where a threshold is missed',
  async () => {
    const { code, err } = await run(100, 'first', '-t', 'throttled');
    expect(code).toBe(1);
    expect(err).toContain('only a part of the tests ran: 1 of 3 files, tests that match /throttled/.');
  },
  TIMEOUT_MS,
);

it(
  'fails a run that uses no mock',
  async () => {
    const { code, err } = await run(1, 'without-mock');
    expect(code).toBe(1);
    expect(err).toContain('operations: nothing is covered, as no mock was used; the threshold is 1 %.');
  },
  TIMEOUT_MS,
);

it(
  'fails the run when the file cannot be written, and says why',
  async () => {
    const file = join(FOLDER, 'first.ts', 'coverage.json');
    const { code, out, err } = await vitest({ operations: 100, file }, 'first.ts');
    expect(code).toBe(1);
    expect(err).toContain(
      `Contract coverage: the option "file" names ${file}, which cannot be written: a part of its path is a file, not a folder.`,
    );
    expect(err).toContain('less than 100 %.');
    expect(out + err).not.toContain('EEXIST');
  },
  TIMEOUT_MS,
);

it(
  'adds up shards when their reports are merged',
  async () => {
    const reports = join(folder, 'reports');
    for (const shard of ['1', '2']) {
      const { code } = await vitest(
        { operations: 100 },
        `--shard=${shard}/2`,
        '--reporter=blob',
        `--outputFile=${join(reports, `${shard}.json`)}`,
      );
      expect(code).toBe(0);
    }
    const { code, err, coverage } = await run(100, `--merge-reports=${reports}`);
    expect(coverage).toEqual(await expected());
    expect(code).toBe(1);
    expect(err).toContain('(50 %) are covered, less than 100 %.');
  },
  TIMEOUT_MS,
);

it('refuses options that do not exist', () => {
  // @ts-expect-error: there is no such option
  expect(() => new CoverageReporter({ treshold: {} })).toThrow('Did you mean "thresholds"?');
  // @ts-expect-error: there is no such kind
  expect(() => new CoverageReporter({ thresholds: { operation: 1 } })).toThrow('Did you mean "operations"?');
  expect(() => new CoverageReporter({ thresholds: { operations: 101 } })).toThrow('0 to 100');
});
