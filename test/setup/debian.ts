import { spawnSync } from 'node:child_process';

/** Where Debian has commands, too; not every user's `PATH` has all of them. */
const PATHS = [process.env.PATH, '/usr/sbin', '/sbin'].join(':');

/** Another apt-get may be running; seconds. */
const WAIT_FOR_OTHERS = '--option=DPkg::Lock::Timeout=120';

/**
 * Finds a command. If it is missing, installs the Debian package that has it.
 *
 * ```ts
 * const nginx = requireCommand('nginx', 'nginx-light');
 * ```
 * @returns the path of the command.
 * @throws {Error} when it is missing and cannot be installed here, saying why.
 */
export function requireCommand(command: string, packageName: string): string {
  const found = pathOf(command);
  if (found !== null) return found;
  install(command, packageName);
  const installed = pathOf(command);
  if (installed !== null) return installed;
  throw new Error(`${command} is missing, though the Debian package ${packageName} is installed.`);
}

function pathOf(command: string): string | null {
  const { status, stdout } = run('sh', ['-c', 'command -v "$0"', command]);
  return status === 0 ? stdout.trim() : null;
}

/**
 * Installs a Debian package.
 * @param command what is missing, for messages.
 * @throws {Error} when it cannot be installed here, saying why.
 */
export function install(command: string, packageName: string): void {
  if (pathOf('apt-get') === null) {
    throw new Error(`${command} is missing, and there is no apt-get; install ${command} by hand.`);
  }
  console.log(`${command} is missing: installing the Debian package ${packageName}.`);
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '--non-interactive'];
  // The lists of packages may be missing or old.
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', packageName]]) {
    const [first = '', ...others] = [...asRoot, 'apt-get', WAIT_FOR_OTHERS, ...args];
    const { status, stderr, error } = run(first, others);
    if (status === 0) continue;
    const reason = error?.message ?? stderr.trim();
    throw new Error(
      `${command} is missing, and "apt-get ${args.join(' ')}" failed; install ${packageName} by hand.\n${reason}`,
    );
  }
}

function run(command: string, args: readonly string[]) {
  const env = { ...process.env, PATH: PATHS, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { encoding: 'utf8', env });
}
