import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A package of the registry in a folder of its own: too heavy to be installed with the project. */
export interface Aside extends Disposable {
  /** The script of its command, for node. */
  readonly script: string;
}

/**
 * Installs a package until it is disposed of.
 * @param version exact, so that a new release changes no result.
 */
export function installAside(name: string, version: string, command: string): Aside {
  const folder = mkdtempSync(join(tmpdir(), 'tester-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    installInto(folder, [`${name}@${version}`]);
    return { script: scriptOf(folder, name, command), [Symbol.dispose]: remove };
  } catch (cause) {
    remove();
    throw cause;
  }
}

/** Installs packages, such as `dredd@14.1.0`, in a folder that has no project. */
export function installInto(folder: string, packages: readonly string[]): void {
  const args = ['install', '--no-audit', '--no-fund', '--silent', '--prefix', folder, ...packages];
  execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The script of an installed command, for node. */
export function scriptOf(folder: string, name: string, command: string): string {
  const home = join(folder, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  return join(home, bin[command]);
}
