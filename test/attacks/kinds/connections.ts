import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { message, open, send, statusOf } from '../../server/support/raw.ts';
import { type Attack, KEY, REFUSALS, STATS, type Target } from '../attack.ts';

const KEEP = { Connection: 'keep-alive' };
const JSON_BODY = { 'Content-Type': 'application/json' };

/** Writes one message over and over to a connection, until the server has stopped to read, as it may. */
async function flood(target: Target, socket: Socket, bytes: string, count: number, maxPauseMs: number) {
  const burst = bytes.repeat(BURST);
  for (let sent = 0; sent < count && !socket.destroyed; sent += BURST) {
    if (socket.write(burst, 'latin1')) continue;
    await Promise.race([eventOf(socket, 'drain'), wait(maxPauseMs)]);
    if (socket.writableNeedDrain) break;
  }
  target.note(socket.bytesWritten - socket.writableLength, 'flood');
}

/** Resolves when something has become of a connection, or it was refused. */
const eventOf = (socket: Socket, event: 'connect' | 'drain') =>
  new Promise((over) => socket.once(event, over).once('close', over));

const BURST = 100;
const PIPELINING = 250;
/** Until delayed answers have come, and until the server has forgotten a connection. */
const SETTLING_MS = { delay: 3_000, end: 500 };

/** Keeps account of the answers that come, and returns a function that checks them. */
function readAnswers(target: Target, socket: Socket): () => void {
  const statuses = new Set<number>();
  let rest = '';
  socket.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const status = Number(/HTTP\/1\.1 (\d{3})/.exec(line)?.[1] ?? 200);
      if (line.includes('HTTP/1.1')) target.note(0, status);
      statuses.add(status);
    }
  });
  return () => {
    const others = [...statuses].filter((status) => status !== 200 && !REFUSALS.has(status));
    assert.deepEqual(others, [], `it answers with ${others}`);
  };
}

interface Pipelined {
  readonly of: string;
  readonly bytes: string;
  readonly isRead: boolean;
  readonly large: number;
  readonly small: number;
}

const PIPELINED: readonly Pipelined[] = [
  {
    of: 'that wait for a delay',
    bytes: message('GET', STATS, { ...KEY, ...KEEP, Prefer: 'delay=2500' }),
    isRead: true,
    large: 200_000,
    small: 40_000,
  },
  {
    of: 'that are never answered',
    bytes: message('GET', STATS, { ...KEY, ...KEEP, Prefer: 'scenario=timeout' }),
    isRead: true,
    large: 200_000,
    small: 40_000,
  },
  {
    of: 'whose answers are not read',
    bytes: message('GET', STATS, { ...KEY, ...KEEP }),
    isRead: false,
    large: 200_000,
    small: 20_000,
  },
  {
    of: 'for snapshots that are not read',
    bytes: message('GET', '/__mock__/fixtures', KEEP),
    isRead: false,
    large: 50_000,
    small: 10_000,
  },
  {
    of: 'with bodies, behind one that is never answered',
    bytes: message(
      'GET',
      STATS,
      { ...KEY, ...KEEP, ...JSON_BODY, Prefer: 'scenario=timeout' },
      `"${'x'.repeat(2_000)}"`,
    ),
    isRead: true,
    large: 200_000,
    small: 20_000,
  },
  {
    of: 'to open event streams',
    bytes: message('GET', '/__mock__/events', KEEP),
    isRead: true,
    large: 100_000,
    small: 10_000,
  },
];

interface Crowd {
  readonly of: string;
  readonly bytes: (index: number) => string;
}

const CROWDS: readonly Crowd[] = [
  { of: 'that say nothing', bytes: () => '' },
  {
    of: 'that stop in the middle of a request',
    bytes: (index) => {
      const whole = message('POST', STATS, { ...KEY, ...JSON_BODY }, 'x'.repeat(1_000));
      return whole.slice(0, [1, 20, 60, whole.length - 500][index % 4]);
    },
  },
  {
    of: 'that wait for an answer',
    bytes: (index) =>
      message('GET', STATS, { ...KEY, Prefer: index % 2 === 0 ? 'scenario=timeout' : 'delay=60000' }),
  },
  { of: 'that open event streams and do not read', bytes: () => message('GET', '/__mock__/events') },
];

/** What waits is bounded; beyond it, the server stops to read, or refuses in words. */
export const CONNECTIONS: readonly Attack[] = [
  ...PIPELINED.map(
    ({ of, bytes, isRead, large, small }): Attack => ({
      name: `requests in one connection ${of}`,
      make: async ({ serve, size }) => {
        const target = await serve();
        const socket = open(target.port);
        const checkAnswers = isRead ? readAnswers(target, socket) : () => {};
        await flood(target, socket, bytes, size(large, small), size(10_000, 2_000));
        await wait(bytes.includes('delay=') ? SETTLING_MS.delay : SETTLING_MS.end);
        socket.destroy();
        await wait(SETTLING_MS.end);
        checkAnswers();
      },
    }),
  ),
  ...CROWDS.map(
    ({ of, bytes }): Attack => ({
      name: `connections ${of}`,
      make: async ({ serve, size }) => {
        const target = await serve();
        const sockets: Socket[] = [];
        for (let opened = 0; opened < size(10_000, 1_000); opened += 1) {
          const socket = open(target.port, bytes(opened));
          sockets.push(socket);
          if (opened % 50 === 49) await eventOf(socket, 'connect');
        }
        await wait(SETTLING_MS.end);
        const status = statusOf(await send(target.port, message('GET', STATS, KEY)));
        target.note(0, status);
        assert.ok(status === 200 || REFUSALS.has(status), `a new client gets ${status}`);
        for (const socket of sockets) socket.destroy();
        await wait(SETTLING_MS.end);
      },
    }),
  ),
  {
    name: `${PIPELINING} connections with 5,000 pipelined requests each`,
    make: async ({ serve, size }) => {
      const target = await serve();
      const bytes = message('GET', STATS, { ...KEY, ...KEEP });
      const sockets = Array.from({ length: PIPELINING }, () => open(target.port));
      const checks = sockets.map((socket) => readAnswers(target, socket));
      await Promise.all(sockets.map((socket) => flood(target, socket, bytes, 5_000, size(10_000, 2_000))));
      for (let newcomers = 0; newcomers < 30; newcomers += 1) {
        assert.equal(statusOf(await send(target.port, message('GET', STATS, KEY))), 200);
      }
      for (const socket of sockets) socket.destroy();
      await wait(SETTLING_MS.end);
      for (const check of checks) check();
    },
  },
];
