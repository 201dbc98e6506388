import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MAX_PIPELINED } from '../../src/adapters/line.ts';
import { MAX_WAITING_REQUESTS } from '../../src/adapters/pipelines.ts';
import type { HttpRequest } from '../../src/contract/message.ts';
import { createHttpListener, createMock } from '../../src/index.ts';
import type { Reply } from '../../src/mock/reply.ts';
import { MAX_CONNECTIONS } from '../../src/server/limit-connections.ts';
import { NOW } from '../mock/asking.ts';
import { bodyOf, message, open, receive, send, statusOf } from './support/raw.ts';
import { API, JSON_BODY, KEY, scenarioAt, serve } from './support/server.ts';

const request = (prefer: string, path: string = API) =>
  message('GET', path, { ...KEY, Prefer: prefer, Connection: 'keep-alive' });
/** As many as a single read of a connection brings, and more. */
const NEVER = request('scenario=timeout').repeat(1_000);
/** The shortest request, which fills a read with the most of them. */
const SHORTEST = 'GET / HTTP/1.1\r\nHost:\r\n\r\n';

const statusesOf = (received: string) =>
  Array.from(received.matchAll(/HTTP\/1\.1 (\d{3}) /g), ([, status]) => Number(status));

function dropAll(sockets: readonly Socket[]): void {
  for (const socket of sockets) socket.destroy();
}

describe('requests that a client sends without waiting for answers', () => {
  it('are all answered, in their order', async () => {
    const { port } = await serve();
    const names = ['ok', 'throttled', 'server-error'];
    const sent = Array.from({ length: 1_200 }, (_, index) =>
      request(`delay=1, scenario=${names[index % 3]}`),
    );
    const received = await send(port, sent.join('') + message('GET', '/last'));
    expect(statusesOf(received)).toEqual([...sent.map((_, index) => [200, 429, 500][index % 3]), 404]);
  });

  it('are worked on a few at a time, by the server and by a listener', async () => {
    const mock = createMock({ now: NOW });
    const listening = createServer(createHttpListener(mock)).listen(0, '127.0.0.1');
    await once(listening, 'listening');
    onTestFinished(() => void listening.close());
    const address = listening.address();
    const served = await serve();
    for (const one of [
      { mock, port: typeof address === 'object' && address !== null ? address.port : 0 },
      served,
    ]) {
      const socket = open(one.port, NEVER);
      await one.mock.journal.waitFor({ scenario: 'timeout' });
      await scenarioAt(`http://127.0.0.1:${one.port}`);
      expect(one.mock.journal.entries.filter(({ scenario }) => scenario === 'timeout')).toHaveLength(
        MAX_PIPELINED,
      );
      socket.destroy();
    }
  });

  it('are not read while others wait, and the server keeps answering', async () => {
    const { url, port, mock } = await serve();
    const socket = open(port, NEVER.repeat(200));
    await mock.journal.waitFor({ scenario: 'timeout' });
    for (let times = 0; times < 20; times += 1) expect(await scenarioAt(url)).toBe('ok');
    expect(socket.writableLength).toBeGreaterThan(0);
    socket.destroy();
  });

  it('do not keep new clients waiting, however many connections they come on', async () => {
    const { port } = await serve();
    const sockets = Array.from({ length: 40 }, () => open(port, request('delay=0').repeat(5_000)));
    await Promise.all(sockets.map((socket) => once(socket.resume(), 'data')));
    for (let times = 0; times < 10; times += 1) {
      expect(statusOf(await send(port, message('GET', API, KEY)))).toBe(200);
    }
    // An answer has more bytes than that, so the others still have work for the server.
    expect(sockets.filter(({ bytesRead }) => bytesRead < 5_000 * 200).length).toBeGreaterThan(20);
    dropAll(sockets);
  });

  it('come after the end of those before them when they are for the control plane or have a body', async () => {
    const { port } = await serve();
    const select = (scenario: string) =>
      message(
        'PUT',
        '/__mock__/scenario',
        { ...JSON_BODY, Connection: 'keep-alive' },
        `{"scenario":"${scenario}"}`,
      );
    const sent = ['throttled', 'server-error', 'ok'].map((scenario) => select(scenario) + request('delay=0'));
    const received = await send(port, sent.join('').repeat(20) + message('GET', '/last'));
    const statuses = Array.from({ length: 20 }, () => [200, 429, 200, 500, 200, 200]).flat();
    expect(statusesOf(received)).toEqual([...statuses, 404]);
  });

  it('are given up when their client leaves', async () => {
    const { url, port, mock } = await serve();
    const sockets = Array.from({ length: 40 }, () => open(port, SHORTEST.repeat(10) + NEVER));
    await mock.journal.waitFor({ scenario: 'timeout' });
    dropAll(sockets);
    await scenarioAt(url);
    const received = await send(port, request('delay=5').repeat(400) + message('GET', '/last'));
    expect(statusesOf(received)).toHaveLength(401);
  });
});

describe('what is too much is refused with a problem and a line of the log', () => {
  async function serveWithLog() {
    const log: unknown[] = [];
    const onReply = ({ path }: HttpRequest, reply: Reply) => {
      log.push([path, reply.kind === 'response' && reply.status]);
    };
    return { ...(await serve({ onReply })), log };
  }

  it('requests of many connections that wait for others', async () => {
    const { url, port, log } = await serveWithLog();
    const timeout = request('scenario=timeout');
    const each = Math.floor(65_536 / SHORTEST.length);
    const count = Math.ceil(MAX_WAITING_REQUESTS / each) + 20;
    const sockets = Array.from({ length: count }, () => open(port, timeout + SHORTEST.repeat(each * 2)));
    const refused = await Promise.race(sockets.map(receive));
    expect(statusOf(refused)).toBe(503);
    expect(JSON.parse(bodyOf(refused))).toMatchObject({ code: 'OVERLOADED' });
    expect(await scenarioAt(url)).toBe('ok');
    expect(log).toContainEqual(['/', 503]);
    dropAll(sockets);
  });

  it('connections', async () => {
    const { url, port, log } = await serveWithLog();
    // Half a request each, which the server says that it has read.
    const start = message('POST', API, { Expect: '100-continue', 'Content-Length': '1' });
    const sockets: Socket[] = [];
    while (sockets.length < MAX_CONNECTIONS) {
      const batch = Array.from({ length: 100 }, () => open(port, start));
      await Promise.all(batch.map((socket) => once(socket, 'data')));
      sockets.push(...batch);
    }
    const refused = await send(port, message('GET', API, KEY));
    expect(statusOf(refused)).toBe(503);
    expect(JSON.parse(bodyOf(refused))).toMatchObject({ code: 'OVERLOADED' });
    expect(log).toEqual([['-', 503]]);
    dropAll(sockets);
    await expect.poll(async () => (await fetch(url + API, { headers: KEY })).status).toBe(200);
  });
});
