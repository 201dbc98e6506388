import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { createMock } from '../../src/index.ts';
import { FLAGS, NOW, PATHS, STATS } from '../mock/asking.ts';
import { openControl } from './support/control.ts';
import { ask, CONTROL, KEY, serve } from './support/server.ts';

interface Answer {
  readonly status: number | undefined;
  readonly session: string | string[] | undefined;
  readonly body: unknown;
}

/** A client with its own keep-alive connection. */
function connect(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return (method: string, path: string, given: { headers?: object; body?: object } = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { ...KEY, ...(given.body && { 'content-type': 'application/json' }), ...given.headers };
      const outgoing = request({ host: '127.0.0.1', port, agent, method, path, headers }, (incoming) => {
        const { statusCode: status, headers } = incoming;
        const answered = (body: unknown) => resolve({ status, session: headers['x-mock-session'], body });
        json(incoming).then(answered, reject);
      });
      outgoing.on('error', reject);
      outgoing.end(given.body && JSON.stringify(given.body));
    });
}

const SCENARIOS = [
  { scenario: 'ok', status: 200 },
  { scenario: 'throttled', status: 429 },
  { scenario: 'missing-scope', status: 403 },
  { scenario: 'server-error', status: 500 },
  { scenario: 'project-not-found', status: 404 },
  { scenario: 'approval-required', status: 409 },
  { scenario: 'not-authenticated', status: 401 },
] as const;

/** Running and ended experiments, in numbers unique to each client. */
function rowsOf(client: number) {
  const [active, completed] = [client % 15, Math.floor(client / 15)];
  const experiments = Array.from({ length: active + completed }, (_, index) => ({
    id: index + 1,
    project_id: 1,
    start_date: 'now-9d',
    ...(index >= active && { end_date: 'now-1d' }),
  }));
  return { experiments, counts: { active_experiments: active, completed_last_30d: completed } };
}

/** One client: opens a session and sends requests to it by base URL and by header. */
async function runClient(port: number, client: number, allAreIn: () => Promise<void>): Promise<void> {
  const send = connect(port);
  const { experiments, counts } = rowsOf(client);
  const { scenario, status } = SCENARIOS[client % SCENARIOS.length] ?? SCENARIOS[0];
  const id = `client-${client}`;
  const at = `${CONTROL}/s/${id}`;
  const named = { headers: { 'x-mock-session': id } };
  const body = { id, fixtures: { experiments }, scenario: { [FLAGS]: scenario } };
  expect((await send('POST', `${CONTROL}/sessions`, { body })).status).toBe(201);
  await allAreIn();

  const stats = { status: 200, session: id, body: expect.objectContaining(counts) };
  const forced = expect.objectContaining({ status, session: id });
  expect(await send('GET', at + PATHS[STATS])).toEqual(stats);
  expect(await send('GET', PATHS[FLAGS], named)).toEqual(forced);
  expect(await send('GET', PATHS[STATS], named)).toEqual(stats);
  expect(await send('GET', at + PATHS[FLAGS])).toEqual(forced);
  await send('PUT', `${at}${CONTROL}/scenario`, {
    body: { scenario: 'throttled', operation: STATS, times: 1 },
  });
  expect(await send('GET', PATHS[STATS], named)).toMatchObject({ status: 429, session: id });
  expect(await send('GET', at + PATHS[STATS])).toEqual(stats);
  const journal = await send('GET', `${at}${CONTROL}/requests`);
  const met = [200, status, 200, status, 429, 200];
  expect(journal.body).toEqual({
    requests: met.map((status, index) => expect.objectContaining({ number: index + 1, session: id, status })),
  });
}

it('two hundred concurrent clients, each in its own session, do not affect each other', async () => {
  const clients = 200;
  const mock = createMock({ now: NOW });
  const before = mock.snapshot();
  const { port, url } = await serve({ mock });
  const untouched = await (await ask(url)).json();
  const barrier = barrierFor(clients);
  await Promise.all(Array.from({ length: clients }, (_, client) => runClient(port, client, barrier)));
  expect(mock.snapshot()).toEqual(before);
  expect(await (await ask(url)).json()).toEqual(untouched);
  expect(mock.journal.entries).toHaveLength(2);
});

it('a thousand sessions in one process each answer with their own scenario', async () => {
  const { port, url } = await serve();
  const control = await openControl(url);
  const sessions = Array.from({ length: 1_000 }, (_, index) => ({
    id: `session-${index}`,
    ...(SCENARIOS[index % SCENARIOS.length] ?? SCENARIOS[0]),
  }));
  const clients = Array.from({ length: 20 }, () => connect(port));
  const inTurns = (
    act: (send: ReturnType<typeof connect>, session: (typeof sessions)[number]) => Promise<void>,
  ) =>
    Promise.all(
      clients.map(async (send, turn) => {
        for (let index = turn; index < sessions.length; index += clients.length) {
          const session = sessions[index];
          if (session) await act(send, session);
        }
      }),
    );
  await inTurns(async (send, { id, scenario }) => {
    expect((await send('POST', `${CONTROL}/sessions`, { body: { id, scenario } })).status).toBe(201);
  });
  expect((await control('GET', '/health')).json).toMatchObject({ sessions: 1_000 });
  await inTurns(async (send, { id, status }) => {
    const answer = await send('GET', `${CONTROL}/s/${id}${PATHS[STATS]}`);
    expect(answer).toMatchObject({ status, session: id });
  });
  expect((await ask(url)).status).toBe(200);
});

/** Holds all callers until the given number has arrived. */
function barrierFor(count: number): () => Promise<void> {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let arrived = 0;
  return () => {
    arrived += 1;
    if (arrived === count) open();
    return opened;
  };
}
