import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { expectToldOf, hammer, haveHeard } from './support/hammer.ts';
import { bodyOf, message, open, receive, statusOf } from './support/raw.ts';
import { API, KEY, serve } from './support/server.ts';

const KEPT = { ...KEY, Connection: 'keep-alive' };
const get = (prefer = 'delay=0') => message('GET', API, { ...KEPT, Prefer: prefer });

/** What each answer on a connection says about it. */
const connectionsOf = (received: string) =>
  Array.from(received.matchAll(/^Connection: (\S+)/gim), ([, value]) => value);

function expectClosing(received: string): void {
  const last = received.slice(received.lastIndexOf('HTTP/1.1 '));
  expect(statusOf(last)).toBe(408);
  expect(connectionsOf(last)).toEqual(['close']);
  expect(JSON.parse(bodyOf(last)).detail).toContain('The server closes');
}

describe('a server that closes', () => {
  it('tells clients that keep asking', async () => {
    const { port, close } = await serve();
    const clients = Array.from({ length: 30 }, () => hammer(port));
    await expect.poll(haveHeard(clients)).toBeGreaterThan(2);
    await close();
    await expectToldOf(clients);
  });

  it('sends every answer that a client waits for, and says with the last that it closes', async () => {
    const { port, close, mock } = await serve();
    const socket = open(port, get('delay=300').repeat(3));
    const received = receive(socket);
    await expect.poll(() => mock.journal.entries.length).toBe(3);
    const closed = close();
    await setImmediate();
    socket.write(get());
    await closed;
    expect(connectionsOf(await received)).toEqual(['keep-alive', 'keep-alive', 'close']);
    expect(mock.journal.entries).toHaveLength(3);
  });

  it('answers all that waits for its turn, even beyond the grace period', async () => {
    const { port, close, mock } = await serve();
    const socket = open(port, get('delay=60000').repeat(200));
    const received = receive(socket);
    await mock.journal.waitFor({ status: 200 });
    await close(50);
    expect(connectionsOf(await received)).toEqual([...Array(199).fill('keep-alive'), 'close']);
  });

  it('answers a connection once more that has just been idle', async () => {
    const { port, close } = await serve();
    const socket = open(port, get());
    const received = receive(socket);
    await once(socket, 'data');
    const closed = close();
    socket.write(get().repeat(5));
    await closed;
    expect(connectionsOf(await received)).toEqual([...Array(5).fill('keep-alive'), 'close']);
  });

  it('ends idle connections without a reset, whatever their clients still send', async () => {
    const { port, close } = await serve();
    const failures: unknown[] = [];
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', (cause) => failures.push(cause)).write(get());
    await once(socket, 'data');
    const closed = close();
    await once(socket, 'end');
    for (let turn = 0; turn < 20; turn += 1) {
      socket.write(get());
      await setImmediate();
    }
    socket.end();
    await closed;
    expect(failures).toEqual([]);
  });

  it('breaks off answers that never come, so that no client asks again unasked', async () => {
    const { port, close, mock } = await serve();
    const received = receive(open(port, get('scenario=timeout')));
    await mock.journal.waitFor({ scenario: 'timeout' });
    await close(0);
    expect(await received).toBe('HTTP/1.1 100 Continue\r\n\r\nH');
  });

  it.each([
    ['headers', `GET ${API} HTTP/1.1\r\n`, 'Host: a\r\n'],
    ['a body', message('POST', API, { ...KEPT, 'Content-Length': '10' }), 'abc'],
  ])('says so to a client that is sending %s', async (_, start, more) => {
    const { port, close } = await serve();
    const socket = open(port, start);
    const received = receive(socket);
    await once(socket, 'connect');
    const closed = close(200);
    await setImmediate();
    socket.write(more);
    await closed;
    expectClosing(await received);
  });

  it.each([
    ['a new connection', ''],
    ['one that has had an answer', get()],
  ])('says so to a client that has sent half of its headers on %s', async (_, before) => {
    const { port, close } = await serve();
    const socket = open(port, before);
    const received = receive(socket);
    if (before !== '') await once(socket, 'data');
    socket.write(`GET ${API} HTTP/1.1\r\nHo`);
    // A request of another client comes later, so the server has read these bytes by its answer.
    await Promise.all(Array.from({ length: 5 }, () => receive(open(port, message('GET', API, KEY)))));
    await close(200);
    expectClosing(await received);
  });
});
