import { execFile } from 'node:child_process';
import type { Asked, Received } from './faults.ts';

/**
 * Runs a program that asks. Its arguments are the URL, the value of `Authorization`, the timeout in milliseconds, and
 * each request: a method, perhaps followed by a preference. For each it prints one line: `network-error`, `timeout`,
 * `unexpected: …`, or status and body.
 */
export async function askByProgram(command: string, args: readonly string[], asked: Asked) {
  const { url, authorization, timeoutMs, requests } = asked;
  const given = requests.map(({ method, prefer }) => `${method} ${prefer}`.trimEnd());
  const lines = (await run(command, [...args, url, authorization, String(timeoutMs), ...given]))
    .trimEnd()
    .split('\n');
  return lines.map(received);
}

function received(line: string): Received {
  if (line === 'network-error' || line === 'timeout') return line;
  const [, status, body = ''] = /^(\d{3})(?: (.*))?$/.exec(line) ?? [];
  return status === undefined ? `unexpected: ${line}` : { status: Number(status), body };
}

/** Asks by one curl, which tries to use a connection again. */
export async function askByCurl({ url, authorization, requests, timeoutMs }: Asked) {
  const args = requests.flatMap(({ method, prefer }) => [
    '--next',
    '--silent',
    ...['--max-time', String(timeoutMs / 1_000)],
    ...(method === 'HEAD' ? ['--head', '--output', '/dev/null'] : []),
    ...['--write-out', '\\n%{exitcode} %{response_code}\\n'],
    ...['--header', `Authorization: ${authorization}`],
    ...(prefer === '' ? [] : ['--header', `Prefer: ${prefer}`]),
    url,
  ]);
  const output = await run('curl', args.slice(1));
  return [...output.matchAll(/^(.*)\n(\d+) (\d{3})$/gm)].map(([, body = '', exit = '', status = '']) =>
    curlReceived(Number(exit), Number(status), body),
  );
}

function curlReceived(exit: number, status: number, body: string): Received {
  if (exit === 0) return { status, body };
  // An empty reply, or a connection that breaks while curl reads.
  if (exit === 52 || exit === 56) return 'network-error';
  return exit === 28 ? 'timeout' : `unexpected: exit code ${exit}`;
}

/** @returns what the program prints; its exit code is that of its last request, or none that matters. */
function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { env: { ...process.env, no_proxy: '*' } }, (error, stdout, stderr) => {
      if (error && stdout === '') reject(new Error(`${command}: ${error.message}\n${stderr}`));
      else resolve(stdout);
    });
  });
}
