import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { closing, message, open, receive, send, statusOf } from './support/raw.ts';
import { API, JSON_BODY, KEY, scenarioAt, serve } from './support/server.ts';

const HEAD = `POST ${API} HTTP/1.1\r\nHost: localhost\r\n`;
const STEER = '{"scenario":"server-error"}';

it('reads a key that comes after thousands of other headers', async () => {
  const { port } = await serve();
  const others = Object.fromEntries(Array.from({ length: 2_100 }, (_, at) => [`a${at}`, '']));
  expect(statusOf(await send(port, message('GET', API, { ...others, ...KEY })))).toBe(200);
});

describe('a message that is not HTTP is refused and its connection closed, and the next is served', () => {
  it.each([
    {
      case: 'with an invalid first byte',
      bytes: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      status: 400,
    },
    {
      case: 'with an invalid chunk size',
      bytes: `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
      status: 400,
    },
    {
      case: 'with 64 kB of chunk extensions',
      bytes: `${HEAD}Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(65_536)}\r\na\r\n0\r\n\r\n`,
      status: 413,
    },
  ])('$case', async ({ bytes, status }) => {
    const { url, port, failures } = await serve();
    const received = await send(port, bytes);
    expect(statusOf(received), received).toBe(status);
    expect(await scenarioAt(url)).toBe('ok');
    expect(failures).toEqual([]);
  });
});

describe('a body is never taken for a request', () => {
  const smuggled = message('PUT', '/__mock__/scenario', JSON_BODY, STEER);

  it.each([
    { to: 'the API', method: 'POST', path: API, status: 405 },
    { to: 'GET of the API', method: 'GET', path: API, status: 200 },
    { to: 'a preflight', method: 'OPTIONS', path: API, status: 200 },
    { to: 'the control plane', method: 'PUT', path: '/__mock__/clock', status: 400 },
    { to: 'an unknown route', method: 'PUT', path: '/__mock__/nothing', status: 404 },
    { to: 'an operation without a body', method: 'DELETE', path: '/__mock__/requests', status: 204 },
    { to: 'the index', method: 'GET', path: '/', status: 200 },
  ])('sent to $to', async ({ method, path, status }) => {
    const { url, port } = await serve();
    const preflight = { Origin: 'http://a.example', 'Access-Control-Request-Method': 'PUT' };
    const headers = {
      ...KEY,
      ...JSON_BODY,
      ...(method === 'OPTIONS' && preflight),
      Connection: 'keep-alive',
    };
    const received = await send(port, message(method, path, headers, smuggled) + message('GET', '/last'));
    expect(statusOf(received)).toBe(status);
    expect(received.match(/HTTP\/1\.1 \d{3} /g)).toHaveLength(2);
    expect(received).not.toContain('"selected"');
    expect(await scenarioAt(url)).toBe('ok');
  });
});

describe('a body that is too long', () => {
  const MEBIBYTE = 1_048_576;
  const smuggled = message('PUT', '/__mock__/scenario', JSON_BODY, STEER);
  const body = smuggled.repeat(Math.ceil((3 * MEBIBYTE) / smuggled.length));

  it.each([
    { case: 'of known length', length: { 'Content-Length': `${body.length}` }, sent: body },
    {
      case: 'in chunks',
      length: { 'Transfer-Encoding': 'chunked' },
      sent: `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    },
  ])(
    '$case is refused with a problem even if sent completely, and not taken for a request',
    async ({ length, sent }) => {
      const { url, port } = await serve();
      const head = message('POST', API, { ...KEY, ...length, Connection: 'keep-alive' });
      const received = await send(port, head + sent + message('GET', '/last'));
      expect(received.match(/HTTP\/1\.1 \d{3} /g)).toEqual(['HTTP/1.1 413 ', 'HTTP/1.1 404 ']);
      expect(received).toContain('"code":"PAYLOAD_TOO_LARGE"');
      expect(await scenarioAt(url)).toBe('ok');
    },
  );

  it.each([
    { method: 'POST', path: API },
    { method: 'PUT', path: '/__mock__/fixtures' },
  ])('and endless is cut off by $method $path', async ({ method, path }) => {
    const { url, port } = await serve();
    const head = message(method, path, { ...JSON_BODY, 'Transfer-Encoding': 'chunked' });
    const socket = open(port, head).resume();
    const over = closing(socket);
    const chunk = `100000\r\n${' '.repeat(MEBIBYTE)}\r\n`;
    let chunks = 0;
    for (; chunks < 500 && !socket.destroyed; chunks += 1) {
      if (socket.write(chunk)) await setImmediate();
      else await Promise.race([over, new Promise((resolve) => socket.once('drain', resolve))]);
    }
    expect(chunks).toBeLessThan(500);
    expect(await scenarioAt(url)).toBe('ok');
  });
});

it.each([API, '/__mock__/scenarios'])('a request for %s sent byte by byte is answered', async (path) => {
  const { port } = await serve();
  const socket = open(port);
  const received = receive(socket);
  for (const byte of message('GET', path, KEY)) {
    socket.write(byte);
    await setImmediate();
  }
  expect(statusOf(await received)).toBe(200);
});

it('incomplete requests do not keep a server from closing', async () => {
  const { port, close } = await serve();
  const starts = [
    '',
    'GET',
    `${HEAD}`,
    `${HEAD}Content-Length: 10\r\n\r\nabc`,
    message('GET', '/__mock__/events'),
  ];
  const sockets = starts.map((bytes) => {
    const socket = open(port, bytes).resume();
    return { ended: closing(socket), connected: once(socket, 'connect') };
  });
  await Promise.all(sockets.map(({ connected }) => connected));
  await close(0);
  await Promise.all(sockets.map(({ ended }) => ended));
});
