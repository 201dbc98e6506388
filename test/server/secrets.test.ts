import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, run } from '../cli/running.ts';
import { message, send } from './support/raw.ts';
import { API, JSON_BODY, openSession, serve } from './support/server.ts';

/** Must never appear in output. Only letters and digits, so that no escaping can hide it. */
const SECRET = 'Leak4711Leak';
const TOKEN = 'Token4711Token';
const KEY = `phx_${SECRET}`;

const everyLetterEscaped = (text: string) =>
  text.replaceAll(/./g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** A request for each place where a key can be sent. */
const CARRIERS: readonly {
  readonly as: string;
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}[] = [
  { as: 'a bearer', headers: { Authorization: `Bearer ${KEY}` } },
  { as: 'a bearer in lower case', headers: { authorization: `bearer ${KEY.toLowerCase()}` } },
  { as: 'a bearer in capitals', headers: { AUTHORIZATION: `BEARER ${KEY.toUpperCase()}` } },
  { as: 'a key without a prefix', headers: { Authorization: `Basic ${SECRET}` } },
  { as: 'two bearers', headers: { Authorization: `Bearer a\r\nAuthorization: Bearer ${KEY}` } },
  { as: 'a proxy authorization', headers: { 'Proxy-Authorization': `Basic ${SECRET}` } },
  { as: 'a cookie', headers: { Cookie: `session=${SECRET}; b=1` } },
  { as: 'a token of the control plane', headers: { 'X-Mock-Token': SECRET } },
  { as: 'a header of another name', headers: { 'X-Other': `is ${KEY}, is it` } },
  { as: 'an escaped header', headers: { 'X-Other': everyLetterEscaped(KEY) } },
  { as: 'the name of a header', headers: { [`X-${KEY}`]: '1' } },
  { as: 'a header that is named like the field', headers: { Personal_Api_Key: SECRET } },
  { as: 'a referer', headers: { Referer: `http://a.example/?personal_api_key=${SECRET}` } },
  { as: 'a preference', headers: { Prefer: `scenario=${KEY}` } },
  { as: 'a quoted preference', headers: { Prefer: `scenario="${KEY}", code=${KEY}` } },
  { as: 'a session', headers: { 'X-Mock-Session': KEY } },
  { as: 'a content type', headers: { 'Content-Type': `text/plain; a=${KEY}` }, body: 'x' },
  { as: 'a host', headers: { Host: `${KEY}.example` } },
  { as: 'an origin', headers: { Origin: `http://${KEY}.example` } },
  { as: 'a query', target: `${API}?personal_api_key=${SECRET}` },
  { as: 'a query in capitals', target: `${API}?PERSONAL_API_KEY=${SECRET}` },
  { as: 'a query with an escaped name', target: `${API}?personal%5Fapi%5fkey=${SECRET}` },
  { as: 'a query with an escaped value', target: `${API}?a=${everyLetterEscaped(KEY)}` },
  { as: 'a query that was escaped twice', target: `${API}?a=%2570hx_${SECRET}` },
  { as: 'a query of another name', target: `${API}?token=${KEY.toUpperCase()}` },
  { as: 'the name of a query parameter', target: `${API}?${KEY}=1` },
  { as: 'a list in a query', target: `${API}?personal_api_key[]=${SECRET}&personal_api_key=${SECRET}` },
  { as: 'a path that matches nothing', target: `/${KEY}/?a` },
  { as: 'a path below /api/', target: `/api/projects/${KEY}/experiments/stats/` },
  { as: 'an escaped path', target: `/api/${everyLetterEscaped(KEY)}/experiments/stats/` },
  { as: 'the id of a session in the path', target: `/__mock__/s/${KEY}${API}` },
  { as: 'an absolute target', target: `http://${KEY}:${KEY}@a.example${API}?personal_api_key=${SECRET}` },
  { as: 'a JSON body', headers: JSON_BODY, body: `{"personal_api_key":"${SECRET}"}` },
  { as: 'a JSON body in capitals', headers: JSON_BODY, body: `{"PERSONAL_API_KEY":"${SECRET}"}` },
  { as: 'a key deep in a body', headers: JSON_BODY, body: `{"a":[{"b":"${KEY}","${KEY}":1}]}` },
  {
    as: 'an escaped body',
    headers: JSON_BODY,
    body: `{"personal\\u005fapi_key":"${SECRET}","a":"\\u0070hx_${SECRET}"}`,
  },
  { as: 'a body that is broken', headers: JSON_BODY, body: `{"personal_api_key":"${SECRET}` },
  { as: 'a form', headers: form, body: `a=1&personal_api_key=${SECRET}&b=2` },
  { as: 'an escaped form', headers: form, body: `a=${everyLetterEscaped(KEY)}&personal%5Fapi_key=${SECRET}` },
  {
    as: 'a multipart form',
    headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    body: `--x\r\nContent-Disposition: form-data; name="personal_api_key"\r\n\r\n${SECRET}\r\n--x--\r\n`,
  },
  { as: 'text', headers: { 'Content-Type': 'text/plain' }, body: `my key is ${KEY}` },
  {
    as: 'a part with a file name',
    headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    body: `--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\nContent-Type: text/plain\r\n\r\n${SECRET}\r\n--x--\r\n`,
  },
  { as: 'YAML', headers: { 'Content-Type': 'text/yaml' }, body: `a: 1\nkey: ${SECRET}\n` },
  { as: 'XML', headers: { 'Content-Type': 'text/xml' }, body: `<a><key>${SECRET}</key></a>` },
  { as: 'a query that the rows know', target: `${API}?a=${SECRET}` },
  { as: 'a path that the rows know', target: `/nope/${everyLetterEscaped(SECRET)}` },
  { as: 'a session that the rows know', headers: { 'X-Mock-Session': SECRET } },
  { as: 'a preference with backslashes', headers: { Prefer: 'scenario="p\\h\\x\\_Leak\\4711Leak"' } },
  { as: 'an expectation that the rows know', headers: { Expect: SECRET } },
  { as: 'a body that is too long', headers: JSON_BODY, body: `"${KEY}${'x'.repeat(5_000)}"` },
];

/** Decodes escapes twice, as a reader might. */
function plain(text: string): string {
  const escapes = /%([0-9a-f]{2})|\\u00([0-9a-f]{2})/gi;
  const once = (given: string) =>
    given.replaceAll(escapes, (_, percent?: string, unicode?: string) =>
      String.fromCharCode(Number.parseInt(percent ?? unicode ?? '', 16)),
    );
  return once(once(text)).toLowerCase();
}

const PACT = '/pact?consumer=a&provider=b';

function expectNoSecret(text: string): void {
  expect(plain(text)).not.toContain(SECRET.toLowerCase());
  expect(plain(text)).not.toContain(TOKEN.toLowerCase());
}

describe.each([
  { log: 'text', args: [] },
  { log: 'JSON', args: ['--json'] },
])('a key in a request, with everything logged as $log', ({ args }) => {
  let server: Running;
  let url: string;
  let fixtures: string;

  beforeAll(async () => {
    fixtures = mkdtempSync(join(tmpdir(), 'mock-'));
    const keys = [{ value: SECRET, user_id: 1, scopes: [] }];
    writeFileSync(join(fixtures, 'personal-api-keys.json'), JSON.stringify(keys));
    const options = ['--port', '0', '--token', TOKEN, '--fixtures', fixtures, '--log-level', 'debug'];
    server = run([...options, ...args]);
    url = await server.url();
  });

  afterAll(async () => {
    server.child.kill('SIGKILL');
    await server.finished;
    rmSync(fixtures, { recursive: true });
  });

  const control = (path: string, init: RequestInit = {}) =>
    fetch(`${url}/__mock__${path}`, { ...init, headers: { ...JSON_BODY, 'X-Mock-Token': TOKEN } });

  it.each(CARRIERS)('sent as $as is in no answer, journal, curl line, event or log', async (carrier) => {
    const { target = API, headers = {}, body = '' } = carrier;
    await control('/requests', { method: 'DELETE' });
    const events = await control('/events');
    const port = Number(new URL(url).port);
    const answer = await send(port, message(body === '' ? 'GET' : 'POST', target, headers, body));
    expect(answer).toMatch(/^HTTP\/1\.1 \d/);
    expectNoSecret(answer);
    await fetch(`${url}/after-${encodeURIComponent(carrier.as)}`);
    expectNoSecret(await readUntil(events, '/after-'));
    expectNoSecret(await (await control(PACT)).text());
    const journal = await (await control('/requests')).text();
    expect(journal).toContain('/after-');
    expectNoSecret(journal);
    await expect.poll(() => server.texts.out).toContain(`/after-${encodeURIComponent(carrier.as)}`);
    expectNoSecret(server.texts.out + server.texts.err);
  });
});

async function readUntil({ body }: Response, end: string): Promise<string> {
  let received = '';
  if (!body) throw new Error('The response has no body.');
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    received += decoder.decode(part.value, { stream: true });
    if (received.includes(end)) break;
  }
  await reader.cancel();
  return received;
}

describe('the control plane does not repeat keys in refused requests', () => {
  it.each<{ method?: string; path: string; body?: string }>([
    { method: 'PUT', path: '/scenario', body: KEY },
    { method: 'PUT', path: '/scenario', body: `{"personal_api_key": ${SECRET}` },
    { method: 'PUT', path: '/scenario', body: `{"scenario": "ok", "personal_api_key": "${SECRET}", }` },
    { method: 'PUT', path: '/scenario', body: `{"scenario": "ok" "${KEY}"}` },
    { method: 'PUT', path: '/scenario', body: `{"scenario": "${KEY}\n"}` },
    { method: 'PUT', path: '/scenario', body: `{"scenario": "${KEY}"}` },
    { method: 'PUT', path: '/scenario', body: `{"scenario": "\\u0070hx_${SECRET}"}` },
    { method: 'PUT', path: '/scenario', body: `{"scenario": "ok", "operation": "${KEY}"}` },
    { method: 'PUT', path: '/scenario', body: `{"scenario": "ok", "${KEY}": 1}` },
    { method: 'PUT', path: '/scenario', body: `{"scenario": "ok", "ph\\u0078_${SECRET}": 1}` },
    { method: 'PUT', path: '/scenario', body: `{"scenario": "ok", "delay": "${KEY}"}` },
    { method: 'PUT', path: '/clock', body: `{"now": "${KEY}"}` },
    { method: 'PUT', path: '/clock', body: `{"${KEY}": "now"}` },
    { method: 'POST', path: '/sessions', body: `{"id": "${KEY}"}` },
    { method: 'POST', path: '/sessions', body: `{"origin": "${KEY}"}` },
    { method: 'POST', path: '/sessions', body: `{"auth": "${KEY}"}` },
    { method: 'POST', path: '/sessions', body: `{"scenario": {"${KEY}": "${KEY}"}}` },
    { method: 'POST', path: '/sessions', body: `{"fixtures": {"${KEY}": []}}` },
    { method: 'POST', path: '/sessions', body: `{"fixtures": {"users": [{"id": "${KEY}", "${KEY}": 1}]}}` },
    {
      method: 'POST',
      path: '/sessions',
      body: `{"fixtures": {"personalApiKeys": [{"value": "${KEY}", "user_id": 1, "scopes": []}, {"value": "${KEY}", "user_id": 9999, "scopes": ["${KEY}"]}]}}`,
    },
    {
      method: 'POST',
      path: '/sessions',
      body: `{"fixtures": {"personalApiKeys": [{"value": "${KEY}", "user_id": "${KEY}", "scopes": 1}]}}`,
    },
    {
      method: 'PUT',
      path: '/fixtures',
      body: `{"version": 1, "rows": {"${KEY}": []}, "choices": {"${KEY}": 1}, "clock": {}, "settled": ["${KEY}"]}`,
    },
    {
      method: 'PUT',
      path: '/fixtures',
      body: `{"version": 2, "rows": {}, "choices": [{"scenario": "${KEY}", "${KEY}": 1}], "clock": {"kind": "${KEY}"}, "provider": {}}`,
    },
    { method: 'POST', path: `/change-requests/${KEY}/approve`, body: '{}' },
    { method: 'DELETE', path: `/sessions/${KEY}` },
    { path: `/sessions/${KEY}` },
    { path: `/s/${KEY}/__mock__/health` },
    { path: `/${KEY}` },
    { path: `/${everyLetterEscaped(KEY)}/personal_api_key=${SECRET}` },
    { path: `/requests?${KEY}=1` },
    { path: `/pact?${KEY}=1` },
    { path: `/requests?limit=${KEY}` },
    { path: `/requests?status=${everyLetterEscaped(KEY)}` },
    { path: `/requests?unmatched=personal_api_key%3D${SECRET}` },
  ])('$method $path $body', async ({ method = 'GET', path, body }) => {
    const { url, failures } = await serve();
    const response = await fetch(`${url}/__mock__${path}`, {
      method,
      headers: JSON_BODY,
      ...(body !== undefined && { body }),
    });
    expect([400, 404]).toContain(response.status);
    expectNoSecret(await response.text());
    expectNoSecret(JSON.stringify([...response.headers]));
    expect(failures).toEqual([]);
  });
});

it('a session shows a key it was opened with only as a row', async () => {
  const { url } = await serve();
  const personalApiKeys = [{ value: KEY, user_id: 1, scopes: ['experiment:read'] }];
  const session = await openSession(url, { fixtures: { personalApiKeys } });
  const asked = await fetch(session + API, { headers: { authorization: `Bearer ${KEY}` } });
  expect(asked.status).toBe(200);
  expectNoSecret((await asked.text()) + JSON.stringify([...asked.headers]));
  for (const path of ['/requests', '/sessions', '/scenarios', '/health', '/change-requests', PACT]) {
    expectNoSecret(await (await fetch(`${session}/__mock__${path}`)).text());
  }
  expect(await (await fetch(`${session}/__mock__/fixtures`)).text()).toContain(KEY);
});
