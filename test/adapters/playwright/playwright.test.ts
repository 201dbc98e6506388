import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { expect, inject, it } from 'vitest';

const FOLDER = fileURLToPath(new URL('project', import.meta.url));
const PLAYWRIGHT = fileURLToPath(new URL('../../../node_modules/@playwright/test/cli.js', import.meta.url));

interface Result {
  readonly errors: readonly { readonly message: string }[];
  readonly attachments: readonly { readonly name: string; readonly body?: string }[];
}

interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly { readonly results: readonly [Result] }[];
  }[];
}

/** The result of each test by its title. */
function resultsOf({ suites = [], specs }: Suite): readonly (readonly [string, Result])[] {
  const own = specs.flatMap(({ title, tests }) => tests.map(({ results }) => [title, results[0]] as const));
  return [...own, ...suites.flatMap(resultsOf)];
}

async function run(): Promise<
  Readonly<Record<string, { readonly message: string | null; readonly journal: string | null }>>
> {
  const folder = mkdtempSync(join(tmpdir(), 'playwright-'));
  const env = { ...process.env, CHROMIUM: inject('chromium'), OUTPUT: folder };
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [PLAYWRIGHT, 'test', '--config', FOLDER], { env }, (_, stdout) =>
      resolve(stdout),
    );
  });
  rmSync(folder, { recursive: true });
  const results = resultsOf({ specs: [], suites: JSON.parse(output).suites });
  return Object.fromEntries(
    results.map(([title, { errors, attachments }]) => {
      const { body } = attachments.find(({ name }) => name === 'mock-journal.json') ?? {};
      const message = stripVTControlCharacters(errors.map((error) => error.message).join('\n'));
      return [
        title,
        {
          message: errors.length === 0 ? null : message,
          journal: body === undefined ? null : Buffer.from(body, 'base64').toString(),
        },
      ];
    }),
  );
}

/** Playwright compiles the project and starts two workers. */
const TIMEOUT_MS = 120_000;

it(
  'gives each test of Playwright a mock, and fails those that ask what they should not',
  async () => {
    const {
      misspells,
      'uses a method that the path does not have': otherMethod,
      'breaks the contract': invalid,
      'does not run': refused,
      'fails by itself': failed,
      ...passed
    } = await run();
    const nothing = { message: null, journal: null };
    expect(passed).toEqual({
      'answers pages': nothing,
      'answers pages by the scenario of the test': nothing,
      'answers contexts that it opens itself': nothing,
      'is answered by the first': nothing,
      'is answered by the second': nothing,
      'breaks the connection': nothing,
      'lets a test end whose answer never comes': nothing,
      'is served over HTTP': nothing,
      'starts as they say': nothing,
      'misspells without failing': nothing,
      'answers by another contract': nothing,
    });
    expect(misspells?.message).toMatch(/stat\/\n *No operation matches. Nearest operation: GET .*stats/);
    expect(misspells?.message).toContain("test.use({ guard: { unmatched: 'ignore' } })");
    expect(misspells?.message).toContain('answer it with a route of your own (page.route)');
    expect(otherMethod?.message).toMatch(/POST .*stats\/\n *No operation matches\. This path takes GET, /);
    expect(refused?.message).toContain('"guard" has no kind "unhandled".');
    expect(invalid?.message).toMatch(/It breaks the contract of experiments_stats_retrieve:\n +query "limt"/);
    expect(JSON.parse(failed?.journal ?? '')).toMatchObject([
      { operation: 'experiments_stats_retrieve', status: 200 },
    ]);
    expect(failed?.journal).not.toContain('phx_experiment_read');
  },
  TIMEOUT_MS,
);
