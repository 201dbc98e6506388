import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { CLI, freePort, run } from './running.ts';

it('stays quiet when its reader leaves early', async () => {
  const { child, finished } = run(['--help']);
  child.stdout?.destroy();
  expect(await finished).toMatchObject({ code: 0, err: '' });
});

describe('with an output that cannot be written, as on a full disk', () => {
  const CANNOT = /^error: Standard output cannot be written: E\w+: .*\n$/;
  const runUnwritable = (...args: string[]) => {
    const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', openSync(CLI, 'r'), 'pipe'] });
    const { stderr } = child;
    if (!stderr) throw new Error('There is no pipe.');
    return { child, stderr };
  };

  it('a command says so and exits with 1', async () => {
    const { child, stderr } = runUnwritable('scenarios');
    const [err, [code]] = await Promise.all([text(stderr), once(child, 'close')]);
    expect(err).toMatch(CANNOT);
    expect(code).toBe(1);
  });

  it('a server says so and goes on', async () => {
    const port = await freePort();
    const { child, stderr } = runUnwritable('--port', port);
    const [err] = await once(stderr, 'data');
    expect(String(err)).toMatch(CANNOT);
    // Each is a line of the log.
    for (const path of ['a', 'b']) expect((await fetch(`http://127.0.0.1:${port}/${path}`)).status).toBe(404);
    child.kill();
    expect(await once(child, 'close')).toEqual([0, null]);
  });
});
