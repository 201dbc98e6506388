/**
 * Runs the tests of the front ends and the README's examples with MSW 3, which needs a newer Node than this project.
 *
 * ```sh
 * npm run test:msw3
 * ```
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TESTS = ['test/conformance', 'test/adapters', 'test/readme/uses.test.ts'];

const folder = mkdtempSync(join(tmpdir(), 'msw3-'));
const project = join(folder, 'project');
const side = join(folder, 'node');

function run(command: string, args: readonly string[], cwd: string, env = process.env): void {
  execFileSync(command, args, { cwd, env, stdio: 'inherit' });
}

try {
  run('git', ['clone', '--quiet', ROOT, project], folder);
  run('npm', ['ci', '--no-audit', '--no-fund'], project);
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', 'msw@3'], project);
  // Installed in the project itself, this Node would run every npm script.
  mkdirSync(side);
  run('npm', ['install', '--no-audit', '--no-fund', '--prefix', side, 'node@24'], side);
  const bin = join(side, 'node_modules', 'node', 'bin');
  const vitest = join(project, 'node_modules', 'vitest', 'vitest.mjs');
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  run(
    join(bin, 'node'),
    ['-p', "'Node ' + process.version + ', MSW ' + require('msw/package.json').version"],
    project,
  );
  run(join(bin, 'node'), [vitest, 'run', ...TESTS], project, env);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
