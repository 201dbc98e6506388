import { describe, expect, it } from 'vitest';
import { message, send, statusOf } from './support/raw.ts';
import { ask, CONTROL, JSON_BODY, serve } from './support/server.ts';

const PUBLIC_URL = 'https://Mock.example/posthog/';
const BASE = 'https://mock.example/posthog';

it.each([
  { publicUrl: PUBLIC_URL, base: BASE },
  { publicUrl: 'http://localhost:8080', base: 'http://localhost:8080' },
  { publicUrl: 'https://[::1]:8443/a/b//', base: 'https://[::1]:8443/a/b' },
])('base URLs of sessions are below $publicUrl', async ({ publicUrl, base }) => {
  const { url } = await serve({ publicUrl });
  const init = { method: 'POST', headers: JSON_BODY, body: '{"id":"mine","scenario":"throttled"}' };
  const response = await fetch(`${url}${CONTROL}/sessions`, init);
  const session = await response.json();
  const path = `${CONTROL}/s/mine`;
  expect(session).toMatchObject({ id: 'mine', baseUrl: base + path, path });
  expect(response.headers.get('location')).toBe(base + path);
  expect((await ask(url + session.path)).status).toBe(429);
  const { sessions } = await (await fetch(`${url}${CONTROL}/sessions`)).json();
  expect(sessions).toMatchObject([{ baseUrl: base + path }]);
});

it('the index and the curl commands of the journal have it', async () => {
  const { url, mock } = await serve({ publicUrl: PUBLIC_URL });
  expect(await (await fetch(url)).text()).toContain(`posthog-experiments-mock at ${BASE}\n`);
  await ask(url);
  expect(mock.journal.entries[0]?.curl).toContain(` ${BASE}/api/projects/1/experiments/stats/`);
});

describe('the control plane lets pages of it control the mock', () => {
  const status = async (headers: Readonly<Record<string, string>>) => {
    const { port } = await serve({ publicUrl: `${BASE}:8443/posthog`.replace('/posthog:', ':') });
    const sent = message('PUT', `${CONTROL}/scenario`, { ...JSON_BODY, ...headers }, '{"scenario":"ok"}');
    return statusOf(await send(port, sent));
  };
  const page = { Origin: 'https://mock.example:8443', 'Sec-Fetch-Site': 'same-origin' };

  it.each([
    { case: 'whose proxy sends its own name', headers: { ...page, Host: '127.0.0.1:4010' }, expected: 200 },
    { case: 'whose proxy sends the name', headers: { ...page, Host: 'mock.example' }, expected: 200 },
    { case: 'without TLS', headers: { ...page, Origin: 'http://mock.example:8443' }, expected: 403 },
    { case: 'on another port', headers: { ...page, Origin: 'https://mock.example' }, expected: 403 },
    { case: 'of another name', headers: { ...page, Origin: 'https://evil.example' }, expected: 403 },
    { case: 'by another name', headers: { ...page, Host: 'evil.example' }, expected: 403 },
    { case: 'loaded by others', headers: { ...page, 'Sec-Fetch-Site': 'cross-site' }, expected: 403 },
  ])('$case: $expected', async ({ headers, expected }) => {
    expect(await status(headers)).toBe(expected);
  });
});
