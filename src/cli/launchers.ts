/**
 * npm and npx run a command in a shell. They pass a signal on to that shell only, which ends without its child, and some
 * signals not at all; tsx is a process in between, too. The server would live on and hold its port, so it watches them.
 * Nobody can see a SIGINT that npx alone gets: its shell waits for the command to end.
 * @module
 */
import { readFileSync } from 'node:fs';

/** Time between two looks at the launchers, in milliseconds. */
export const CHECK_MS = 100;
const PACKAGE_MANAGER = /^(.*[\\/])?(npm|npx|pnpm|yarn|bun)\b/;
/** How far up the shell of npm can be. */
const MAX_DEPTH = 20;

/**
 * Calls back once when a process that launched this one has ended: npm, npx or tsx, and what they have started in
 * between. Never calls back when a script put this process into the background or into a session of its own, or when a
 * shell or a program started it.
 */
export function onLauncherEnd(call: () => void): void {
  if (launchers === null) return;
  const timer = setInterval(() => {
    if (ancestors(launchers.length).every((pid, index) => pid === launchers[index])) return;
    clearInterval(timer);
    call();
  }, CHECK_MS).unref();
}

/** Found as soon as possible: they may end while the server starts. */
const launchers = findLaunchers();

/** The launchers, from the parent upwards; `null` when there are none to watch. */
function findLaunchers(): readonly number[] | null {
  const script = process.env.npm_lifecycle_script;
  const session = sessionOf(process.pid);
  // Detached on purpose, as `setsid` and `spawn` with `detached` do.
  if (session === process.pid) return null;
  const above = ancestors(MAX_DEPTH).filter((pid) => sessionOf(pid) === session);
  // npm adds the arguments to the script.
  const shell = script === undefined ? -1 : above.findIndex((pid) => textOfShell(pid).startsWith(script));
  const text = textOfShell(above[shell]) || script;
  if (text === undefined || !isInForeground(text)) return isBelowTsx() ? [process.ppid] : null;
  // Some shells replace themselves with their last command.
  const npm = shell >= 0 ? shell + 1 : above.findIndex(isPackageManager);
  if (npm >= 0) return above.slice(0, outermost(above, npm) + 1);
  // An orphan is adopted by process 1: the launchers have ended during the start. No process has the number 0.
  return process.ppid === 1 ? [0] : [process.ppid];
}

/** The last package manager of those that run one another, as with a script that is `npx …` or `npm run …`. */
function outermost(above: readonly number[], npm: number): number {
  const next = npm + 1;
  if (isPackageManager(above[next])) return outermost(above, next);
  const text = textOfShell(above[next]);
  const isWaitedFor = text !== '' && !hasBackground(text) && isPackageManager(above[next + 1]);
  return isWaitedFor ? outermost(above, next + 1) : npm;
}

function isPackageManager(pid = 0): boolean {
  return commandOf(pid)
    .slice(0, 2)
    .some((word) => PACKAGE_MANAGER.test(word));
}

/** Whether a script runs this program and waits for it. */
function isInForeground(script: string): boolean {
  return /posthog-experiments-mock|src[\\/]cli[\\/](?:main|start)\b/.test(script) && !hasBackground(script);
}

/** Whether a script has a single `&` outside of quotes, but in a redirection such as `2>&1`. */
function hasBackground(script: string): boolean {
  const unquoted = script.replaceAll(/"[^"]*"|'[^']*'/g, '');
  return /(?<![&>])&(?![&>])/.test(unquoted);
}

function isBelowTsx(): boolean {
  return process.execArgv.some((argument) => /[\\/]tsx[\\/]dist[\\/]preflight/.test(argument));
}

/** What a process runs as `sh -c`; empty for any other process. */
function textOfShell(pid = 0): string {
  const [, flag, text = ''] = commandOf(pid);
  return flag === '-c' ? text : '';
}

/** Parent, grandparent and so on, as many as can be found. Without `/proc`, the parent alone. */
function ancestors(depth: number): readonly number[] {
  const found = [process.ppid];
  while (found.length < depth) {
    const next = parentOf(found.at(-1) ?? 0);
    if (next === null || next === 0) break;
    found.push(next);
  }
  return found;
}

function parentOf(pid: number): number | null {
  return statOf(pid)?.parent ?? null;
}

function sessionOf(pid: number): number | null {
  return statOf(pid)?.session ?? null;
}

/** `null` when it cannot be read. */
function statOf(pid: number): { readonly parent: number; readonly session: number } | null {
  // The name of a process, in parentheses, may contain anything; state, parent, process group and session follow.
  const found = /^.*\) \S (\d+) \d+ (\d+)/s.exec(readProcess(pid, 'stat'));
  return found && { parent: Number(found[1]), session: Number(found[2]) };
}

/** The command line of a process; empty when it cannot be read. */
function commandOf(pid: number): readonly string[] {
  return readProcess(pid, 'cmdline').split('\0');
}

function readProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
