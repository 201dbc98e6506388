import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { createMock } from '../../../src/index.ts';
import { type ServerOptions, startServer } from '../../../src/server/server.ts';
import { NOW, PATHS, STATS } from '../../mock/asking.ts';

export const API = PATHS[STATS];
export const KEY = { authorization: 'Bearer phx_experiment_read' };
export const JSON_BODY = { 'content-type': 'application/json' };

/** A server on a free port of this machine, until the test is over, and its shared mock. */
export async function serve(options: ServerOptions = {}) {
  const failures: unknown[] = [];
  const mock = createMock({ now: NOW });
  const onError = (cause: unknown) => void failures.push(cause);
  const server = await startServer(mock, { port: 0, onError, ...options });
  onTestFinished(() => server.close(0));
  return { ...server, mock, failures };
}

/** The scenario that answers below a base URL: `ok` unless somebody has steered the mock. */
export async function scenarioAt(url: string): Promise<string | null> {
  const response = await fetch(url + API, { headers: KEY });
  await response.text();
  return response.headers.get('x-mock-scenario');
}

/** Opens a session in which every answer is a 403, and returns its base URL. */
export async function openSession(url: string, body: object = { scenario: 'missing-scope' }) {
  const init = { method: 'POST', headers: JSON_BODY, body: JSON.stringify(body) };
  const { baseUrl }: { baseUrl: string } = await (await fetch(`${url}/__mock__/sessions`, init)).json();
  return baseUrl;
}

/** An HTTP request as the bytes of a message, of which nothing is put right: what fetch would not send. */
export function message(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): string {
  const length = body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const fields = { Host: '127.0.0.1', Connection: 'close', ...length, ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

/** Sends bytes as they are, and returns all that comes until the connection is closed. */
export async function send(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  const over = closing(socket);
  socket.write(Buffer.from(bytes, 'latin1'));
  await over;
  return received;
}

/** Waits for the end of a connection; one that is broken off has ended, too. */
export function closing(socket: Socket): Promise<void> {
  socket.on('error', () => {});
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

/** The status of what {@link send} has received; 0 when nothing has been. */
export function statusOf(received: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(received)?.[1] ?? 0);
}
