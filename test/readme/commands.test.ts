import { type ChildProcess, exec, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLI } from '../cli/running.ts';
import { BLOCKS, outputAfter, theBlock } from './blocks.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMMANDS = BLOCKS.filter(({ language }) => language === 'sh').map(({ text }) => text);
const [START = '', TEST = '', ...OTHERS] = COMMANDS;
const NPM_START = 'npm start -- ';

interface Started {
  readonly child: ChildProcess;
  readonly port: string;
}

/** Runs a long-running command in a process group of its own and waits for its ready line. */
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

/** Signals a whole process group, as a terminal does, and waits until all its processes have exited. */
async function stop({ child }: Started, signal: NodeJS.Signals): Promise<void> {
  const over = once(child, 'close');
  process.kill(-(child.pid ?? 0), signal);
  await over;
}

let started: Started;

beforeAll(async () => {
  started = await start(START.replace('npm ci && ', ''));
});

afterAll(() => stop(started, 'SIGTERM'));

/** Runs commands that exit from the build, which is faster than `npm start`. */
const run = (command: string) =>
  promisify(exec)(command.replaceAll('4010', started.port).replaceAll(NPM_START, `node ${CLI} `), {
    cwd: ROOT,
    shell: '/bin/bash',
  });

describe('the two commands', () => {
  it('start the mock and run the tests as CI does', () => {
    expect(START).toBe('npm ci && npm start');
    expect(TEST).toBe('npm ci && npm test');
    expect(readFileSync(`${ROOT}/.ci/run`, 'utf8')).toMatch(
      /^npm ci.*\n((twice )?npm run test:.*\n)*npm test$/m,
    );
  });
});

it('npm start leaves nothing running after Ctrl+C', async () => {
  const interrupted = await start('npm start');
  await stop(interrupted, 'SIGINT');
  await expect(fetch(`http://127.0.0.1:${interrupted.port}/`)).rejects.toThrow();
});

describe('every other command', () => {
  const isServer = (command: string) => command.startsWith(`${NPM_START}--`);
  const finite = OTHERS.filter((command) => !isServer(command));

  it.each(finite)('%s', async (command) => {
    const { stdout } = await run(command.replaceAll('curl ', 'curl --silent --write-out "\\n" '));
    expect(stdout.trim()).not.toBe('');
    const next = BLOCKS[BLOCKS.findIndex(({ text }) => text === command) + 1];
    const isOutput = next?.language === 'json' || next?.language === 'text';
    if (isOutput) expect(stdout.trim()).toBe(next.text);
    else if (command.includes('curl')) {
      for (const line of stdout.trim().split('\n')) expect(line).toMatch(/^\{"(launched_last_30d|result)":/);
    }
  });

  it('starts the mock with other options', async () => {
    const command = OTHERS.find(isServer) ?? '';
    const other = await start(command.replace('4010', '0'));
    const response = await fetch(`http://127.0.0.1:${other.port}/api/projects/1/experiments/stats/`);
    await stop(other, 'SIGTERM');
    expect(response.status).toBe(429);
  });
});

it('the commands for another contract answer as the README says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shop-'));
  const contract = join(folder, 'shop.yaml');
  writeFileSync(contract, theBlock('yaml shop'));
  const [server = '', ...requests] = theBlock('sh shop').split('\n');
  const shop = await start(`${server.replace('shop.yaml', contract)} --port 0`);
  const { stdout } = await promisify(exec)(
    requests.join('\n').replaceAll('4010', shop.port).replaceAll('curl ', 'curl --silent '),
  );
  await stop(shop, 'SIGTERM');
  rmSync(folder, { recursive: true });
  expect(stdout.trim()).toBe(outputAfter('sh shop'));
});
