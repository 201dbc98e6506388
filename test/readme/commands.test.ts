import { type ChildProcess, exec, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BLOCKS } from './blocks.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMMANDS = BLOCKS.filter(({ language }) => language === 'sh').map(({ text }) => text);
const [START = '', TEST = '', ...OTHERS] = COMMANDS;

interface Started {
  readonly child: ChildProcess;
  readonly port: string;
}

/** Runs a command that goes on, in a process group of its own, and waits for its ready line. */
function start(command: string): Promise<Started> {
  const child = spawn(command, {
    cwd: ROOT,
    shell: true,
    detached: true,
    env: { ...process.env, PORT: '0' },
  });
  let out = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      out += chunk;
      const [, port] = /Listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(out) ?? [];
      if (port !== undefined) resolve({ child, port });
    });
    child.on('exit', () => reject(new Error(`${command} has ended: ${out}`)));
  });
}

async function stop({ child }: Started): Promise<void> {
  const over = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-(child.pid ?? 0), 'SIGTERM');
  await over;
}

let started: Started;

beforeAll(async () => {
  started = await start(START.replace('npm ci && ', ''));
});

afterAll(() => stop(started));

const run = (command: string) =>
  promisify(exec)(command.replaceAll('4010', started.port), { cwd: ROOT, shell: '/bin/bash' });

describe('the two commands', () => {
  it('start the mock, and test it as the CI does', () => {
    expect(START).toBe('npm ci && npm start');
    expect(TEST).toBe('npm ci && npm test');
    expect(readFileSync(`${ROOT}/.ci/run`, 'utf8')).toMatch(/^npm ci.*\nnpm test$/m);
  });
});

describe('every other command', () => {
  const isServer = (command: string) => command.startsWith('npm start -- --');
  const finite = OTHERS.filter((command) => !isServer(command));

  it.each(finite)('%s', async (command) => {
    const { stdout } = await run(command.replaceAll('curl ', 'curl --silent --write-out "\\n" '));
    expect(stdout.trim()).not.toBe('');
    const next = BLOCKS[BLOCKS.findIndex(({ text }) => text === command) + 1];
    if (next?.language === 'json') expect(stdout.trim()).toBe(next.text);
    else if (command.includes('curl')) {
      for (const line of stdout.trim().split('\n')) expect(line).toMatch(/^\{"(launched_last_30d|result)":/);
    }
  });

  it('starts the mock with other options', async () => {
    const command = OTHERS.find(isServer) ?? '';
    const other = await start(command.replace('4010', '0'));
    const response = await fetch(`http://127.0.0.1:${other.port}/api/projects/1/experiments/stats/`);
    await stop(other);
    expect(response.status).toBe(429);
  });
});
