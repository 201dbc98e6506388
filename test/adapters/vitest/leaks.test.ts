import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { outsideVitest } from './outside-vitest.ts';

const FOLDER = fileURLToPath(new URL('leaking', import.meta.url));
const VITEST = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));

interface Result {
  readonly title: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

interface File {
  readonly name: string;
  /** Empty where all of it passed, or some of its tests failed. */
  readonly message: string;
  readonly assertionResults: readonly Result[];
}

/**
 * Runs the leaking tests with a Vitest of their own. @returns the message of each that failed, `null` where it passed; of
 * a file that failed, by its name.
 */
async function run(...options: readonly string[]): Promise<Readonly<Record<string, string | null>>> {
  const args = [
    VITEST,
    'run',
    '--root',
    FOLDER,
    '--config',
    'vitest.config.ts',
    '--reporter=json',
    ...options,
  ];
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { env: outsideVitest() }, (_, stdout) => resolve(stdout));
  });
  const { testResults } = JSON.parse(output.slice(output.indexOf('{')));
  const messages = testResults.flatMap(({ name, message, assertionResults }: File) => [
    ...(message === '' ? [] : [[basename(name), message]]),
    ...assertionResults.map(({ title, status, failureMessages }) => [
      title,
      status === 'passed' ? null : stripVTControlCharacters(failureMessages.join('\n')),
    ]),
  ]);
  return Object.fromEntries(messages);
}

/** Each starts a Vitest. */
const TIMEOUT_MS = 120_000;

it.each([
  ['--pool=forks'],
  ['--pool=threads'],
  ['--pool=vmThreads'],
  ['--pool=threads', '--no-isolate', '--maxWorkers=1'],
])(
  'fails the tests that ask what they should not: vitest %s %s',
  async (...options) => {
    const messages = await run(...options);
    expect(messages).toMatchObject({
      passes: null,
      'runs while another test leaks': null,
      'misspells without failing': null,
      'uses methods that the path has': null,
      'clears what it has asked': null,
      'is tried again': null,
      'is in another file': null,
      'passes in a file that leaks': null,
      'asks after it has ended': null,
      'waits for another': null,
    });
    expect(messages.misspells).toContain('GET /api/projects/1/experiments/stat/');
    expect(messages.misspells).toMatch(/Nearest operation: GET .*"stat" where the contract has "stats"/);
    expect(messages.misspells).toContain("test.override({ guard: { unmatched: 'ignore' } })");
    expect(messages.misspells).toMatch(
      /answer it with a handler of your own \(server\.use\).*does not let the request/,
    );
    expect(messages.misspells).not.toMatch(/\n +at /);
    expect(messages['asks another API']).toMatch(
      /GET https:\/\/other\.example\/things\/.*\n *Nothing answers it\./,
    );
    expect(messages['leaks while another test runs']).toMatch(/12 requests[\s\S]*and 2 more/);
    expect(messages['asks in a loop']).toMatch(/\/again\n.*\n +\(3 times\)/);
    expect(messages['asks in a loop']?.match(/\/again\n/g)).toHaveLength(1);
    expect(messages['gives the mock what it does not match']).toContain('No operation matches');
    expect(messages['uses a method that the path does not have']).toMatch(
      /POST .*stats\/\n *No operation matches\. This path takes GET, HEAD, OPTIONS; found POST\./,
    );
    expect(messages['breaks the contract']).toContain(
      'It breaks the contract of experiments_requires_flag_implementation_retrieve',
    );
    expect(messages['breaks the contract']).toMatch(/\n +query "limit": expected integer, found "ten"\.?\n/);
    expect(messages['breaks the contract']).toMatch(/\n +query "limt": .*Did you mean "limit"/);
    expect(messages['breaks the contract']).toContain("test.override({ guard: { invalid: 'ignore' } })");
    expect(messages['does not run']).toContain('"guard" has no kind "invalide". Did you mean "invalid"?');
    expect(messages['asks the mock of other tests']).toMatch(/GET https.*stats\/\n *Nothing answers it\./);
    expect(messages['hooks.ts']).toContain(
      'A hook of the file, or a test that does not use the test function of the mock, made a request',
    );
    expect(messages['hooks.ts']).toContain("createTest({ guard: { unmatched: 'ignore' } })");
    expect(messages['late.ts']).toMatch(
      /The test "asks after it has ended",.* made 3 requests[\s\S]*experiments\/stat\/[\s\S]*query "limt"[\s\S]*other\.example/,
    );
    expect(messages['late.ts']).not.toContain('waits for another');
    expect(messages['clears the journal']).toContain('No operation matches');
    expect(JSON.stringify(messages)).not.toMatch(/phx_experiment_read|key=secret/);
  },
  TIMEOUT_MS,
);
