/**
 * Puts a real nginx with TLS in front of the server, with the configuration of the README and with another one, and uses
 * the API, sessions, the panel and the event stream through it. Installs nginx from Debian if it is missing.
 *
 * ```sh
 * npm run test:nginx
 * npm run test:nginx -- --if-available # is not run, and says so, where nginx is missing and cannot be installed
 * ```
 */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';
import { createMock } from '../../src/index.ts';
import { type RunningServer, startServer } from '../../src/server/server.ts';
import { theBlock } from '../readme/blocks.ts';
import { launchChromium } from '../setup/chromium.ts';
import { requireCommand } from '../setup/debian.ts';

const API = '/api/projects/1/experiments/stats/';
const KEY = { authorization: 'Bearer phx_experiment_read' };
/** Resolves to this machine in the clients of this file alone. */
const NAME = 'mock.example';

interface Setup {
  readonly name: string;
  readonly prefix: string;
  /** The configuration of nginx for a mock at `http://127.0.0.1:4010`. */
  readonly location: string;
}

const SETUPS: readonly Setup[] = [
  { name: 'below a prefix, as the README has it', prefix: '/posthog', location: theBlock('nginx') },
  {
    name: 'at the root, with the host of the client',
    prefix: '',
    location: 'location / { proxy_pass http://127.0.0.1:4010; proxy_set_header Host $host; }',
  },
];

function commands(): { readonly nginx: string; readonly openssl: string } | null {
  try {
    return { nginx: requireCommand('nginx', 'nginx-light'), openssl: requireCommand('openssl', 'openssl') };
  } catch (cause) {
    if (!process.argv.includes('--if-available')) throw cause;
    console.warn(`NOT RUN: ${cause}`);
    return null;
  }
}

/** A port that was free a moment ago: the public URL has to be known before nginx listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function writeCertificate(openssl: string, folder: string): string {
  const subject = ['-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME}`];
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  execFileSync(
    openssl,
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files],
    {
      stdio: 'ignore',
    },
  );
  return readFileSync(join(folder, 'cert.pem'), 'utf8');
}

async function startNginx(
  nginx: string,
  folder: string,
  port: number,
  location: string,
): Promise<ChildProcess> {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
${temporary.map((name) => `  ${name}_temp_path ${folder}/${name};`).join('\n')}
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${folder}/cert.pem;
    ssl_certificate_key ${folder}/key.pem;
${location}
  }
}
`,
  );
  const args = ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')];
  const child = spawn(nginx, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  while (!(await isOpen(port))) {
    assert.equal(child.exitCode, null, 'nginx has ended');
    await wait(50);
  }
  return child;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function describeBehind(
  { name, prefix, location }: Setup,
  { nginx, openssl }: { nginx: string; openssl: string },
) {
  describe(`behind nginx with TLS, ${name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
    const mock = createMock();
    let certificate = '';
    let port = 0;
    let base = '';
    let server: RunningServer;
    let proxy: ChildProcess;
    let browser: Browser;

    before(async () => {
      certificate = writeCertificate(openssl, folder);
      port = await freePort();
      base = `https://${NAME}:${port}${prefix}`;
      server = await startServer(mock, { port: 0, publicUrl: base });
      proxy = await startNginx(nginx, folder, port, location.replace('4010', String(server.port)));
      const launched = await launchChromium([`--host-resolver-rules=MAP ${NAME} 127.0.0.1`]);
      browser = await chromium.connect(launched.wsEndpoint());
      browser.once('disconnected', () => launched.close());
    });

    after(async () => {
      await browser?.close();
      proxy?.kill();
      if (proxy) await once(proxy, 'exit');
      await server?.close(0);
      rmSync(folder, { recursive: true, force: true });
    });

    /** Sends a request through nginx. */
    function send(url: string, method = 'GET', headers: OutgoingHttpHeaders = {}, body = '') {
      const { pathname, search, host } = new URL(url);
      const options = {
        host: '127.0.0.1',
        port,
        servername: NAME,
        ca: certificate,
        method,
        path: pathname + search,
      };
      return new Promise<IncomingMessage>((resolve, reject) => {
        request({ ...options, agent: false, headers: { host, ...headers } }, resolve)
          .once('error', reject)
          .end(body);
      });
    }

    const status = async (...args: Parameters<typeof send>) => {
      const response = await send(...args);
      response.resume();
      return response.statusCode;
    };

    it('answers as the API, with CORS headers', async () => {
      const response = await send(base + API, 'GET', { ...KEY, origin: 'https://app.example' });
      assert.equal(response.statusCode, 200);
      assert.equal(response.headers['access-control-allow-origin'], '*');
      assert.equal(JSON.parse(await text(response)).launched_last_30d, 8);
      assert.match(mock.journal.entries.at(-1)?.curl ?? '', new RegExp(` ${base}${API}`));
    });

    it('is up for anyone, and names itself in the index', async () => {
      assert.equal(await status(`${base}/__mock__/health`), 200);
      const strange = { host: 'other.example' };
      assert.match(
        await text(await send(`${base}/`, 'GET', strange)),
        /^posthog-experiments-mock (is up|at )/,
      );
      assert.match(await text(await send(`${base}/`)), new RegExp(`^posthog-experiments-mock at ${base}\n`));
    });

    it('opens sessions whose base URL works', async () => {
      const json = { 'content-type': 'application/json' };
      const response = await send(`${base}/__mock__/sessions`, 'POST', json, '{"scenario":"throttled"}');
      const session = JSON.parse(await text(response));
      assert.equal(session.baseUrl, `${base}/__mock__/s/${session.id}`);
      assert.equal(base + session.path, session.baseUrl);
      assert.equal(await status(session.baseUrl + API, 'GET', KEY), 429);
      assert.equal(await status(base + API, 'GET', KEY), 200);
    });

    it('streams events as they come', async () => {
      const stream = await send(`${base}/__mock__/events`);
      stream.setEncoding('utf8');
      const chunks = stream[Symbol.asyncIterator]();
      assert.match(String((await chunks.next()).value), /^: connected/);
      await status(`${base}/api/streamed`, 'GET', KEY);
      assert.match(String((await chunks.next()).value), /^event: request\ndata: .*\/api\/streamed/);
      stream.destroy();
    });

    it('lets its own pages control it, and no others', async () => {
      const put = (origin: string) =>
        status(
          `${base}/__mock__/scenario`,
          'PUT',
          { 'content-type': 'application/json', origin },
          '{"scenario":"ok"}',
        );
      assert.equal(await put(new URL(base).origin), 200);
      assert.equal(await put('https://evil.example'), 403);
    });

    it('redirects to the panel below the prefix, where it works in Chromium', async () => {
      const page = await browser.newPage({ ignoreHTTPSErrors: true });
      page.setDefaultTimeout(20_000);
      await page.goto(`${base}/__mock__`);
      assert.equal(page.url(), `${base}/__mock__/`);
      await page.getByRole('radio', { name: /^missing-scope/ }).click();
      await page.getByRole('status').filter({ hasText: 'missing-scope is on' }).waitFor();
      assert.equal(mock.scenario.default, 'missing-scope');
      await page.getByRole('button', { name: 'Send request' }).click();
      await page.locator('.entry-summary').filter({ hasText: '403' }).first().waitFor();
      // Comes by the event stream: the page does not know of it.
      await status(`${base}/api/from-elsewhere`, 'GET', KEY);
      await page.locator('.entry-summary').filter({ hasText: 'from-elsewhere' }).waitFor();
      mock.use('ok');
      await page.close();
    });
  });
}

const found = commands();
if (found) for (const setup of SETUPS) describeBehind(setup, found);
