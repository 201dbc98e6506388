import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHECK_MS } from '../../src/cli/launchers.ts';
import { API, KEY } from '../server/support/server.ts';
import { CLI, run } from './running.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TSX = join(ROOT, 'node_modules/.bin/tsx');

/** A project that has the package installed. */
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'launched-'));
  mkdirSync(join(project, 'node_modules/.bin'), { recursive: true });
  chmodSync(CLI, 0o755);
  symlinkSync(CLI, join(project, 'node_modules/.bin/posthog-experiments-mock'));
  const scripts = {
    mock: 'posthog-experiments-mock',
    chained: 'node -e 0 && posthog-experiments-mock 2>&1',
    nested: 'npx posthog-experiments-mock',
    twice: 'npm run nested && node -e 0',
    background: 'posthog-experiments-mock & node --eval "process.stdin.resume()"',
    setsid: 'setsid -f posthog-experiments-mock',
    detached: `node -e "${detached('posthog-experiments-mock')}"`,
    'detached-shell': `node -e "${detached('sh', '-c', 'posthog-experiments-mock; true')}"`,
  };
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'project', scripts }));
});

/** A program that starts a command in a session of its own, and ends with its input. */
function detached(command: string, ...args: readonly string[]): string {
  const given = `'${command}', [${args.map((arg) => `'${arg}'`)}]`;
  return `require('child_process').spawn(${given}, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] }).unref(); process.stdin.resume()`;
}

afterAll(() => rmSync(project, { recursive: true }));

interface Launched {
  readonly launcher: ChildProcess;
  readonly url: string;
}

const launchers: ChildProcess[] = [];

/** Kills whatever a launcher has left in its process group. */
afterEach(() => {
  for (const { pid = 0 } of launchers.splice(0)) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Nothing is left.
    }
  }
  for (const pid of detachedOnes()) process.kill(pid, 'SIGKILL');
});

/** The processes that still work in the project, of whatever group. */
function detachedOnes(): readonly number[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      return readlinkSync(`/proc/${name}/cwd`) === project ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

/** Launches the server in a process group of its own and waits for its ready line. */
async function launch(command: string, cwd = project): Promise<Launched> {
  const [file = '', ...args] = command.split(' ');
  // Those of the `npm test` that runs this would count as the server's own.
  const { npm_lifecycle_script: _, HOST: __, PORT: ___, ...env } = process.env;
  const launcher = spawn(file, args, { cwd, env: { ...env, PORT: '0' }, detached: true });
  launchers.push(launcher);
  let out = '';
  const url = await new Promise<string>((resolve, reject) => {
    launcher.stdout?.on('data', (chunk) => {
      out += chunk;
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(out) ?? [];
      if (found) resolve(found);
    });
    // What it has detached still writes to the same pipe.
    launcher.once('close', () => reject(new Error(`${command} has ended: ${out}`)));
  });
  return { launcher, url };
}

const isUp = (url: string): Promise<boolean> =>
  fetch(`${url}/__mock__/health`).then(
    ({ ok }) => ok,
    () => false,
  );

const journal = (url: string): Promise<string> =>
  fetch(`${url}/__mock__/requests`).then((response) => response.text());

describe.each<{ command: string; cwd?: string; signals: readonly NodeJS.Signals[] }>([
  { command: 'npm start', cwd: ROOT, signals: ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] },
  // Its shell keeps a SIGINT to itself.
  { command: 'npx posthog-experiments-mock', signals: ['SIGTERM', 'SIGHUP', 'SIGKILL'] },
  { command: `${TSX} src/cli/main.ts`, cwd: ROOT, signals: ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] },
])('$command', ({ command, cwd, signals }) => {
  it.each(signals)('leaves no server behind when it gets %s', async (signal) => {
    const { launcher, url } = await launch(command, cwd);
    expect(await isUp(url)).toBe(true);
    launcher.kill(signal);
    await expect.poll(() => isUp(url)).toBe(false);
  });
});

it.each([
  'npm run mock',
  'npm run chained',
  'npm run nested',
  'npm run twice',
  `npx ${TSX} ${ROOT}/src/cli/main.ts`,
])('%s leaves no server behind either', async (command) => {
  const { launcher, url } = await launch(command);
  launcher.kill('SIGTERM');
  await expect.poll(() => isUp(url)).toBe(false);
});

it('npm start loads on demand what the first answer does not need', async () => {
  const { url } = await launch('npm start -- --watch', ROOT);
  const approval = { headers: { ...KEY, prefer: 'scenario=approval-required' } };
  const answers = [
    await fetch(`${url}/__mock__/health`),
    await fetch(`${url}/`),
    await fetch(`${url}/__mock__/panel.js`),
    // The first row that is written.
    await fetch(url + API, approval),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 409]);
});

it('npm start ends when the server has drained', async () => {
  const { launcher, url } = await launch('npm start', ROOT);
  const answer = fetch(url + API, { headers: { ...KEY, prefer: 'delay=700' } });
  await expect.poll(() => journal(url)).toContain('delay=700');
  launcher.kill('SIGTERM');
  const [code] = await once(launcher, 'exit');
  expect([code, (await answer).status, await isUp(url)]).toEqual([0, 200, false]);
});

it('Ctrl+C drains once: the answer in progress arrives', async () => {
  const { launcher, url } = await launch('npm start', ROOT);
  const answer = fetch(url + API, { headers: { ...KEY, prefer: 'delay=700' } });
  await expect.poll(() => journal(url)).toContain('delay=700');
  const ended = once(launcher, 'close');
  // A terminal signals all processes of the group.
  process.kill(-(launcher.pid ?? 0), 'SIGINT');
  expect((await answer).status).toBe(200);
  await ended;
  expect(await isUp(url)).toBe(false);
});

it.each(['background', 'setsid', 'detached', 'detached-shell'])(
  'a server that the script "%s" lets go lives on when npm has ended',
  async (script) => {
    const { launcher, url } = await launch(`npm run ${script}`);
    launcher.stdin?.end();
    if (launcher.exitCode === null) await once(launcher, 'exit');
    // So long it would look at its launchers twice, had it any.
    const end = performance.now() + 3 * CHECK_MS;
    while (performance.now() < end) expect(await isUp(url)).toBe(true);
  },
);

it('a second signal ends the command at once', async () => {
  const { url, child, finished } = run(['--port', '0']);
  const base = await url();
  const failure = expect(fetch(base + API, { headers: { ...KEY, prefer: 'delay=60000' } })).rejects.toThrow();
  await expect.poll(() => journal(base)).toContain('delay=60000');
  child.kill('SIGTERM');
  await expect
    .poll(() => {
      child.kill('SIGTERM');
      return child.exitCode;
    })
    .toBe(1);
  await failure;
  expect((await finished).code).toBe(1);
});
