import assert from 'node:assert/strict';
import { message } from '../server/support/raw.ts';
import type { Client } from './client.ts';

const STATS = '/api/projects/1/experiments/stats/';
const REQUIRES = '/api/projects/1/experiments/requires_flag_implementation/';
const KEY = { authorization: 'Bearer phx_experiment_read' };
const MOCK = '/__mock__';

/** What a client does, and how often in a hundred or so. `index` counts the steps. */
interface Step {
  readonly weight: number;
  readonly take: (client: Client, index: number) => Promise<unknown>;
}

const withKey = (prefer?: string) => ({ headers: prefer === undefined ? KEY : { ...KEY, prefer } });

/** Opens a session, does something in it, and closes it. */
async function inSession(client: Client, options: object, act: (base: string) => Promise<unknown>) {
  const opened = await client.expect(201, 'POST', `${MOCK}/sessions`, { body: options });
  const { id, path }: { id: string; path: string } = JSON.parse(opened);
  await act(path);
  await client.expect(204, 'DELETE', `${MOCK}/sessions/${id}`);
  await client.expect(404, 'GET', path + STATS);
}

const STEPS: readonly Step[] = [
  { weight: 20, take: (client) => client.expect(200, 'GET', STATS, withKey()) },
  { weight: 5, take: (client, index) => client.expect(200, 'GET', `${STATS}?n=${index}`, withKey()) },
  {
    weight: 5,
    take: (client, index) => client.expect(200, 'GET', `${REQUIRES}?limit=${index % 50}`, withKey()),
  },
  { weight: 5, take: (client) => client.expect(401, 'GET', STATS) },
  {
    weight: 5,
    take: (client, index) =>
      client.expect(401, 'GET', STATS, { headers: { authorization: `Bearer phx_soak_${index}` } }),
  },
  { weight: 3, take: (client, index) => client.expect(404, 'GET', `/api/${index}/stats/`, withKey()) },
  {
    weight: 3,
    take: (client, index) =>
      client.expect(404, 'GET', `/api/projects/${index + 10}/experiments/stats/`, withKey()),
  },
  {
    weight: 3,
    take: (client, index) => client.expect(405, 'POST', STATS, { ...withKey(), body: { index } }),
  },
  { weight: 3, take: (client) => client.expect(429, 'GET', STATS, withKey('scenario=throttled')) },
  { weight: 3, take: (client) => client.expect(502, 'GET', STATS, withKey('code=502, delay=1')) },
  { weight: 3, take: (client, index) => client.expect(400, 'GET', STATS, withKey(`scenario=no-${index}`)) },
  { weight: 1, take: (client) => client.expectBreak(STATS, withKey('scenario=network-error').headers) },
  {
    weight: 2,
    take: (client) => client.leave(message('GET', STATS, withKey('scenario=timeout').headers), false),
  },
  { weight: 2, take: (client) => client.leave(message('GET', STATS, withKey('delay=60000').headers), false) },
  { weight: 2, take: (client) => client.leave(message('GET', `${MOCK}/events`), true) },
  { weight: 1, take: (client) => client.expect(200, 'GET', `${MOCK}/requests?limit=5`) },
  { weight: 1, take: (client) => client.expect(204, 'POST', `${MOCK}/reset`) },
  { weight: 1, take: (client) => client.expect(400, 'PUT', `${MOCK}/scenario`, { body: '{"scenario":' }) },
  {
    weight: 1,
    take: (client, index) =>
      client.expect(404, 'PUT', `${MOCK}/scenario`, { body: { scenario: `no-${index}` } }),
  },
  { weight: 1, take: (client) => client.expectRaw(400, 'HELLO\r\n\r\n') },
  {
    weight: 1,
    take: (client) => client.expectRaw(431, message('GET', STATS, { 'X-Long': 'x'.repeat(20_000) })),
  },
  {
    weight: 1,
    take: (client) => client.leave(message('POST', STATS, KEY, 'x'.repeat(500)).slice(0, -100), false),
  },
  {
    weight: 2,
    take: (client) =>
      inSession(client, { scenario: 'missing-scope' }, async (base) => {
        await client.expect(403, 'GET', base + STATS, withKey());
        await client.expect(200, 'PUT', `${base}${MOCK}/scenario`, {
          body: { scenario: 'server-error', times: 1 },
        });
        await client.expect(500, 'GET', base + STATS, withKey());
        await client.expect(403, 'GET', base + STATS, withKey());
        await client.leave(message('GET', `${base}${MOCK}/events`), true);
        await client.expect(200, 'GET', `${base}${MOCK}/requests`);
      }),
  },
  {
    weight: 1,
    take: (client) =>
      inSession(client, { scenario: 'approval-required' }, async (base) => {
        const asked = await client.expect(409, 'GET', base + STATS, withKey());
        const { change_request_id: id }: { change_request_id: string } = JSON.parse(asked);
        const requests = `${base}${MOCK}/change-requests`;
        await client.expect(200, 'POST', `${requests}/${id}/approve`, { body: { by: 2 } });
        await client.expect(200, 'GET', base + STATS, withKey());
        await client.expect(200, 'GET', requests);
      }),
  },
  {
    weight: 1,
    take: (client, index) =>
      inSession(client, {}, async (base) => {
        const fixtures = `${base}${MOCK}/fixtures`;
        const snapshot = await client.expect(200, 'GET', fixtures);
        const { rows, ...rest } = JSON.parse(snapshot);
        const experiments = [{ id: index + 1, project_id: 1, name: `soak ${index}` }];
        const changed = { ...rest, rows: { ...rows, experiments } };
        await client.expect(204, 'PUT', fixtures, { body: changed });
        assert.notEqual(await client.expect(200, 'GET', fixtures), snapshot);
        await client.expect(200, 'PUT', `${base}${MOCK}/clock`, { body: { advance: index } });
        await client.expect(204, 'PUT', fixtures, { body: snapshot });
        assert.equal(await client.expect(200, 'GET', fixtures), snapshot);
        await client.expect(200, 'GET', base + STATS, withKey());
      }),
  },
];

const ORDER = STEPS.flatMap((step) => Array<Step>(step.weight).fill(step));
/** Has no factor in common with the length of the order, so that every step gets its turn, in an order that looks random. */
const STRIDE = 7_919;

/** Takes the step of an index. */
export async function takeStep(client: Client, index: number): Promise<void> {
  await ORDER[(index * STRIDE) % ORDER.length]?.take(client, index);
}
