import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Installs Node 24, which MSW 3 needs, in a folder of its own: installed in a project, it would run every npm script.
 * @returns an environment in which it is the first `node`.
 */
export function installNode24(folder: string): NodeJS.ProcessEnv {
  mkdirSync(folder);
  const args = ['install', '--no-audit', '--no-fund', '--prefix', folder, 'node@24'];
  execFileSync('npm', args, { cwd: folder, stdio: 'inherit' });
  const bin = join(folder, 'node_modules', 'node', 'bin');
  return { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
}
