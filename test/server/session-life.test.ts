import { describe, expect, it } from 'vitest';
import { openControl, openForSessions, problem, type Session } from './support/control.ts';
import { readEvents } from './support/events.ts';
import { ask, CONTROL, KEY } from './support/server.ts';

describe('sessions', () => {
  it('have a base URL with the host name of the request', async () => {
    const { url, control } = await openForSessions();
    const { headers, json } = await control<Session>('POST', '/sessions');
    expect(json.id).toMatch(/^[\w-]{36}$/);
    expect(json.baseUrl).toBe(`${url}${CONTROL}/s/${json.id}`);
    expect(headers.get('location')).toBe(json.baseUrl);
    const named = await openControl(url.replace('127.0.0.1', 'localhost'));
    const { json: session } = await named<Session>('GET', `/sessions/${json.id}`);
    expect(session.baseUrl).toBe(json.baseUrl.replace('127.0.0.1', 'localhost'));
    expect((await ask(session.baseUrl)).status).toBe(200);
  });

  it('have unique ids', async () => {
    const { control, openSession } = await openForSessions();
    const ids = [await openSession(), await openSession({ id: 'A_b-9' }), await openSession()].map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).toBe(3);
    const { status, json } = await control('POST', '/sessions', { body: { id: 'A_b-9' } });
    expect(status).toBe(400);
    expect(json).toMatchObject(problem('REQUEST_INVALID', 'There is a session "A_b-9" already.'));
  });

  it('a base URL overrides a header', async () => {
    const { openSession } = await openForSessions();
    const [one, other] = [await openSession({ scenario: 'throttled' }), await openSession()];
    const answer = await ask(one.baseUrl, { 'x-mock-session': other.id });
    expect([answer.status, answer.headers.get('x-mock-session')]).toEqual([429, one.id]);
    const control = await openControl(one.baseUrl);
    const headers = { 'x-mock-session': other.id };
    expect((await control('GET', '/scenarios', { headers })).json).toMatchObject({
      selected: { default: 'throttled' },
    });
  });

  it('are limited in number until one is closed', async () => {
    const { control, openSession } = await openForSessions({ sessions: { max: 2 } });
    const { id } = await openSession();
    await openSession();
    const { status, json } = await control('POST', '/sessions');
    expect(status).toBe(429);
    expect(json).toMatchObject(
      problem('TOO_MANY_SESSIONS', 'There may be no more than 2 sessions at a time.'),
    );
    await control('DELETE', `/sessions/${id}`);
    expect((await control('POST', '/sessions')).status).toBe(201);
  });

  it('expire when unused and are then not found', async () => {
    const { url, control, openSession } = await openForSessions({ sessions: { idleTimeout: 40, max: 1 } });
    const { id, baseUrl } = await openSession();
    await expect.poll(async () => (await control('GET', '/sessions')).json).toEqual({ sessions: [] });
    for (const answer of [await ask(baseUrl), await ask(url, { 'x-mock-session': id })]) {
      expect(await answer.json()).toMatchObject({ code: 'SESSION_NOT_FOUND', status: 404 });
    }
    expect((await control('GET', `/sessions/${id}`)).status).toBe(404);
    expect((await control('POST', '/sessions')).status).toBe(201);
  });

  it('end their event streams when they expire', async () => {
    const { openSession } = await openForSessions({ sessions: { idleTimeout: 500 } });
    const { baseUrl } = await openSession();
    const response = await fetch(`${baseUrl}${CONTROL}/events`);
    expect(response.status).toBe(200);
    using events = readEvents(response);
    expect(await events.rest()).toEqual([]);
  });

  it('stay open while they are used: each use postpones the expiry', async () => {
    const { url, control, openSession } = await openForSessions();
    const { id, baseUrl, expiresAt } = await openSession();
    const expiry = async () =>
      (await control<{ sessions: Session[] }>('GET', '/sessions')).json.sessions[0]?.expiresAt;
    // Listing does not count as use.
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
  ])('are named in the answer to $what', async ({ path, prefer, status }) => {
    const { openSession } = await openForSessions();
    const { id, baseUrl } = await openSession();
    const answer = await ask(baseUrl, prefer === undefined ? {} : { prefer }, path);
    expect([answer.status, answer.headers.get('x-mock-session')]).toEqual([status, id]);
  });

  it('need neither a trailing slash at their base URL nor the shared mock’s authentication', async () => {
    const { openSession } = await openForSessions();
    const { baseUrl } = await openSession({ auth: 'off' });
    expect((await fetch(`${baseUrl}/api/projects/1/experiments/stats/`)).status).toBe(200);
    expect((await fetch(baseUrl, { headers: KEY })).status).toBe(404);
  });
});
