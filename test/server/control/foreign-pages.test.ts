import { once } from 'node:events';
import { createServer, type RequestListener, request } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../conformance/fronts/chromium.ts';
import { API, KEY, scenarioAt, serve } from '../support/server.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await connect();
});

afterAll(() => browser.close());

/** Listens on 127.0.0.1 until the test is over. */
async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error(`No port but ${address}.`);
  return address.port;
}

/** An attacker's page on a port of its own. */
async function openForeign(host: string): Promise<Page> {
  const port = await listen((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><body>');
  });
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(`http://${host}:${port}/`);
  return page;
}

/** What a page's script sees of a fetch: a status, `opaque`, or `blocked`. */
function fetchIn(page: Page, url: string, init: RequestInit = {}): Promise<number | string> {
  return page.evaluate(
    ([url, init]) =>
      fetch(url, init).then(
        ({ type, status }) => (type === 'opaque' ? type : status),
        () => 'blocked',
      ),
    [url, init] as const,
  );
}

const JSON_TYPE = { 'content-type': 'application/json' };
const STEER = '{"scenario":"server-error"}';

/** `localhost` is cross-site to 127.0.0.1; another port of 127.0.0.1 is same-site but cross-origin. */
describe.each(['localhost', '127.0.0.1', 'evil.localhost'])(
  'in Chromium, a page at another port of %s',
  (host) => {
    it.each<{ what: string; path: string; init: RequestInit }>([
      { what: 'the journal', path: '/requests', init: {} },
      { what: 'the rows', path: '/fixtures', init: { mode: 'cors', credentials: 'include' } },
      { what: 'the events', path: '/events', init: {} },
      {
        what: 'its own state by another method',
        path: '/scenario',
        init: { method: 'PUT', headers: JSON_TYPE, body: STEER },
      },
      { what: 'with a method that needs no preflight', path: '/reset', init: { method: 'POST' } },
      {
        what: 'with a body that needs no preflight',
        path: '/sessions',
        init: { method: 'POST', body: '{}' },
      },
      { what: 'with a token', path: '/scenarios', init: { headers: { 'x-mock-token': 'guess' } } },
    ])('cannot fetch: $what', async ({ path, init }) => {
      const { url, mock } = await serve();
      mock.use('throttled');
      const page = await openForeign(host);
      expect(await fetchIn(page, `${url}/__mock__${path}`, init)).toBe('blocked');
      expect(mock.scenario.default).toBe('throttled');
    });

    it.each([
      { path: '/reset', init: { method: 'POST' } },
      { path: '/sessions', init: { method: 'POST', body: '{}' } },
      { path: '/scenario', init: { method: 'POST', body: STEER } },
    ])('changes nothing with a no-cors fetch: $path', async ({ path, init }) => {
      const { url, mock } = await serve();
      mock.use('throttled');
      const page = await openForeign(host);
      expect(await fetchIn(page, `${url}/__mock__${path}`, { ...init, mode: 'no-cors' })).toBe('opaque');
      expect(mock.scenario.default).toBe('throttled');
      expect(await sessionsAt(url)).toBe(0);
    });

    it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data'])(
      'changes nothing with a form of type %s',
      async (enctype) => {
        const { url, mock } = await serve();
        mock.use('throttled');
        for (const path of ['/reset', '/sessions', '/scenario', '/change-requests/1/approve']) {
          const page = await openForeign(host);
          const answer = page.waitForResponse((response) => response.url().startsWith(url));
          await page.evaluate(
            ([action, enctype]) => {
              const form = Object.assign(document.createElement('form'), { method: 'post', action, enctype });
              form.append(Object.assign(document.createElement('input'), { name: '{"a":"', value: '"}' }));
              document.body.append(form);
              form.submit();
            },
            [`${url}/__mock__${path}`, enctype] as const,
          );
          expect((await answer).status()).toBe(403);
        }
        expect(mock.scenario.default).toBe('throttled');
        expect(await sessionsAt(url)).toBe(0);
      },
    );

    it('cannot frame the panel', async () => {
      const { url } = await serve();
      const page = await openForeign(host);
      const answer = page.waitForResponse((response) => response.url().startsWith(url));
      await page.evaluate((src) => {
        document.body.append(Object.assign(document.createElement('iframe'), { src }));
      }, `${url}/__mock__/`);
      expect((await answer).status()).toBe(403);
    });

    it('cannot read the event stream', async () => {
      const { url } = await serve();
      const page = await openForeign(host);
      const outcome = await page.evaluate(
        (url) =>
          new Promise((resolve) => {
            const source = new EventSource(url);
            source.onopen = () => resolve('open');
            source.onerror = () => resolve(source.readyState === EventSource.CLOSED ? 'refused' : 'again');
          }),
        `${url}/__mock__/events`,
      );
      expect(outcome).toBe('refused');
    });

    it('can request the API, like any page', async () => {
      const { url } = await serve();
      const page = await openForeign(host);
      expect(await fetchIn(page, url + API, { headers: KEY })).toBe(200);
    });
  },
);

it('in Chromium, a page whose host name resolves to the server (DNS rebinding) cannot control it', async () => {
  const { port, url, mock } = await serve();
  // Stands in for DNS: every host name resolves to this server.
  const proxy = await listen((incoming, response) => {
    const { pathname, search } = new URL(incoming.url ?? '', 'http://evil.example');
    const { method, headers } = incoming;
    const onward = request(
      { port, host: '127.0.0.1', method, path: pathname + search, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      },
    );
    incoming.pipe(onward);
  });
  const context = await browser.newContext({ proxy: { server: `http://127.0.0.1:${proxy}` } });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto('http://evil.example/api/');
  expect(await fetchIn(page, API, { headers: KEY })).toBe(200);
  for (const path of ['/requests', '/scenarios', '/fixtures', '/'])
    expect(await fetchIn(page, `/__mock__${path}`)).toBe(403);
  const put = { method: 'PUT', headers: JSON_TYPE, body: STEER };
  expect(await fetchIn(page, '/__mock__/scenario', put)).toBe(403);
  expect(mock.scenario.default).toBe('ok');
  expect(await scenarioAt(url)).toBe('ok');
});

it('in Chromium, the server’s own page can control it', async () => {
  const { url, mock } = await serve();
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(`${url}/__mock__/health`);
  const put = { method: 'PUT', headers: JSON_TYPE, body: STEER };
  expect(await fetchIn(page, '/__mock__/scenario', put)).toBe(200);
  expect(mock.scenario.default).toBe('server-error');
});

async function sessionsAt(url: string): Promise<number> {
  const { sessions } = await (await fetch(`${url}/__mock__/health`)).json();
  return sessions;
}
