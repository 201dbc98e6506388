import { mkdtempSync, rmSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type RequestOptions,
  request,
  type Server,
} from 'node:http';
import { createServer as createTlsServer, request as requestByTls } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createHttpListener, createMock } from '../../src/index.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../src/server/server.ts';
import { documentWith } from '../contract/cases/serving.ts';
import { FLAGS, PATHS, STATS } from '../mock/asking.ts';
import { message, send } from '../server/support/raw.ts';
import { API, KEY } from '../server/support/server.ts';

const servers: RunningServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close(0)));
});

async function start(options: ServerOptions = {}, mock = createMock()) {
  const server = await startServer(mock, { port: 0, ...options });
  servers.push(server);
  return { ...server, mock };
}

describe('CORS', () => {
  it('lets any origin read answers without credentials, and exposes every header of the mock', async () => {
    const { url } = await start();
    const { headers } = await fetch(url + API, { headers: KEY });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    const exposed = headers.get('access-control-expose-headers')?.split(', ') ?? [];
    const ours = [...headers.keys()].filter((name) => name.startsWith('x-mock-') || name === 'allow');
    expect(ours.length).toBeGreaterThan(3);
    expect(exposed.map((name) => name.toLowerCase())).toEqual(expect.arrayContaining(ours));
  });

  it('exposes the headers that a contract gives its answers', async () => {
    const headers = { 'X-Total': { example: 7 }, Link: { example: '</a>; rel="next"' } };
    const contract = documentWith({ '/a': { 200: { description: 'd', headers } } });
    const server = await startServer(createMock({ contract }), { port: 0 });
    servers.push(server);
    const received = await fetch(`${server.url}/a`);
    const exposed = received.headers.get('access-control-expose-headers')?.split(', ');
    expect(exposed).toEqual(expect.arrayContaining(['X-Mock-Operation', 'X-Total', 'Link']));
  });

  it.each(['QUERY', 'COPY', 'PATCH'])('lets a page send %s', async (method) => {
    const { url } = await start();
    const asked = { origin: 'http://a.example', 'access-control-request-method': method };
    const { headers } = await fetch(url + API, { method: 'OPTIONS', headers: asked });
    const allowed = headers.get('access-control-allow-methods')?.split(', ') ?? [];
    expect(allowed.filter((name) => name === method)).toEqual([method]);
  });

  it('answers a preflight before routing and keeps it out of the journal', async () => {
    const { url, mock } = await start();
    const response = await fetch(`${url}/anything`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:5173',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization, prefer',
      },
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization, prefer');
    expect(response.headers.get('access-control-allow-methods')).toContain('GET');
    expect(mock.journal.entries).toEqual([]);
  });

  it('routes an OPTIONS request that is not a preflight to the API', async () => {
    const { url } = await start();
    const response = await fetch(url + API, { method: 'OPTIONS', headers: KEY });
    expect(await response.json()).toMatchObject({ name: 'Stats' });
  });

  it.each([
    ['http://localhost:5173', 'http://localhost:5173'],
    ['http://evil.example', null],
    // Of an app, whose scheme is its own.
    ['capacitor://localhost', 'capacitor://localhost'],
  ])('with listed origins, answers %s with %s', async (origin, allowed) => {
    const { url } = await start({ corsOrigins: ['http://localhost:5173', 'capacitor://localhost'] });
    const { headers } = await fetch(url + API, { headers: { ...KEY, origin } });
    expect(headers.get('access-control-allow-origin')).toBe(allowed);
    expect(headers.get('access-control-allow-credentials')).toBe(allowed && 'true');
    expect(headers.get('vary')?.split(', ')).toEqual(expect.arrayContaining(['Origin', 'Prefer']));
  });
});

it('tells of a page whose origin is not listed, which its browser will not', async () => {
  const log: unknown[] = [];
  const onReply: ServerOptions['onReply'] = ({ method, path }, { provenance }) =>
    log.push([method, path, provenance.hint]);
  const { url } = await start({ corsOrigins: ['http://localhost:5173'], onReply });
  const ask = async (origin: string) => {
    const headers = { origin, 'access-control-request-method': 'GET' };
    return fetch(url + API, { method: 'OPTIONS', headers });
  };
  expect((await ask('http://localhost:5173')).headers.get('x-mock-hint')).toBeNull();
  expect(log).toEqual([]);
  const { status, headers } = await ask('http://127.0.0.1:5173');
  const hint =
    'The browser keeps pages of http://127.0.0.1:5173 from answers: --cors-origin ("corsOrigins" in code) has http://localhost:5173.';
  expect([status, headers.get('x-mock-hint'), headers.get('access-control-allow-origin')]).toEqual([
    200,
    hint,
    null,
  ]);
  expect(log).toEqual([['OPTIONS', API, hint]]);
});

describe('bodies', () => {
  it.each(['content-length', 'transfer-encoding'])(
    'are refused when they are too long: %s',
    async (header) => {
      const { url, port } = await start({ bodyLimit: 10 });
      const { status, body } = await post(port, 'x'.repeat(50), header === 'content-length');
      expect(status).toBe(413);
      expect(JSON.parse(body)).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', status: 413 });
      expect((await fetch(url + API, { headers: KEY })).status).toBe(200);
    },
  );

  it('that are too long are reported to onReply, as are later requests', async () => {
    const statuses: (number | null)[] = [];
    const { url, port } = await start({
      bodyLimit: 100_000,
      onReply: (_, reply) => statuses.push(reply.kind === 'response' ? reply.status : null),
    });
    expect((await post(port, 'x'.repeat(200_000), false)).status).toBe(413);
    expect((await fetch(url + API, { headers: KEY })).status).toBe(200);
    await expect.poll(() => statuses).toEqual([413, 200]);
  });

  it('are decoded as UTF-8', async () => {
    const { url } = await start();
    const body = JSON.stringify({ personal_api_key: 'phx_ü' });
    const response = await fetch(url + API, { method: 'POST', body });
    expect(await response.json()).toMatchObject({
      detail: 'Personal API key found in request body is invalid.',
    });
  });
});

describe('a mock that fails', () => {
  it('is a 500 problem for the client, and the server reports the error and keeps running', async () => {
    const failures: unknown[] = [];
    let isBroken = false;
    const mock = createMock({
      now: () => {
        if (isBroken) throw new Error('The clock has stopped.');
        return new Date(0);
      },
    });
    const { url } = await start({ onError: (cause) => failures.push(cause) }, mock);
    isBroken = true;
    const failed = await fetch(url + API, { headers: KEY });
    expect(failed.status).toBe(500);
    expect(await failed.json()).toMatchObject({ code: 'MOCK_FAILED', status: 500 });
    expect(failures).toEqual([new Error('The clock has stopped.')]);
    isBroken = false;
    expect((await fetch(url + API, { headers: KEY })).status).toBe(200);
  });
});

describe('the connection', () => {
  it('breaks off in the first byte of a response, after an interim one', async () => {
    const { port, mock } = await start();
    mock.use('network-error');
    expect(await send(port, message('GET', API, { Connection: 'keep-alive' }))).toBe(`${INTERIM}H`);
    expect(mock.journal.entries).toMatchObject([{ status: null, scenario: 'network-error' }]);
  });

  it('breaks off without a byte for HTTP/1.0, which has no interim responses', async () => {
    const { port, mock } = await start();
    mock.use('network-error');
    expect(await send(port, message('GET', API).replace('HTTP/1.1', 'HTTP/1.0'))).toBe('');
  });

  it('breaks off behind the answers to earlier requests, however long they take', async () => {
    const { port } = await start();
    const ask = (prefer: string) => message('GET', API, { ...KEY, Connection: 'keep-alive', Prefer: prefer });
    const received = await send(
      port,
      ask('delay=100') + ask('scenario=throttled') + ask('scenario=network-error') + ask('scenario=ok'),
    );
    expect(received.match(/HTTP\/1\.1 \d{3} /g)).toEqual(['HTTP/1.1 200 ', 'HTTP/1.1 429 ', 'HTTP/1.1 100 ']);
    expect(received.endsWith(`}${INTERIM}H`)).toBe(true);
  });

  it.each([
    { over: 'a Unix socket', listen: listenOnUnixSocket },
    { over: 'TLS', listen: listenWithTls },
  ])('breaks off over $over, which cannot be reset', async ({ listen }) => {
    const mock = createMock({ scenario: { [STATS]: 'network-error' } });
    const ask = await listen(createHttpListener(mock));
    await expect(ask(API)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await ask(PATHS[FLAGS])).statusCode).toBe(401);
  });

  it('accepts an absolute request target', async () => {
    const { port } = await start();
    const target = `http://us.posthog.com${API}`;
    const answer = await send(port, message('GET', target, KEY));
    expect(answer).toMatch(/^HTTP\/1.1 200 OK/);
  });

  it('carries no body in the answer to HEAD', async () => {
    const { port } = await start();
    const answer = await send(port, message('HEAD', API));
    expect(answer).toMatch(/^HTTP\/1.1 401/);
    expect(answer).toMatch(/\r\n\r\n$/);
  });
});

const INTERIM = 'HTTP/1.1 100 Continue\r\n\r\n';

type Ask = (path: string) => Promise<IncomingMessage>;

async function listenOnUnixSocket(listener: RequestListener): Promise<Ask> {
  const folder = mkdtempSync(join(tmpdir(), 'socket-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const socketPath = join(folder, 'mock');
  await listening(createServer(listener), socketPath);
  return (path) => answerOf(request, { socketPath, path });
}

/** With a key that both sides know, TLS needs no certificate. */
async function listenWithTls(listener: RequestListener): Promise<Ask> {
  const psk = Buffer.alloc(16, 1);
  const options = { ciphers: 'PSK', maxVersion: 'TLSv1.2' } as const;
  const server = await listening(createTlsServer({ ...options, pskCallback: () => psk }, listener), 0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens on no port.');
  const client = {
    ...options,
    pskCallback: () => ({ psk, identity: 'test' }),
    checkServerIdentity: () => undefined,
  };
  return (path) => answerOf(requestByTls, { ...client, port: address.port, path });
}

async function listening<S extends Server>(server: S, where: string | number): Promise<S> {
  await new Promise<void>((resolve) => server.listen(where, resolve));
  onTestFinished(() => void server.close());
  return server;
}

function answerOf(send: typeof request, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    send({ ...options, agent: false }, (incoming) => resolve(incoming.resume()))
      .on('error', reject)
      .end();
  });
}

describe('closing', () => {
  it('waits for an answer in progress', async () => {
    const { url, close } = await start();
    const response = fetch(url + API, { headers: { ...KEY, prefer: 'delay=200' } });
    await expect.poll(() => servers.length).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    const asked = await Promise.race([
      response.then(() => 'answered'),
      waitForRequest(url).then(() => 'under way'),
    ]);
    expect(asked).toBe('under way');
    await close();
    expect((await response).status).toBe(200);
  });

  it('does not wait for an answer that never comes', async () => {
    const { url, close, mock } = await start();
    const response = fetch(url + API, { headers: { ...KEY, prefer: 'scenario=timeout' } });
    const failure = expect(response).rejects.toThrow();
    await mock.journal.waitFor({ scenario: 'timeout' });
    await close(10);
    await failure;
  });
});

async function waitForRequest(url: string): Promise<void> {
  await fetch(`${url}/another`);
}

function post(port: number, body: string, hasLength: boolean) {
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const headers = hasLength
      ? { 'content-length': String(body.length) }
      : { 'transfer-encoding': 'chunked' };
    const outgoing = request({ host: '127.0.0.1', port, path: API, method: 'POST', headers }, (incoming) => {
      text(incoming).then((body) => resolve({ status: incoming.statusCode, body }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
