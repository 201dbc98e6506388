import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createMock } from '../../src/index.ts';
import { openControl } from './support/control.ts';
import { ask, CONTROL, openSession, serve } from './support/server.ts';

const MEBIBYTE = 1_048_576;

/** One event of that many bytes. */
const rowsOf = (bytes: number) => ({
  events: [{ project_id: 1, event: 'large', timestamp: 'now', properties: { text: 'x'.repeat(bytes) } }],
});

const open = async () => {
  const served = await serve();
  return { ...served, control: await openControl(served.url) };
};

it('a hundred collections are enough', async () => {
  const { control } = await open();
  const fixtures = Object.fromEntries(Array.from({ length: 9_000 }, (_, index) => [`c${index}`, []]));
  const { status, json } = await control('POST', '/sessions', { body: { fixtures } });
  expect([status, json]).toMatchObject([
    413,
    { detail: 'A request brings at most 100 collections; this one has more.' },
  ]);
});

it('ten thousand names of members are enough, and what GET gives, PUT takes', async () => {
  const { control, mock } = await open();
  const properties = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`"\\${index}:`, '"a":']));
  const event = { project_id: 1, event: 'wide', timestamp: 'now' };
  mock.database.events.create({ ...event, properties: properties(9_000) });
  const snapshot = await control('GET', '/fixtures');
  expect(snapshot.status).toBe(200);
  expect((await control('PUT', '/fixtures', { body: snapshot.json })).status).toBe(204);
  mock.database.events.create({ ...event, properties: properties(12_000) });
  const refused = await control('GET', '/fixtures');
  expect([refused.status, refused.json]).toMatchObject([
    413,
    { detail: 'The members of all objects may have 10000 different names; here they have more.' },
  ]);
});

describe('the rows of one session', () => {
  it.each([
    { case: 'of 14 MB', fixtures: rowsOf(14_000_000) },
    {
      case: 'of two million empty objects',
      fixtures: { events: [{ ...rowsOf(0).events[0], properties: { a: Array(2_000_000).fill({}) } }] },
    },
    {
      case: 'that grow with the fields they lack',
      fixtures: { experiments: Array.from({ length: 30_000 }, (_, id) => ({ id: id + 1, project_id: 1 })) },
    },
    { case: 'that are too many', fixtures: { experiments: Array(500_000).fill({}) } },
  ])('$case are a 413 that says which bound', async ({ fixtures }) => {
    const { control } = await open();
    const refused = await control('POST', '/sessions', { body: { id: 'large', fixtures } });
    expect(refused.status).toBe(413);
    expect(refused.json).toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
      detail: expect.stringMatching(/8388608 bytes|33554432 bytes|40000 rows/),
    });
    expect((await control('GET', '/health')).json).toMatchObject({ sessions: 0 });
    expect((await control('POST', '/sessions', { body: { id: 'large' } })).status).toBe(201);
  });

  it('are a 413 when they are restored, and nothing has changed', async () => {
    const { url, control } = await open();
    for (const base of [url, await openSession(url)]) {
      const at = await openControl(base);
      const { json: snapshot } = await at('GET', '/fixtures');
      const rows = { ...(snapshot as { rows: object }).rows, ...rowsOf(11 * MEBIBYTE) };
      const refused = await at('PUT', '/fixtures', { body: { ...(snapshot as object), rows } });
      expect(refused).toMatchObject({
        status: 413,
        json: { code: 'PAYLOAD_TOO_LARGE', detail: expect.stringContaining('10485760 bytes') },
      });
      expect((await at('GET', '/fixtures')).json).toEqual(snapshot);
    }
    expect((await control('GET', '/health')).status).toBe(200);
  });
});

describe('the rows of all sessions', () => {
  const fixtures = rowsOf(7 * MEBIBYTE);

  it('are a 429 beyond their bound, until a session closes', async () => {
    const { control } = await open();
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1) {
      statuses.push((await control('POST', '/sessions', { body: { id: `s${count}`, fixtures } })).status);
    }
    expect(statuses).toEqual([201, 201, 201, 201, 429, 429]);
    const refused = await control('POST', '/sessions', { body: { fixtures } });
    expect(refused.json).toMatchObject({
      code: 'TOO_MANY_SESSIONS',
      detail: expect.stringContaining('33554432 bytes'),
    });
    expect((await control('POST', '/sessions', { body: {} })).status).toBe(201);
    expect((await control('DELETE', '/sessions/s0')).status).toBe(204);
    expect((await control('POST', '/sessions', { body: { fixtures } })).status).toBe(201);
    expect((await control('POST', '/sessions', { body: { fixtures } })).status).toBe(429);
  });

  it('do not count those that come while their session closes', async () => {
    const { url, control } = await open();
    const session = await openSession(url, { id: 'closing' });
    const body = await (await fetch(`${session}${CONTROL}/fixtures`)).text();
    const large = JSON.stringify({ ...JSON.parse(body), rows: { ...JSON.parse(body).rows, ...fixtures } });
    for (let count = 0; count < 2; count += 1) {
      await control('POST', '/sessions', { body: { id: `c${count}` } });
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(large) };
      const put = request(`${url}${CONTROL}/s/c${count}${CONTROL}/fixtures`, { method: 'PUT', headers });
      const answered = once(put, 'response');
      put.write(large.slice(0, 1_000));
      await ask(url);
      expect((await control('DELETE', `/sessions/c${count}`)).status).toBe(204);
      put.end(large.slice(1_000));
      const [response] = await answered;
      response.resume();
    }
    for (let count = 0; count < 4; count += 1) {
      expect((await control('POST', '/sessions', { body: { fixtures } })).status).toBe(201);
    }
  });

  it('count those once that a session has from the one that it was opened on, until both are closed', async () => {
    const { url, control } = await open();
    const nested = await openControl(await openSession(url, { id: 'parent', fixtures }));
    for (let count = 0; count < 10; count += 1) {
      const own = count % 2 === 0 ? {} : { fixtures: { experiments: [], actions: [] } };
      expect((await nested('POST', '/sessions', { body: { id: `child${count}`, ...own } })).status).toBe(201);
    }
    const openOther = async () => (await control('POST', '/sessions', { body: { fixtures } })).status;
    await control('DELETE', '/sessions/parent');
    expect([await openOther(), await openOther(), await openOther(), await openOther()]).toEqual([
      201, 201, 201, 429,
    ]);
    for (let count = 0; count < 9; count += 1) await control('DELETE', `/sessions/child${count}`);
    expect(await openOther()).toBe(429);
    await control('DELETE', '/sessions/child9');
    expect([await openOther(), await openOther()]).toEqual([201, 429]);
  });

  it('do not count those twice that a snapshot has from before', async () => {
    const { url, control } = await open();
    const base = await openSession(url, { fixtures });
    for (let count = 0; count < 3; count += 1) await openSession(url, { fixtures });
    expect((await control('POST', '/sessions', { body: { fixtures } })).status).toBe(429);
    const at = await openControl(base);
    for (const name of ['a', 'b', 'c']) {
      const { json } = await at('GET', '/fixtures');
      const { rows, ...rest } = json as { rows: Record<string, object[]> };
      const experiments = [{ id: 900, project_id: 1, name }];
      const put = await at('PUT', '/fixtures', { body: { ...rest, rows: { ...rows, experiments } } });
      expect(put.status).toBe(204);
    }
    const { json } = await at('GET', '/fixtures');
    const { rows, ...rest } = json as { rows: object };
    const changed = { ...rest, rows: { ...rows, ...rowsOf(7 * MEBIBYTE) } };
    expect((await at('PUT', '/fixtures', { body: changed })).status).toBe(429);
    expect((await at('GET', '/fixtures')).json).toEqual(json);
  });

  it('are a 429 of the API where an answer would write', async () => {
    const { url, control } = await open();
    const base = await openSession(url, { scenario: 'approval-required' });
    for (let size = 7 * MEBIBYTE; size >= 64; ) {
      const { status } = await control('POST', '/sessions', { body: { fixtures: rowsOf(size) } });
      if (status === 429) size = Math.floor(size / 2);
    }
    const refused = await ask(base);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'TOO_MANY_SESSIONS' });
  });
});

describe('what GET fixtures gives, PUT fixtures takes', () => {
  it.each([
    { case: 'one large row', fixtures: rowsOf(8 * MEBIBYTE - 4_096) },
    {
      case: 'many rows',
      fixtures: {
        experiments: Array.from({ length: 5_000 }, (_, id) => ({
          id: id + 1,
          project_id: 1,
          start_date: 'now-1d',
        })),
      },
    },
    {
      case: 'rows of letters that take three bytes',
      fixtures: { events: [{ ...rowsOf(0).events[0], properties: { text: '語'.repeat(2_700_000) } }] },
    },
    {
      case: 'rows of nested arrays',
      fixtures: { events: [{ ...rowsOf(0).events[0], properties: { a: Array(140_000).fill([]) } }] },
    },
  ])('in a session filled to the bound with $case', async ({ fixtures }) => {
    const { url } = await open();
    const base = await openSession(url, { fixtures });
    const text = await (await fetch(`${base}${CONTROL}/fixtures`)).text();
    const put = await fetch(`${base}${CONTROL}/fixtures`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: text,
    });
    expect(put.status).toBe(204);
    expect(await (await fetch(`${base}${CONTROL}/fixtures`)).text()).toBe(text);
  });

  it('and does not give what is larger', async () => {
    const mock = createMock({ fixtures: rowsOf(20 * MEBIBYTE) });
    const { url } = await serve({ mock });
    const refused = await fetch(`${url}${CONTROL}/fixtures`);
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });
});

it('users of the mock in code may have more', async () => {
  const { url, mock } = await serve({ mock: createMock() });
  mock.database.events.create({
    project_id: 1,
    event: 'large',
    timestamp: 'now',
    properties: { text: 'x'.repeat(12 * MEBIBYTE) },
  });
  const snapshot = mock.snapshot();
  mock.restore(snapshot);
  expect(mock.snapshot()).toEqual(snapshot);
  mock.use('approval-required');
  expect((await ask(url)).status).toBe(409);
});

describe('what else a session is given', () => {
  it.each([
    { case: 'an origin', body: { origin: `https://${'x'.repeat(100_000)}.example` } },
    { case: 'a time', body: { now: `now+${'1'.repeat(100_000)}d` } },
  ])('is bounded: $case', async ({ body }) => {
    const { control } = await open();
    const refused = await control('POST', '/sessions', { body });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.json).length).toBeLessThan(2_000);
  });

  it('is bounded: choices and state of the provider in a snapshot', async () => {
    const { control, mock } = await open();
    const snapshot = mock.snapshot();
    const choices = Array(100_000).fill({ scenario: 'throttled', left: 1 });
    expect((await control('PUT', '/fixtures', { body: { ...snapshot, choices } })).status).toBe(400);
    const provider = { settled: Array.from({ length: 100_000 }, (_, index) => `id-${index}`) };
    expect((await control('PUT', '/fixtures', { body: { ...snapshot, provider } })).status).toBe(204);
    expect(mock.snapshot()).toEqual(snapshot);
  });
});
