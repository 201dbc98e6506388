import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs `next dev` or `next start` until it is ready. @returns a function that stops it. */
export async function runNext(command, port, env = {}) {
  const next = spawn('node_modules/.bin/next', [command, '--hostname', '127.0.0.1', '--port', `${port}`], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(next, 'exit');
  for await (const text of next.stdout.iterator({ destroyOnReturn: false })) if (/Ready/.test(text)) break;
  next.stdout.resume();
  return async () => {
    next.kill();
    await exited;
  };
}
