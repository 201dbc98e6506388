import { afterEach, describe, expect, it, vi } from 'vitest';
import { message, send, statusOf } from './support/raw.ts';
import { API, JSON_BODY, KEY, openSession, scenarioAt, serve } from './support/server.ts';

const open = (url: string, body: unknown = {}) =>
  fetch(`${url}/__mock__/sessions`, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(body) });

const countOf = async (url: string): Promise<number> =>
  (await (await fetch(`${url}/__mock__/health`)).json()).sessions;

describe('a client that keeps opening sessions', () => {
  it('gets a 429 at the limit, and open sessions keep working', async () => {
    const { url } = await serve({ sessions: { max: 3 } });
    const first = await openSession(url);
    for (let count = 0; count < 20; count += 1) {
      const response = await open(url);
      expect(response.status).toBe(count < 2 ? 201 : 429);
      if (response.status === 429) expect(await response.json()).toMatchObject({ code: 'TOO_MANY_SESSIONS' });
    }
    expect(await countOf(url)).toBe(3);
    expect(await scenarioAt(first)).toBe('missing-scope');
    expect(await scenarioAt(url)).toBe('ok');
  });

  it('cannot exceed the limit from within a session', async () => {
    const { url } = await serve({ sessions: { max: 2 } });
    const session = await openSession(url);
    const nested = await openSession(session);
    expect((await open(session)).status).toBe(429);
    expect((await open(nested)).status).toBe(429);
    expect(await countOf(url)).toBe(2);
  });

  it('can open 2,000 sessions by default', async () => {
    const { url } = await serve();
    for (let opened = 0; opened < 2_000; opened += 100) {
      const responses = await Promise.all(Array.from({ length: 100 }, () => open(url)));
      await Promise.all(responses.map((response) => response.text()));
      expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([201]));
    }
    expect((await open(url)).status).toBe(429);
    expect(await countOf(url)).toBe(2_000);
    expect(await scenarioAt(url)).toBe('ok');
  });
});

describe('an invalid session id', () => {
  it.each([
    { case: 'of 64 kB', id: 'x'.repeat(65_536) },
    { case: 'of 65 characters', id: 'x'.repeat(65) },
    { case: 'that is empty', id: '' },
    { case: 'with parent directories', id: '../..' },
    { case: 'with a header injection', id: 'a\r\nX-Evil: 1' },
    { case: 'with a line break at its end', id: 'a\n' },
    { case: 'with markup', id: '<script>' },
    { case: 'with an escape', id: '%61' },
    { case: 'with a letter of another alphabet', id: 'é' },
    { case: 'that looks like a key', id: 'phx_experiment_read' },
    { case: 'that looks like a key in capitals', id: 'PHX_SECRET' },
    { case: 'that is a number', id: 1 },
    { case: 'that is an object', id: { toString: 'a' } },
    { case: 'that is null', id: null },
  ])('$case opens no session and is not repeated in full', async ({ id }) => {
    const { url } = await serve();
    const response = await open(url, { id });
    expect(response.status).toBe(400);
    expect((await response.text()).length).toBeLessThan(1_000);
    expect(await countOf(url)).toBe(0);
  });

  it.each(['__proto__', 'constructor', 'hasOwnProperty', '0', '-', 's', '__mock__', 'api', 'x'.repeat(64)])(
    'but %s is a valid id',
    async (id) => {
      const { url } = await serve();
      const session = await openSession(url, { id, scenario: 'throttled' });
      expect(session).toBe(`${url}/__mock__/s/${id}`);
      expect(await scenarioAt(session)).toBe('throttled');
      expect(await scenarioAt(url)).toBe('ok');
      expect((await open(url, { id })).status).toBe(400);
    },
  );

  it.each(['path', 'header'])('of 64 kB in the %s does not reach the mock', async (place) => {
    const { url, port, mock } = await serve();
    const id = 'x'.repeat(65_536);
    const target = place === 'path' ? `/__mock__/s/${id}${API}` : API;
    const headers = place === 'header' ? { 'X-Mock-Session': id } : {};
    expect(statusOf(await send(port, message('GET', target, { ...KEY, ...headers })))).toBe(431);
    expect(mock.journal.entries).toEqual([]);
    expect(await scenarioAt(url)).toBe('ok');
  });
});

describe('a session that is idle for too long', () => {
  const IDLE = { sessions: { idleTimeout: 300 } };
  const expired = (url: string) => expect.poll(() => countOf(url)).toBe(0);

  it('is not found at any URL, and the shared mock never answers in its place', async () => {
    const { url, mock } = await serve(IDLE);
    const session = await openSession(url, { id: 'mine' });
    await expired(url);
    const byHeader = { ...KEY, 'X-Mock-Session': 'mine' };
    const answers = await Promise.all([
      fetch(session + API, { headers: KEY }),
      fetch(url + API, { headers: byHeader }),
      fetch(`${session}/__mock__/scenarios`),
      fetch(`${session}/__mock__/fixtures`),
      fetch(`${url}/__mock__/sessions/mine`),
      fetch(`${session}/__mock__/reset`, { method: 'POST' }),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(await answer.json()).toMatchObject({ code: 'SESSION_NOT_FOUND' });
    }
    expect(mock.journal.entries).toEqual([]);
  });

  it('frees its place for a new one', async () => {
    const { url } = await serve({ sessions: { ...IDLE.sessions, max: 1 } });
    await openSession(url);
    await expired(url);
    expect((await open(url)).status).toBe(201);
  });

  it('ends its event streams', async () => {
    const { url } = await serve(IDLE);
    const session = await openSession(url);
    const events = await fetch(`${session}/__mock__/events`);
    expect(await events.text()).toBe(': connected\n\n');
    expect(await scenarioAt(session)).toBeNull();
  });

  it('is not one that is in use', async () => {
    const idleTimeout = 1_000;
    const { url } = await serve({ sessions: { idleTimeout } });
    const session = await openSession(url);
    const end = performance.now() + 2 * idleTimeout;
    while (performance.now() < end) expect(await scenarioAt(session)).toBe('missing-scope');
  });
});

describe('a session lives by the real time, not by one that a test has set', () => {
  afterEach(() => void vi.useRealTimers());

  it('in years to come', async () => {
    const { url } = await serve();
    const session = await openSession(url);
    const opened = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-01-01') });
    expect(await scenarioAt(session)).toBe('missing-scope');
    const { expiresAt } = await (await open(url)).json();
    vi.useRealTimers();
    const HOUR = 3_600_000;
    expect(Date.parse(expiresAt)).toBeGreaterThan(opened);
    expect(Date.parse(expiresAt)).toBeLessThan(opened + HOUR);
    expect(await scenarioAt(session)).toBe('missing-scope');
  });

  it('in the past', async () => {
    const { url } = await serve({ sessions: { idleTimeout: 300 } });
    await openSession(url);
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2001-01-01') });
    await expect.poll(() => countOf(url)).toBe(0);
  });
});
