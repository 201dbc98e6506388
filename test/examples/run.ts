/**
 * Runs the recipes: installs each project of this folder with the packed package, as a user would, and runs its tests.
 *
 * ```sh
 * npm run test:examples
 * npm run test:examples -- vitest python
 * npm run test:examples -- --if-available # leaves out, and says so, what needs a command that cannot be installed
 * ```
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../../src/text/message-of.ts';
import { launchChromium } from '../setup/chromium.ts';
import { requireCommand } from '../setup/debian.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('.', import.meta.url));
const PACKAGE = 'posthog-experiments-mock';
/** The command and Debian package that an example needs besides npm packages. */
const NEEDS: Readonly<Record<string, string>> = { python: 'python3' };
/** What the tools of an example write into its folder. */
const WRITTEN = ['node_modules', 'package-lock.json', 'dist', '.next', 'storybook-static', 'test-results'];

interface Result {
  readonly example: string;
  readonly result: 'passed' | 'failed' | 'not run';
  /** The reason, or the versions of what passed. */
  readonly remark: string;
  readonly seconds: number;
}

const folder = mkdtempSync(join(tmpdir(), 'examples-'));
let running: ChildProcess | undefined;

process.on('exit', () => {
  signal(running, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => process.exit(1));

/** Signals a command and everything it has started. @returns whether any of it was running; 0 only asks that. */
function signal(child: ChildProcess | undefined, name: NodeJS.Signals | 0): boolean {
  try {
    return child?.pid !== undefined && process.kill(-child.pid, name);
  } catch {
    return false;
  }
}

/** Runs a command in a process group of its own. @throws {Error} when it fails or leaves something running. */
async function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  running = spawn(command, args, { cwd, env, stdio: 'inherit', detached: true });
  const [code] = await once(running, 'exit');
  for (let wait = 0; signal(running, 0) && wait < 50; wait++) await setTimeout(100);
  const isLeft = signal(running, 'SIGKILL');
  if (code !== 0) throw new Error(`"${[command, ...args].join(' ')}" failed`);
  if (isLeft) throw new Error(`"${[command, ...args].join(' ')}" left a process running`);
}

async function resultOf(example: string, env: NodeJS.ProcessEnv): Promise<Omit<Result, 'seconds'>> {
  const command = NEEDS[example];
  try {
    if (command) requireCommand(command, command);
  } catch (cause) {
    return { example, result: isLenient ? 'not run' : 'failed', remark: messageOf(cause) };
  }
  try {
    await runExample(example, env);
    return { example, result: 'passed', remark: versions(example) };
  } catch (cause) {
    return { example, result: 'failed', remark: messageOf(cause) };
  }
}

/** @throws {Error} when a command fails or leaves something running. */
async function runExample(example: string, env: NodeJS.ProcessEnv): Promise<void> {
  const project = join(folder, example);
  cpSync(join(EXAMPLES, example), project, {
    recursive: true,
    filter: (path) => !WRITTEN.includes(basename(path)),
  });
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], project, env);
  await run('npm', ['test'], project, env);
  rmSync(project, { recursive: true });
}

function readPackage(example: string) {
  return JSON.parse(readFileSync(join(EXAMPLES, example, 'package.json'), 'utf8'));
}

/** The versions that the example has, all exact. */
function versions(example: string): string {
  const { dependencies, devDependencies } = readPackage(example);
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([name]) => name !== PACKAGE && !name.startsWith('@types/'))
    .map((pair) => pair.join(' '))
    .join(', ');
}

/** The executable of the Chromium that all tests use. */
async function chromiumPath(): Promise<string> {
  const server = await launchChromium();
  const { spawnfile } = server.process();
  await server.close();
  return spawnfile;
}

const all = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, 'package.json')));
const isLenient = process.argv.includes('--if-available');
const asked = process.argv.slice(2).filter((argument) => argument !== '--if-available');
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`No such example: ${unknown.join(', ')}. There are ${all.join(', ')}.`);
  process.exit(2);
}

const pack = ['pack', '--json', '--pack-destination', folder];
const packed = execFileSync('npm', pack, {
  cwd: ROOT,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [{ filename }] = JSON.parse(packed.slice(packed.indexOf('[\n')));
// Each example names it as `file:../posthog-experiments-mock.tgz`.
renameSync(join(folder, filename), join(folder, `${PACKAGE}.tgz`));

const { PORT: _, HOST: __, NODE_OPTIONS: ___, ...inherited } = process.env;
const env = {
  ...inherited,
  CHROME_PATH: await chromiumPath(),
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  STORYBOOK_DISABLE_TELEMETRY: '1',
};
const results: Result[] = [];
for (const example of asked.length > 0 ? asked : all) {
  console.log(`\n== ${example}`);
  const start = performance.now();
  const result = await resultOf(example, env);
  results.push({ ...result, seconds: Math.round((performance.now() - start) / 1000) });
}

console.log(`\nNode ${process.version}`);
for (const { example, result, seconds, remark } of results) {
  console.log(`${result.padEnd(7)}  ${example.padEnd(10)}  ${`${seconds} s`.padStart(5)}  ${remark}`);
}
process.exitCode = results.some(({ result }) => result === 'failed') ? 1 : 0;
