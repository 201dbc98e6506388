import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Running, run } from '../cli/running.ts';
import { closing, message, open, receive, send, statusOf } from './support/raw.ts';
import { API, JSON_BODY, KEY, openSession, scenarioAt } from './support/server.ts';

const MEBIBYTE = 1_048_576;
/** Room for caches to fill; less than any of these attacks would leak. */
const ALLOWANCE = 8 * MEBIBYTE;

let server: Running;
let url: string;
let port: number;
let session: string;
let kept: string;

const snapshotOf = async (base: string) => (await fetch(`${base}/__mock__/fixtures`)).text();

beforeAll(async () => {
  const probe = new URL('./support/heap-probe.js', import.meta.url).href;
  server = run(['--port', '0', '--now', '2026-03-15T12:00:00Z'], { NODE_OPTIONS: `--import ${probe}` });
  url = await server.url();
  port = Number(new URL(url).port);
  const experiments = [{ id: 7, project_id: 1, name: 'kept' }];
  session = await openSession(url, { id: 'kept', scenario: 'missing-scope', fixtures: { experiments } });
  kept = await snapshotOf(session);
  expect(kept).toContain('"name":"kept"');
});

afterAll(async () => {
  server.child.kill('SIGKILL');
  await server.finished;
});

/** After every attack the server answers as before and nothing is lost. */
afterEach(async () => {
  expect(await scenarioAt(url)).toBe('ok');
  expect(await scenarioAt(session)).toBe('missing-scope');
  expect(await snapshotOf(session)).toBe(kept);
  expect(server.texts.err.replaceAll(/^heap \d+\n/gm, '')).toBe('');
  expect(server.child.exitCode).toBeNull();
});

/** Bytes that the server retains once its journal is empty and garbage has been collected. */
async function heldBytes(): Promise<number> {
  await fetch(`${url}/__mock__/requests`, { method: 'DELETE' });
  const before = server.texts.err.length;
  server.child.kill('SIGUSR2');
  await expect.poll(() => server.texts.err.slice(before), { interval: 10 }).toMatch(/^heap \d+\n/m);
  return Number(/^heap (\d+)\n/m.exec(server.texts.err.slice(before))?.[1]);
}

async function connected(bytes: string): Promise<Socket> {
  const socket = open(port, bytes);
  await once(socket, 'connect');
  return socket;
}

/** Repeats an act, at most a hundred at a time. */
async function often(times: number, act: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < times) {
      next += 1;
      await act(next);
    }
  };
  await Promise.all(Array.from({ length: 100 }, work));
}

/** Opens connections, expects the server to answer others while they are open, and drops them. */
async function besides(count: number, bytes: (index: number) => string): Promise<void> {
  const sockets: Socket[] = [];
  await often(count, async (index) => sockets.push(await connected(bytes(index))));
  expect(await scenarioAt(url)).toBe('ok');
  expect(await scenarioAt(session)).toBe('missing-scope');
  for (const [index, socket] of sockets.entries()) {
    if (index % 2 === 0) socket.destroy();
    else socket.resetAndDestroy();
  }
}

/** Would change the scenario if part of a body were ever taken for a request. */
const STEER = '{"scenario":"server-error"}';
const SMUGGLED = message('PUT', '/__mock__/scenario', JSON_BODY, STEER).replace('close', 'keep-alive');
const SMUGGLED_MEBIBYTE = SMUGGLED.repeat(Math.ceil(MEBIBYTE / SMUGGLED.length)).slice(0, MEBIBYTE);

/** Sends a body of 100 MiB for as long as the server takes it, and returns the status of the answer. */
async function sendLongBody(method: string, path: string, isChunked: boolean): Promise<number> {
  const length = isChunked ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': `${100 * MEBIBYTE}` };
  const head = message(method, path, { ...KEY, ...JSON_BODY, ...length, Connection: 'keep-alive' });
  const socket = open(port, head);
  const received = receive(socket);
  const part = isChunked ? `100000\r\n${SMUGGLED_MEBIBYTE}\r\n` : SMUGGLED_MEBIBYTE;
  for (let sent = 0; sent < 100 && socket.bytesRead === 0 && !socket.destroyed; sent += 1) {
    if (!socket.write(part)) await Promise.race([drained(socket), received]);
  }
  socket.end();
  return statusOf(await received);
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('drain', () => resolve()));
}

describe('memory is freed and nothing is lost after', () => {
  it.each<{ attack: string; make: () => Promise<void> }>([
    ...[true, false].flatMap((isChunked) =>
      [
        { method: 'POST', path: API },
        { method: 'PUT', path: '/__mock__/fixtures' },
        { method: 'POST', path: '/__mock__/sessions' },
      ].map(({ method, path }) => ({
        attack: `a body of 100 MB ${isChunked ? 'in chunks' : 'of known length'} to ${method} ${path}`,
        make: async () => expect(await sendLongBody(method, path, isChunked)).toBe(413),
      })),
    ),
    {
      attack: 'ten thousand connections that are opened and dropped',
      make: () =>
        often(10_000, async (index) => {
          const whole = message('GET', index % 100 === 0 ? API : '/__mock__/health', KEY);
          const socket = await connected(index % 50 === 0 ? whole : whole.slice(0, index % 4));
          if (index % 3 === 0) socket.resetAndDestroy();
          else socket.destroy();
          if (!socket.closed) await closing(socket);
        }),
    },
    {
      attack: 'a thousand half-open connections',
      make: () =>
        besides(1_000, (index) => {
          const whole = message('POST', API, { ...KEY, ...JSON_BODY }, 'x'.repeat(1_000));
          return whole.slice(0, [0, 1, 20, 60, whole.length - 500][index % 5]);
        }),
    },
    {
      attack: 'hundreds of clients that wait for an answer and leave',
      make: () =>
        besides(500, (index) =>
          message('GET', API, { ...KEY, Prefer: index % 2 === 0 ? 'scenario=timeout' : 'delay=60000' }),
        ),
    },
    {
      attack: 'hundreds of event stream clients that read nothing and leave',
      make: () => besides(500, () => message('GET', '/__mock__/events')),
    },
    {
      attack: 'a thousand requests in one connection whose answers are not read',
      make: () => besides(1, () => message('GET', API, { ...KEY, Connection: 'keep-alive' }).repeat(1_000)),
    },
    {
      attack: 'headers of 1 MB',
      make: async () => {
        for (const headers of [
          { 'X-Long': 'x'.repeat(MEBIBYTE) },
          { [`X-${'x'.repeat(MEBIBYTE)}`]: '1' },
          Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`X-${index}`, 'x'.repeat(40)])),
        ]) {
          for (const path of [API, '/__mock__/health']) {
            expect(statusOf(await send(port, message('GET', path, headers)))).toBe(431);
          }
        }
      },
    },
    {
      attack: 'a path and a query of 1 MB',
      make: async () => {
        for (const path of [`/${'x'.repeat(MEBIBYTE)}`, `${API}?${'x'.repeat(MEBIBYTE)}`]) {
          expect(statusOf(await send(port, message('GET', path, KEY)))).toBe(431);
        }
      },
    },
    {
      attack: 'hundreds of sessions that are opened, used and closed',
      make: () =>
        often(300, async (index) => {
          const base = await openSession(url, { id: `short-${index}` });
          expect(await scenarioAt(base)).toBe('ok');
          const closing = await fetch(`${url}/__mock__/sessions/short-${index}`, { method: 'DELETE' });
          expect(closing.status).toBe(204);
        }),
    },
    {
      attack: 'many unknown paths, queries, preferences and sessions',
      make: () =>
        often(1_500, async (index) => {
          const unknown = `${index}-${'x'.repeat(4_000)}`;
          const headers = [{ prefer: `scenario=${unknown}` }, { 'x-mock-session': unknown }, KEY][index % 3];
          const response = await fetch(`${url}${index % 2 === 0 ? API : `/api/${unknown}`}?${unknown}`, {
            headers: headers ?? {},
          });
          await response.arrayBuffer();
        }),
    },
  ])('$attack', async ({ make }) => {
    const before = await heldBytes();
    await make();
    await expect.poll(heldBytes, { interval: 100, timeout: 10_000 }).toBeLessThan(before + ALLOWANCE);
  });
});
