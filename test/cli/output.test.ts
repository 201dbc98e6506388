import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { CLI, freePort, run } from './running.ts';

it('stays quiet when its reader leaves early', async () => {
  const { child, finished } = run(['--help']);
  child.stdout?.destroy();
  expect(await finished).toMatchObject({ code: 0, err: '' });
});

describe.runIf(existsSync('/dev/full'))('with its output on a full disk', () => {
  const runFull = (...args: string[]) =>
    spawn('sh', ['-c', 'exec "$0" "$@" >/dev/full', process.execPath, CLI, ...args]);

  it('a command says so and exits with 1', async () => {
    const child = runFull('scenarios');
    const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect({ code, err }).toEqual({
      code: 1,
      err: 'error: Standard output cannot be written: ENOSPC: no space left on device, write.\n',
    });
  });

  it('a server says so and goes on', async () => {
    const port = await freePort();
    const child = runFull('--port', port);
    const [err] = await once(child.stderr, 'data');
    expect(String(err)).toContain('Standard output cannot be written: ENOSPC');
    // Each is a line of the log.
    for (const path of ['a', 'b']) expect((await fetch(`http://127.0.0.1:${port}/${path}`)).status).toBe(404);
    child.kill();
    expect(await once(child, 'close')).toEqual([0, null]);
  });
});
