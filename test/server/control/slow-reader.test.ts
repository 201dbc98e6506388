import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { message, open } from '../support/raw.ts';
import { API, JSON_BODY, KEY, openSession, scenarioAt, serve } from '../support/server.ts';

/** Far more than the buffers of two sockets hold: an entry has a body and its curl line, some 8 kB. */
const ASKED = 3_000;
const BODY = JSON.stringify({ filler: 'x'.repeat(4_000) });

/** Opens the event stream and stops reading once it has begun. */
async function openStalled(port: number, base = ''): Promise<Socket> {
  const socket = open(port, message('GET', `${base}/__mock__/events`));
  await once(socket, 'readable');
  return socket;
}

async function askOften(url: string, times: number): Promise<void> {
  for (let asked = 0; asked < times; asked += 50) {
    const ask = () => fetch(url + API, { method: 'POST', headers: { ...KEY, ...JSON_BODY }, body: BODY });
    await Promise.all(Array.from({ length: 50 }, async () => (await ask()).arrayBuffer()));
  }
}

/** Reads until an event contains a text. */
async function readUntil(socket: Socket, end: string): Promise<string> {
  let received = '';
  for await (const chunk of socket) {
    received += chunk;
    if (received.includes(end)) break;
  }
  return received;
}

it('a stalled reader of events does not fill memory, and learns how many events it missed', async () => {
  const { url, port, mock, failures } = await serve();
  const socket = await openStalled(port);
  await askOften(url, ASKED);
  expect(mock.journal.entries.at(-1)?.number).toBe(ASKED);
  await fetch(`${url}/the-last-one`);
  const received = await readUntil(socket, '/the-last-one');
  const shown = received.match(/^event: request$/gm)?.length ?? 0;
  const counts = [...received.matchAll(/^event: missed\r?\ndata: \{"count":(\d+)\}$/gm)].map(([, count]) =>
    Number(count),
  );
  expect(counts.length).toBeGreaterThan(0);
  const missed = counts.reduce((sum, count) => sum + count, 0);
  expect(shown + missed).toBe(ASKED + 1);
  expect(missed).toBeGreaterThan(ASKED / 10);
  expect(failures).toEqual([]);
});

it('many stalled readers block neither requests, nor another reader, nor the end of a session', async () => {
  const { url, port, failures } = await serve();
  const session = await openSession(url);
  const { pathname } = new URL(session);
  const stalled = await Promise.all(
    Array.from({ length: 40 }, (_, index) => openStalled(port, index % 2 === 0 ? '' : pathname)),
  );
  const reader = open(port, message('GET', '/__mock__/events'));
  await askOften(url, 100);
  await askOften(session, 100);
  await fetch(`${url}/the-last-one`);
  expect(await readUntil(reader, '/the-last-one')).not.toContain('event: missed');
  const ended = stalled.filter((_, index) => index % 2 === 1).map((socket) => once(socket.resume(), 'close'));
  expect((await fetch(session.replace('/s/', '/sessions/'), { method: 'DELETE' })).status).toBe(204);
  await Promise.all(ended);
  for (const socket of stalled) socket.destroy();
  expect(await scenarioAt(url)).toBe('ok');
  expect(failures).toEqual([]);
});
