import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { once } from '../../src/memoize.ts';

const FOLDER = fileURLToPath(new URL('suite', import.meta.url));
const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));

interface Result {
  readonly title: string;
  readonly failureMessages: readonly string[];
}

/** Runs the tests of `suite/` once. @returns how each failed, by its title. */
export const runSuite = once(async (): Promise<ReadonlyMap<string, readonly string[]>> => {
  const args = [VITEST, 'run', '--root', FOLDER, '--config', 'vitest.config.ts'];
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { env: { ...process.env, NO_COLOR: '1' } }, (_, out) => resolve(out));
  });
  const { testResults } = JSON.parse(output.slice(output.indexOf('{')));
  const results: readonly Result[] = testResults.flatMap(
    (file: { readonly assertionResults: readonly Result[] }) => file.assertionResults,
  );
  return new Map(results.map(({ title, failureMessages }) => [title, failureMessages]));
});
