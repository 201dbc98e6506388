import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** The command as users install it. It starts much faster than from source. */
export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A running command. Its `texts` grow while it writes. */
export interface Running {
  readonly child: ChildProcess;
  readonly texts: { out: string; err: string };
  /** The URL of the ready line. */
  url(): Promise<string>;
  finished: Promise<Finished>;
}

/**
 * Starts the command without a shell in between, so that signals reach it.
 *
 * @param cli the command of another build. Default: that of this checkout.
 */
export function run(args: readonly string[], env: NodeJS.ProcessEnv = {}, cli = CLI): Running {
  const { PORT: _, HOST: __, ...inherited } = process.env;
  const child = spawn(process.execPath, [cli, ...args], { env: { ...inherited, ...env } });
  const texts = { out: '', err: '' };
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code) => resolve({ code, ...texts }));
  });
  child.stdout.on('data', (chunk) => {
    texts.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    texts.err += chunk;
  });
  const url = () =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const [found] = /http:\/\/[\w.:[\]]+\d/.exec(texts.out) ?? [];
        if (found) resolve(found);
      };
      child.stdout.on('data', look);
      finished.then(({ err }) => reject(new Error(err)));
      look();
    });
  return { child, texts, url, finished };
}

/** A port that was free a moment ago, for a server that does not log the one it chose. */
export async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return String(typeof address === 'object' ? address?.port : address);
}
