import { describe, expect, it } from 'vitest';
import { createMock } from '../../src/index.ts';
import type { ServerOptions } from '../../src/server/server.ts';
import { NOW, STATS } from '../mock/asking.ts';
import { openControl, problem } from './control.ts';
import { readEvents } from './events.ts';
import { ask, CONTROL, KEY, serve } from './serving.ts';

interface Session {
  readonly id: string;
  readonly baseUrl: string;
  readonly expiresAt: string;
}

interface Journal {
  readonly requests: readonly object[];
}

async function open(options: ServerOptions = {}) {
  const mock = createMock({ now: NOW });
  const { url } = await serve(mock, options);
  const control = await openControl(url);
  const openSession = async (body: object = {}): Promise<Session> =>
    (await control<Session>('POST', '/sessions', { body })).json;
  return { url, mock, control, openSession };
}

const activeIn = async (response: Response) => (await response.json()).active_experiments;

const TWO_ROWS = {
  experiments: [
    { id: 1, project_id: 1, start_date: 'now-1d' },
    { id: 2, project_id: 1, start_date: 'now-2d' },
  ],
};

/** The two ways to reach a session. */
const WAYS = [
  { way: 'its base URL', reach: (_: string, { baseUrl }: Session) => ({ base: baseUrl, headers: {} }) },
  {
    way: 'X-Mock-Session',
    reach: (url: string, { id }: Session) => ({ base: url, headers: { 'x-mock-session': id } }),
  },
];

describe.each(WAYS)('a session that is reached by $way', ({ reach }) => {
  it('has its own scenario, and says which session answers', async () => {
    const { url, openSession } = await open();
    const session = await openSession({ scenario: 'throttled' });
    const { base, headers } = reach(url, session);
    const answer = await ask(base, headers);
    expect([answer.status, answer.headers.get('x-mock-session')]).toEqual([429, session.id]);
    const shared = await ask(url);
    expect([shared.status, shared.headers.get('x-mock-session')]).toEqual([200, null]);
  });

  it('has its own rows', async () => {
    const { url, openSession } = await open();
    const before = await activeIn(await ask(url));
    const { base, headers } = reach(url, await openSession({ fixtures: TWO_ROWS }));
    expect(await activeIn(await ask(base, headers))).toBe(2);
    expect(await activeIn(await ask(url))).toBe(before);
  });

  it('has its own clock', async () => {
    const { url, mock, openSession } = await open();
    const session = await openSession();
    const { base, headers } = reach(url, session);
    const control = await openControl(base);
    await control('PUT', '/clock', { body: { now: '2030-01-01T00:00:00Z' }, headers });
    const now = '2030-01-01T00:00:00.000Z';
    expect((await control('GET', '/clock', { headers })).json).toEqual({ now, kind: 'fixed' });
    expect(mock.clock.now()).toEqual(new Date(NOW));
  });

  it('has its own journal', async () => {
    const { url, mock, openSession } = await open();
    const session = await openSession();
    const { base, headers } = reach(url, session);
    await ask(base, headers);
    const control = await openControl(base);
    const { json } = await control<Journal>('GET', '/requests', { headers });
    expect(json.requests).toMatchObject([{ number: 1, session: session.id, operation: STATS, status: 200 }]);
    expect(mock.journal.entries).toEqual([]);
  });

  it('has its own change requests', async () => {
    const { url, mock, openSession } = await open();
    const { base, headers } = reach(url, await openSession({ scenario: 'approval-required' }));
    expect((await ask(base, headers)).status).toBe(409);
    const control = await openControl(base);
    const { json } = await control('GET', '/change-requests', { headers });
    expect(json).toMatchObject({ changeRequests: [{ state: 'pending' }] });
    expect(mock.changeRequests.list()).toEqual([]);
  });

  it('is steered by routes of its own', async () => {
    const { url, mock, openSession } = await open();
    const before = mock.snapshot();
    const session = await openSession();
    const { base, headers } = reach(url, session);
    const control = await openControl(base);
    await control('PUT', '/scenario', { body: { scenario: 'server-error' }, headers });
    expect((await ask(base, headers)).status).toBe(500);
    expect((await ask(url)).status).toBe(200);
    await control('POST', '/reset', { headers });
    expect((await ask(base, headers)).status).toBe(200);
    await control('DELETE', '/requests', { headers });
    expect((await control('GET', '/requests', { headers })).json).toEqual({ requests: [] });
    expect(mock.snapshot()).toEqual(before);
    expect(mock.journal.entries).toHaveLength(1);
  });

  it('takes a snapshot of another one', async () => {
    const { url, mock, openSession } = await open();
    mock.database.experiments.delete({});
    const { base, headers } = reach(url, await openSession());
    const control = await openControl(base);
    expect(await activeIn(await ask(base, headers))).toBeGreaterThan(0);
    const { status } = await control('PUT', '/fixtures', { body: mock.snapshot(), headers });
    expect(status).toBe(204);
    expect(await activeIn(await ask(base, headers))).toBe(0);
  });

  it('is where a session is opened that follows it', async () => {
    const { url, openSession } = await open();
    const { base, headers } = reach(url, await openSession({ scenario: 'throttled' }));
    const control = await openControl(base);
    const { json: child } = await control<Session>('POST', '/sessions', { body: { id: 'child' }, headers });
    expect(child.baseUrl).toBe(`${url}${CONTROL}/s/child`);
    expect((await ask(child.baseUrl)).status).toBe(429);
  });

  it('is gone once it is closed, and the shared mock does not answer for it', async () => {
    const { url, mock, control, openSession } = await open();
    const session = await openSession();
    const { base, headers } = reach(url, session);
    expect((await control('DELETE', `/sessions/${session.id}`)).status).toBe(204);
    const gone = problem('SESSION_NOT_FOUND', `There is no session "${session.id}"`);
    for (const answer of [await ask(base, headers), await ask(base, headers, `${CONTROL}/health`)]) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
      expect(await answer.json()).toMatchObject(gone);
    }
    expect(mock.journal.entries).toEqual([]);
  });
});

describe('sessions', () => {
  it('say where they are, by the name by which the server was asked for', async () => {
    const { url, control } = await open();
    const { headers, json } = await control<Session>('POST', '/sessions');
    expect(json.id).toMatch(/^[\w-]{36}$/);
    expect(json.baseUrl).toBe(`${url}${CONTROL}/s/${json.id}`);
    expect(headers.get('location')).toBe(json.baseUrl);
    const named = await openControl(url.replace('127.0.0.1', 'localhost'));
    const { json: session } = await named<Session>('GET', `/sessions/${json.id}`);
    expect(session.baseUrl).toBe(json.baseUrl.replace('127.0.0.1', 'localhost'));
    expect((await ask(session.baseUrl)).status).toBe(200);
  });

  it('have ids of their own, and no two the same one', async () => {
    const { control, openSession } = await open();
    const ids = [await openSession(), await openSession({ id: 'A_b-9' }), await openSession()].map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).toBe(3);
    const { status, json } = await control('POST', '/sessions', { body: { id: 'A_b-9' } });
    expect(status).toBe(400);
    expect(json).toMatchObject(problem('REQUEST_INVALID', 'There is a session "A_b-9" already.'));
  });

  it('a base URL wins over a header', async () => {
    const { openSession } = await open();
    const [one, other] = [await openSession({ scenario: 'throttled' }), await openSession()];
    const answer = await ask(one.baseUrl, { 'x-mock-session': other.id });
    expect([answer.status, answer.headers.get('x-mock-session')]).toEqual([429, one.id]);
    const control = await openControl(one.baseUrl);
    const headers = { 'x-mock-session': other.id };
    expect((await control('GET', '/scenarios', { headers })).json).toMatchObject({
      selected: { default: 'throttled' },
    });
  });

  it('are as many as there may be, until one is closed', async () => {
    const { control, openSession } = await open({ sessions: { most: 2 } });
    const { id } = await openSession();
    await openSession();
    const { status, json } = await control('POST', '/sessions');
    expect(status).toBe(429);
    expect(json).toMatchObject(
      problem('TOO_MANY_SESSIONS', 'There are 2 sessions, and there may be no more.'),
    );
    await control('DELETE', `/sessions/${id}`);
    expect((await control('POST', '/sessions')).status).toBe(201);
  });

  it('expire when nobody uses them, and are not found then', async () => {
    const { url, control, openSession } = await open({ sessions: { idle: 40, most: 1 } });
    const { id, baseUrl } = await openSession();
    await expect.poll(async () => (await control('GET', '/sessions')).json).toEqual({ sessions: [] });
    for (const answer of [await ask(baseUrl), await ask(url, { 'x-mock-session': id })]) {
      expect(await answer.json()).toMatchObject({ code: 'SESSION_NOT_FOUND', status: 404 });
    }
    expect((await control('GET', `/sessions/${id}`)).status).toBe(404);
    expect((await control('POST', '/sessions')).status).toBe(201);
  });

  it('end their event streams when they expire', async () => {
    const { openSession } = await open({ sessions: { idle: 500 } });
    const { baseUrl } = await openSession();
    const response = await fetch(`${baseUrl}${CONTROL}/events`);
    expect(response.status).toBe(200);
    using events = readEvents(response);
    expect(await events.rest()).toEqual([]);
  });

  it('stay while they are used: each use moves the expiry on', async () => {
    const { url, control, openSession } = await open();
    const { id, baseUrl, expiresAt } = await openSession();
    const expiry = async () =>
      (await control<{ sessions: Session[] }>('GET', '/sessions')).json.sessions[0]?.expiresAt;
    // Listing is no use.
    expect(await expiry()).toBe(expiresAt);
    let before = expiresAt;
    for (const use of [
      () => ask(baseUrl),
      () => ask(url, { 'x-mock-session': id }),
      () => fetch(`${baseUrl}${CONTROL}/health`),
      () => control('GET', `/sessions/${id}`),
    ]) {
      await expect.poll(() => use().then(expiry)).not.toBe(before);
      const after = (await expiry()) ?? '';
      expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
      before = after;
    }
  });

  it.each([
    { what: 'an unknown path', path: '/api/projects/1/experiments/stat/', status: 404 },
    { what: 'a forced failure', path: '/api/projects/1/experiments/stats/', prefer: 'code=500', status: 500 },
    {
      what: 'a wrong preference',
      path: '/api/projects/1/experiments/stats/',
      prefer: 'code=999',
      status: 400,
    },
  ])('are named in the answer to $what, too', async ({ path, prefer, status }) => {
    const { openSession } = await open();
    const { id, baseUrl } = await openSession();
    const answer = await ask(baseUrl, prefer === undefined ? {} : { prefer }, path);
    expect([answer.status, answer.headers.get('x-mock-session')]).toEqual([status, id]);
  });

  it('need no slash after their base URL, and no key of the shared mock', async () => {
    const { openSession } = await open();
    const { baseUrl } = await openSession({ auth: 'off' });
    expect((await fetch(`${baseUrl}/api/projects/1/experiments/stats/`)).status).toBe(200);
    expect((await fetch(baseUrl, { headers: KEY })).status).toBe(404);
  });
});
