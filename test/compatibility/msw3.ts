/**
 * Runs the tests of the front ends and the README's examples with MSW 3, which needs a newer Node than this project.
 *
 * ```sh
 * npm run test:msw3
 * ```
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installNode24 } from './node24.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TESTS = ['test/conformance', 'test/adapters', 'test/readme/uses.test.ts'];

const folder = mkdtempSync(join(tmpdir(), 'msw3-'));
const project = join(folder, 'project');

function run(command: string, args: readonly string[], cwd: string, env = process.env): void {
  execFileSync(command, args, { cwd, env, stdio: 'inherit' });
}

try {
  run('git', ['clone', '--quiet', ROOT, project], folder);
  run('npm', ['ci', '--no-audit', '--no-fund'], project);
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', 'msw@3'], project);
  const env = installNode24(join(folder, 'node'));
  const vitest = join(project, 'node_modules', 'vitest', 'vitest.mjs');
  const versions = "'Node ' + process.version + ', MSW ' + require('msw/package.json').version";
  run('node', ['-p', versions], project, env);
  run('node', [vitest, 'run', ...TESTS], project, env);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
