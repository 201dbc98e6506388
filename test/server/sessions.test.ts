import { describe, expect, it } from 'vitest';
import { NOW, STATS } from '../mock/asking.ts';
import { openControl, openForSessions, problem, type Session } from './support/control.ts';
import { ask, CONTROL } from './support/server.ts';

interface Journal {
  readonly requests: readonly object[];
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

describe.each(WAYS)('a session reached by $way', ({ reach }) => {
  it('has its own scenario and names itself in answers', async () => {
    const { url, openSession } = await openForSessions();
    const session = await openSession({ scenario: 'throttled' });
    const { base, headers } = reach(url, session);
    const answer = await ask(base, headers);
    expect([answer.status, answer.headers.get('x-mock-session')]).toEqual([429, session.id]);
    const shared = await ask(url);
    expect([shared.status, shared.headers.get('x-mock-session')]).toEqual([200, null]);
  });

  it('has its own rows', async () => {
    const { url, openSession } = await openForSessions();
    const before = await activeIn(await ask(url));
    const { base, headers } = reach(url, await openSession({ fixtures: TWO_ROWS }));
    expect(await activeIn(await ask(base, headers))).toBe(2);
    expect(await activeIn(await ask(url))).toBe(before);
  });

  it('has its own clock', async () => {
    const { url, mock, openSession } = await openForSessions();
    const session = await openSession();
    const { base, headers } = reach(url, session);
    const control = await openControl(base);
    await control('PUT', '/clock', { body: { now: '2030-01-01T00:00:00Z' }, headers });
    const now = '2030-01-01T00:00:00.000Z';
    expect((await control('GET', '/clock', { headers })).json).toEqual({ now, kind: 'fixed' });
    expect(mock.clock.now()).toEqual(new Date(NOW));
  });

  it('has its own journal', async () => {
    const { url, mock, openSession } = await openForSessions();
    const session = await openSession();
    const { base, headers } = reach(url, session);
    await ask(base, headers);
    const control = await openControl(base);
    const { json } = await control<Journal>('GET', '/requests', { headers });
    expect(json.requests).toMatchObject([{ number: 1, session: session.id, operation: STATS, status: 200 }]);
    expect(mock.journal.entries).toEqual([]);
  });

  it('has its own change requests', async () => {
    const { url, mock, openSession } = await openForSessions();
    const { base, headers } = reach(url, await openSession({ scenario: 'approval-required' }));
    expect((await ask(base, headers)).status).toBe(409);
    const control = await openControl(base);
    const { json } = await control('GET', '/change-requests', { headers });
    expect(json).toMatchObject({ changeRequests: [{ state: 'pending' }] });
    expect(mock.changeRequests?.list()).toEqual([]);
  });

  it('has its own control plane routes', async () => {
    const { url, mock, openSession } = await openForSessions();
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

  it('can restore a snapshot of another mock', async () => {
    const { url, mock, openSession } = await openForSessions();
    mock.database.experiments.delete({});
    const { base, headers } = reach(url, await openSession());
    const control = await openControl(base);
    expect(await activeIn(await ask(base, headers))).toBeGreaterThan(0);
    const { status } = await control('PUT', '/fixtures', { body: mock.snapshot(), headers });
    expect(status).toBe(204);
    expect(await activeIn(await ask(base, headers))).toBe(0);
  });

  it('can open a nested session that starts with its scenario', async () => {
    const { url, openSession } = await openForSessions();
    const { base, headers } = reach(url, await openSession({ scenario: 'throttled' }));
    const control = await openControl(base);
    const { json: child } = await control<Session>('POST', '/sessions', { body: { id: 'child' }, headers });
    expect(child.baseUrl).toBe(`${url}${CONTROL}/s/child`);
    expect((await ask(child.baseUrl)).status).toBe(429);
  });

  it('is not found once it is closed, and the shared mock does not answer in its place', async () => {
    const { url, mock, control, openSession } = await openForSessions();
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
