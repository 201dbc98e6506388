import { describe, expect, it } from 'vitest';
import { message, send, statusOf } from '../support/raw.ts';
import { JSON_BODY, openSession, scenarioAt, serve } from '../support/server.ts';

/** Requests that need the token. Each would show in the scenario or in the answer. */
const ATTACKS = [
  { method: 'PUT', path: '/scenario', body: '{"scenario":"server-error"}' },
  { method: 'POST', path: '/reset', body: '' },
  { method: 'DELETE', path: '/requests', body: '' },
  { method: 'POST', path: '/sessions', body: '{}' },
  { method: 'PUT', path: '/clock', body: '{"now":"2001-01-01T00:00:00Z"}' },
  { method: 'GET', path: '/requests', body: '' },
  { method: 'GET', path: '/fixtures', body: '' },
  { method: 'GET', path: '/events', body: '' },
  { method: 'GET', path: '/sessions', body: '' },
  { method: 'GET', path: '/scenarios', body: '' },
  { method: 'OPTIONS', path: '/scenario', body: '' },
] as const;

type Attack = (typeof ATTACKS)[number];

/** Makes every attack with the same headers, on the shared mock and on a session, and expects refusals. */
async function attackWith(headers: Readonly<Record<string, string>>, token?: string) {
  const { url, port, mock } = await serve({ token });
  mock.use('throttled');
  await fetch(`${url}/api/before`);
  const before = { snapshot: mock.snapshot(), asked: mock.journal.entries.length };
  const make = ({ method, path, body }: Attack, base: string) =>
    send(port, message(method, base + path, { ...JSON_BODY, ...headers }, body));
  const received = await Promise.all(
    ATTACKS.flatMap((attack) => [make(attack, '/__mock__'), make(attack, '/__mock__/s/any/__mock__')]),
  );
  const after = { snapshot: mock.snapshot(), asked: mock.journal.entries.length };
  return { received, before, after };
}

async function expectRefused(headers: Readonly<Record<string, string>>, token?: string): Promise<void> {
  const { received, before, after } = await attackWith(headers, token);
  for (const answer of received) {
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).toContain('"code":"CONTROL_FORBIDDEN"');
    expect(answer).not.toMatch(/access-control-/i);
  }
  expect(after).toEqual(before);
}

describe('a page whose host name resolves to this machine (DNS rebinding) can neither read nor control the mock', () => {
  it.each([
    'evil.example',
    'evil.example:4010',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil-localhost',
    'notlocalhost:4010',
    '127.0.0.1.',
    '0.0.0.0',
    '10.0.0.1:4010',
    '[::]',
    '[fe80::1]:4010',
    'phx_secret.example',
  ])('under the host %s', async (host) => {
    await expectRefused({ Host: host });
  });

  it.each(['localhost', 'LOCALHOST:80', 'a.b.localhost', '127.0.0.1', '127.9.9.9:1', '[::1]:4010'])(
    'but the host %s is accepted',
    async (host) => {
      const { port } = await serve();
      expect(statusOf(await send(port, message('GET', '/__mock__/scenarios', { Host: host })))).toBe(200);
    },
  );

  it('but an allowed host is accepted with any port and case', async () => {
    const { port } = await serve({ allowedHosts: ['Mock.Test'] });
    const status = async (Host: string) =>
      statusOf(await send(port, message('GET', '/__mock__/scenarios', { Host })));
    expect(await status('mock.test:8080')).toBe(200);
    expect(await status('other.mock.test')).toBe(403);
  });

  it.each([
    '',
    'a b',
    '[',
    'localhost/@evil.example',
    'localhost:99999',
    'evil.example, localhost',
    '@',
    '[::ffff:10.0.0.1]',
  ])('with the invalid host "%s"', async (host) => {
    const { port, failures } = await serve();
    const received = await send(port, message('GET', '/__mock__/requests', { Host: host }));
    expect([400, 403]).toContain(statusOf(received));
    expect(failures).toEqual([]);
  });

  it('with two Host headers', async () => {
    const { port } = await serve();
    const twice = message('GET', '/__mock__/requests', { Host: 'evil.example\r\nHost: a.localhost' });
    expect([400, 403]).toContain(statusOf(await send(port, twice)));
  });
});

describe('a page of another site can neither read nor control the mock', () => {
  it.each([
    { by: 'a fetch', headers: { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' } },
    { by: 'a fetch from another port', headers: { Origin: 'http://127.0.0.1:1' } },
    { by: 'a fetch by another name of this machine', headers: { Origin: 'http://localhost' } },
    { by: 'a fetch from a frame without an origin', headers: { Origin: 'null' } },
    { by: 'an invalid origin', headers: { Origin: 'x' } },
    { by: 'two origins', headers: { Origin: 'http://127.0.0.1\r\nOrigin: https://evil.example' } },
    {
      by: 'a form',
      headers: { Origin: 'https://evil.example', 'Content-Type': 'application/x-www-form-urlencoded' },
    },
    { by: 'an image or a script', headers: { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' } },
    { by: 'an image of a sibling', headers: { 'Sec-Fetch-Site': 'same-site' } },
    { by: 'a link', headers: { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' } },
    {
      by: 'a preflight',
      headers: {
        Origin: 'https://evil.example',
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'content-type',
        'Access-Control-Request-Private-Network': 'true',
      },
    },
  ])('by $by', async ({ headers }) => {
    await expectRefused(headers);
  });

  it('but the mock’s own page can, and gets no CORS headers', async () => {
    const { url, port } = await serve();
    const own = {
      Host: `localhost:${port}`,
      Origin: `http://localhost:${port}`,
      'Sec-Fetch-Site': 'same-origin',
    };
    const sent = message('PUT', '/__mock__/scenario', { ...own, ...JSON_BODY }, '{"scenario":"throttled"}');
    const received = await send(port, sent);
    expect(statusOf(received)).toBe(200);
    expect(received).not.toMatch(/access-control-/i);
    expect(await scenarioAt(url)).toBe('throttled');
  });
});

describe('reading or controlling the mock is refused', () => {
  const TOKEN = 'Right-Token-1';

  it.each([
    { case: 'no token', headers: {} },
    { case: 'an empty token', headers: { 'X-Mock-Token': '' } },
    { case: 'a wrong token', headers: { 'X-Mock-Token': 'wrong' } },
    { case: 'a prefix of the token', headers: { 'X-Mock-Token': 'Right-Token-' } },
    { case: 'the token and another character', headers: { 'X-Mock-Token': 'Right-Token-11' } },
    { case: 'the token in another case', headers: { 'X-Mock-Token': 'right-token-1' } },
    { case: 'the token twice', headers: { 'X-Mock-Token': 'Right-Token-1\r\nX-Mock-Token: Right-Token-1' } },
    { case: 'the token as a key', headers: { Authorization: 'Bearer Right-Token-1' } },
    { case: 'the token as a cookie', headers: { Cookie: 'X-Mock-Token=Right-Token-1; token=Right-Token-1' } },
  ])('with $case', async ({ headers }) => {
    await expectRefused(headers, TOKEN);
  });

  it('without showing the right or the given token', async () => {
    const { port } = await serve({ token: TOKEN });
    const received = await send(port, message('GET', '/__mock__/scenarios', { 'X-Mock-Token': 'Given-1' }));
    expect(received).toContain('CONTROL_FORBIDDEN');
    expect(received).not.toMatch(/Right-Token|Given/);
  });

  it('but the panel’s page and the API need no token', async () => {
    const { url } = await serve({ token: TOKEN });
    expect(await scenarioAt(url)).toBe('ok');
    const page = await (await fetch(`${url}/__mock__/`)).text();
    expect(page).toContain('<script type="module" src="panel.js">');
    expect(page).not.toContain(TOKEN);
  });

  it('but allowed with the token, except to a page of another site', async () => {
    const { url, port } = await serve({ token: TOKEN });
    const headers = { 'X-Mock-Token': TOKEN };
    expect((await fetch(`${url}/__mock__/scenarios`, { headers })).status).toBe(200);
    const page = { ...headers, Origin: 'https://evil.example' };
    expect(statusOf(await send(port, message('GET', '/__mock__/scenarios', page)))).toBe(403);
  });
});

describe('without a control plane', () => {
  it('nothing can be read or controlled, and the API still answers', async () => {
    const { url, port, mock } = await serve({ control: false });
    for (const { method, path, body } of ATTACKS) {
      const received = await send(port, message(method, `/__mock__${path}`, JSON_BODY, body));
      expect(received).toMatch(/^HTTP\/1\.1 404 /);
      expect(received).toContain('"code":"NO_PATH_MATCHED"');
    }
    expect((await fetch(`${url}/__mock__/`)).status).toBe(404);
    expect(mock.scenario.default).toBe('ok');
    expect(await scenarioAt(url)).toBe('ok');
  });
});

it('a session is protected like the shared mock', async () => {
  const { url, port } = await serve();
  const { pathname } = new URL(await openSession(url));
  const attack = (headers: Readonly<Record<string, string>>) =>
    send(
      port,
      message('PUT', `${pathname}/__mock__/scenario`, { ...JSON_BODY, ...headers }, '{"scenario":"ok"}'),
    );
  expect(statusOf(await attack({ Host: 'evil.example' }))).toBe(403);
  expect(statusOf(await attack({ Origin: 'https://evil.example' }))).toBe(403);
  expect(await scenarioAt(url + pathname)).toBe('missing-scope');
  expect(statusOf(await attack({}))).toBe(200);
  expect(await scenarioAt(url + pathname)).toBe('ok');
});
