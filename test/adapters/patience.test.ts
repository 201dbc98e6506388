import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { createHttpFront } from '../../src/adapters/http.ts';
import { createPipelines } from '../../src/adapters/pipelines.ts';
import { createMock } from '../../src/index.ts';
import { answererOf } from '../../src/mock/served.ts';
import { limitConnections } from '../../src/server/limit-connections.ts';
import { bodyOf, message, open, receive, statusOf } from '../server/support/raw.ts';
import { API, KEY } from '../server/support/server.ts';

/** As the standalone server has them, but in milliseconds instead of a minute. */
const MAX_TURN_MS = 50;
const GET = message('GET', '/', { Connection: 'keep-alive' });

/** A server with short limits. */
async function serveWith(listener: RequestListener) {
  const pipelines = createPipelines({
    isAlone: () => true,
    refusing: ({ code, detail }) => `HTTP/1.1 503 Service Unavailable\r\n\r\n${code}: ${detail}`,
    maxTurnMs: MAX_TURN_MS,
  });
  const server = createServer((incoming, response) => pipelines.take(incoming, response, listener));
  limitConnections(server, pipelines, MAX_TURN_MS, MAX_TURN_MS);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, pipelines };
}

it('a request that others wait for too long is refused, and ends its connection', async () => {
  const { port, pipelines } = await serveWith(() => {});
  const received = await receive(open(port, GET.repeat(2)));
  expect(received).toMatch(
    /^HTTP\/1\.1 503 .*OVERLOADED: Other requests of this connection have waited for 0\.05 s/s,
  );
  await expect.poll(() => pipelines.size).toBe(0);
});

it('a request that nobody waits for may take longer', async () => {
  const { port } = await serveWith((_, response) => {
    setTimeout(() => response.end('late'), 4 * MAX_TURN_MS);
  });
  const received = await receive(open(port, GET.replace('keep-alive', 'close')));
  expect(received).toContain('late');
});

it('a client that does not read its answer is left', async () => {
  const { port, pipelines } = await serveWith((_, response) => response.end(Buffer.alloc(64 * 1_048_576)));
  const deaf = open(port, GET);
  await expect.poll(() => pipelines.opened).toBe(1);
  await expect.poll(() => pipelines.size).toBe(0);
  deaf.destroy();
});

it('one delayed answer too many is refused, and the journal says so', async () => {
  const mock = createMock();
  const { listener } = createHttpFront(answererOf(mock), {}, 2);
  const { port } = await serveWith(listener);
  const ask = (prefer: string) => open(port, message('GET', API, { ...KEY, Prefer: prefer }));
  const waiting = [ask('delay=60000'), ask('scenario=timeout')];
  await expect.poll(() => mock.journal.entries.length).toBe(2);
  const refused = await receive(ask('delay=1'));
  expect(statusOf(refused)).toBe(503);
  expect(JSON.parse(bodyOf(refused))).toMatchObject({ code: 'OVERLOADED' });
  const [, , entry] = mock.journal.entries;
  expect(entry).toMatchObject({ operation: 'experiments_stats_retrieve', scenario: null, status: 503 });
  expect(statusOf(await receive(ask('scenario=ok')))).toBe(200);
  for (const socket of waiting) socket.destroy();
  await expect.poll(async () => statusOf(await receive(ask('delay=1')))).toBe(200);
});
