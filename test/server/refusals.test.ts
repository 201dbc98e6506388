import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPipelines } from '../../src/adapters/pipelines.ts';
import type { HttpRequest } from '../../src/contract/message.ts';
import { createRefusals } from '../../src/server/refusals.ts';
import { bodyOf, headerOf, message, open, receive, send, statusOf } from './support/raw.ts';
import { API, KEY, scenarioAt, serve } from './support/server.ts';

/** A server and what it would log: method, path, status and reason of each request. */
async function serveWithLog(options: Parameters<typeof serve>[0] = {}) {
  const log: unknown[] = [];
  const onReply = (
    { method, path }: HttpRequest,
    reply: { status?: number; provenance: { hint: unknown } },
  ) => void log.push([method, path, reply.status, reply.provenance.hint]);
  const server = await serve({ ...options, onReply });
  return { ...server, log };
}

const LONG = 'x'.repeat(20_000);

describe('what node:http refuses is a problem, which a page may read, and one line of the log', () => {
  it.each([
    {
      case: 'headers of more than 16 KiB',
      bytes: message('GET', API, { Cookie: LONG }),
      line: ['GET', API, 431, expect.stringContaining('16 KiB')],
      code: 'HEADERS_TOO_LARGE',
    },
    {
      case: 'a URL of more than 16 KiB',
      bytes: message('GET', `/api/${LONG}`),
      line: ['GET', expect.stringMatching(/^\/api\/x+\.\.\.$/), 431, expect.stringContaining('16 KiB')],
      code: 'HEADERS_TOO_LARGE',
    },
    {
      case: 'a path of raw UTF-8',
      bytes: message('GET', Buffer.from('/api/café').toString('latin1')),
      line: ['GET', '/api/caf%C3%A9', 400, expect.stringContaining('percent-encode')],
      code: 'REQUEST_INVALID',
    },
    {
      case: 'HTTP/1.1 without Host',
      bytes: `GET ${API} HTTP/1.1\r\n\r\n`,
      line: ['GET', API, 400, expect.stringContaining('no Host header')],
      code: 'REQUEST_INVALID',
    },
    {
      case: 'a method in lower case',
      bytes: message('patch', API),
      line: ['patch', API, 400, 'Methods are in upper case: PATCH; found patch.'],
      code: 'REQUEST_INVALID',
    },
    {
      case: 'TLS',
      bytes: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      line: ['-', '%16%03%01%02%00%01%00%01%FC%03%03', 400, expect.stringContaining('This is TLS')],
      code: 'REQUEST_INVALID',
    },
    ...['', '\x00\x00\x00\x04\x00\x00\x00\x00\x00'].map((settings) => ({
      case: `HTTP/2${settings && ' and its settings'}`,
      bytes: `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${settings}`,
      line: ['PRI', '*', 400, 'This is HTTP/2; the server speaks HTTP/1.1.'],
      code: 'REQUEST_INVALID',
    })),
    {
      case: 'an Expect that is not known',
      bytes: message('POST', API, { Expect: 'banana' }, 'a'),
      line: ['POST', API, 417, expect.stringContaining('"Expect: banana"')],
      code: 'EXPECTATION_FAILED',
    },
    {
      case: 'what would steer a terminal',
      bytes: '\x1b[2J\n\nGET / HTTP/1.1\r\n\r\n',
      line: ['-', expect.stringMatching(/^%1B\[2J%0A%0AGET%20/), 400, expect.stringContaining('not HTTP')],
      code: 'REQUEST_INVALID',
    },
    {
      case: 'two lengths of a body',
      bytes: message('POST', API, { 'Content-Length': '1', 'Transfer-Encoding': 'chunked' }, 'a'),
      line: ['POST', API, 400, expect.stringContaining('not HTTP')],
      code: 'REQUEST_INVALID',
    },
    {
      case: 'an invalid chunk',
      bytes: `${message('POST', API, { 'Transfer-Encoding': 'chunked' })}zz\r\n`,
      line: ['POST', API, 400, expect.stringContaining('not HTTP')],
      code: 'REQUEST_INVALID',
    },
    {
      case: 'an end in the middle',
      bytes: `GET ${API} HTTP/1.1\r\nHost: a`,
      line: ['-', '-', 400, expect.stringContaining('ended in the middle')],
      code: 'REQUEST_INVALID',
      ends: true,
    },
  ])('$case', async ({ bytes, line, code, ends = false }) => {
    const { url, port, log, failures } = await serveWithLog();
    const socket = open(port, bytes);
    if (ends) socket.end();
    const received = await receive(socket);
    const problem = JSON.parse(bodyOf(received));
    const [, , status, detail] = line;
    expect(statusOf(received)).toBe(status);
    expect(problem).toMatchObject({ code, status, detail });
    expect(Number(headerOf(received, 'content-length'))).toBe(Buffer.byteLength(bodyOf(received)));
    expect(headerOf(received, 'content-type')).toBe('application/problem+json');
    expect(headerOf(received, 'x-mock-hint')).toBe(problem.detail);
    expect(headerOf(received, 'access-control-allow-origin')).toBe('*');
    expect(log).toEqual([line]);
    expect(failures).toEqual([]);
    expect(await scenarioAt(url)).toBe('ok');
  });

  it('to a listed origin only, if there is a list', async () => {
    const { port } = await serveWithLog({ corsOrigins: ['http://a.example'] });
    const from = async (Origin: string) => send(port, message('GET', API, { Origin, Cookie: LONG }));
    const listed = await from('http://a.example');
    expect(headerOf(listed, 'access-control-allow-origin')).toBe('http://a.example');
    expect(headerOf(listed, 'access-control-allow-credentials')).toBe('true');
    expect(headerOf(await from('http://b.example'), 'access-control-allow-origin')).toBeUndefined();
  });

  it('also to a client that is still sending', async () => {
    const { port } = await serveWithLog();
    const socket = open(port, `GET ${API} HTTP/1.1\r\nHost: a\r\n`);
    const received = receive(socket);
    for (let sent = 0; sent < 400; sent += 1) socket.write(`X-${sent}: ${'x'.repeat(1_000)}\r\n`);
    expect(statusOf(await received)).toBe(431);
  });

  it('and the body of what it refuses is not taken for a request', async () => {
    const { port } = await serveWithLog();
    const refused = { Expect: 'banana', Connection: 'keep-alive' };
    const body = message('GET', '/smuggled').repeat(50_000);
    const received = await send(port, message('POST', API, refused, body) + message('GET', API, KEY));
    expect(statusesOf(received)).toEqual([417, 200]);
  });
});

const statusesOf = (received: string) =>
  Array.from(received.matchAll(/HTTP\/1\.1 (\d{3}) /g), ([, status]) => Number(status));

describe('what is refused is not charged to the requests before it on its connection', () => {
  const good = message('GET', API, { ...KEY, Connection: 'keep-alive' });
  const slow = message('GET', API, { ...KEY, Prefer: 'delay=100', Connection: 'keep-alive' });
  const chunked = message('POST', API, { 'Transfer-Encoding': 'chunked', Connection: 'keep-alive' });

  it.each([
    { case: 'bytes that are not HTTP', sent: `${good}\x00\r\n\r\n`, lines: [200, 400] },
    { case: 'bytes that are not HTTP, while they wait', sent: `${slow}\x00\r\n\r\n`, lines: [200, 400] },
    { case: 'bytes after two requests', sent: `${slow}${slow}\x00\r\n\r\n`, lines: [200, 200, 400] },
    { case: 'a body that is not HTTP', sent: `${slow}${chunked}zz\r\n`, lines: [200, 400] },
    { case: 'CONNECT', sent: `${slow}CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n`, lines: [200, 405] },
    { case: 'HTTP/2', sent: `${slow}PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`, lines: [200, 400] },
  ])('$case', async ({ sent, lines }) => {
    const { port, log } = await serveWithLog();
    expect(statusesOf(await send(port, sent))).toEqual(lines);
    expect(log).toMatchObject(lines.map((status) => ({ 2: status })));
    expect(log.at(0)).toEqual(['GET', API, 200, null]);
  });

  it('but a client that ends in the middle of the next one waits for no answer', async () => {
    const { port, log } = await serveWithLog();
    const waiting = message('GET', API, { ...KEY, Prefer: 'scenario=timeout', Connection: 'keep-alive' });
    const socket = open(port, `${waiting}GET ${API} HTTP/1.1\r\nHost: a`);
    socket.end();
    expect(await receive(socket)).toBe('');
    await expect.poll(() => log).toEqual([['GET', API, undefined, null]]);
  });
});

it('a request that does not arrive in time is a 408, and an unused connection no line of the log', async () => {
  const log: HttpRequest[] = [];
  const server = createServer({ headersTimeout: 50, connectionsCheckingInterval: 10 });
  const pipelines = createPipelines({ isAlone: () => false, refusing: () => '' });
  createRefusals({ onReply: (request) => void log.push(request) }).attachTo(server, pipelines);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await send(port, '')).toBe('');
  const received = await send(port, 'GET / HTTP/1.1\r\nHost: a\r\n');
  expect([statusOf(received), JSON.parse(bodyOf(received)).code]).toEqual([408, 'REQUEST_TIMEOUT']);
  expect(log).toHaveLength(1);
});

describe('a client that wants a tunnel or another protocol gets an answer', () => {
  it('405 to CONNECT, as the mock is no proxy', async () => {
    const { url, port, log } = await serveWithLog();
    const received = await send(
      port,
      'CONNECT us.posthog.com:443 HTTP/1.1\r\nHost: us.posthog.com:443\r\n\r\n',
    );
    expect([statusOf(received), JSON.parse(bodyOf(received)).code]).toEqual([405, 'NOT_A_PROXY']);
    expect(headerOf(received, 'allow')).toContain('GET');
    expect(log).toEqual([['CONNECT', 'us.posthog.com:443', 405, expect.stringContaining('HTTPS_PROXY')]]);
    expect(await scenarioAt(url)).toBe('ok');
  });

  it.each([API, '/__mock__/scenarios', '/'])('200 to the opening of a WebSocket at %s', async (path) => {
    const { port } = await serve();
    const socket = {
      ...KEY,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    const opened = open(port, message('GET', path, socket));
    const [first] = await once(opened, 'data');
    opened.destroy();
    expect(statusOf(String(first))).toBe(200);
  });
});
