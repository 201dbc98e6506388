import { afterEach, describe, expect, it } from 'vitest';
import { isObject, type JsonObject } from '../../../src/json.ts';
import { API, JSON_BODY, KEY, openSession, scenarioAt, serve } from '../support/server.ts';

/** Every route at which the control plane reads JSON, with a valid body. */
const INPUTS: readonly { readonly method: string; readonly path: string; readonly right: JsonObject }[] = [
  { method: 'PUT', path: '/scenario', right: { scenario: 'ok', operation: 'experiments_stats_retrieve' } },
  {
    method: 'POST',
    path: '/sessions',
    right: {
      scenario: { experiments_stats_retrieve: 'ok' },
      fixtures: { experiments: [{ id: 1, project_id: 1 }], actions: [] },
    },
  },
  { method: 'PUT', path: '/clock', right: { now: '2026-03-15T12:00:00Z' } },
  { method: 'POST', path: '/change-requests/1/approve', right: { by: 1 } },
  { method: 'POST', path: '/change-requests/1/reject', right: { by: 1, reason: 'no' } },
  { method: 'POST', path: '/change-requests/1/cancel', right: { by: 1 } },
  { method: 'POST', path: '/change-requests/1/expire', right: {} },
];

/** Members that would change the prototype of every object if they were copied by assignment. */
const POISONS: readonly (readonly [name: string, value: unknown])[] = [
  ['__proto__', { polluted: true, scenario: 'server-error', by: 1, id: 'stolen' }],
  ['__proto__', null],
  ['__proto__', []],
  ['constructor', { prototype: { polluted: true } }],
  ['prototype', { polluted: true }],
  ['toString', 'polluted'],
  ['hasOwnProperty', 1],
];

/** A copy of the value for each object in it, with the member added to that object. */
function poisoned(value: unknown, name: string, poison: unknown): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      poisoned(item, name, poison).map((changed) => value.with(index, changed)),
    );
  }
  if (!isObject(value)) return [];
  const within = Object.entries(value).flatMap(([key, member]) =>
    poisoned(member, name, poison).map((changed) => defined(value, key, changed)),
  );
  return [defined(value, name, poison), ...within];
}

/** Adds an own member; an assignment to `__proto__` would set the prototype. */
function defined(object: JsonObject, name: string, value: unknown): JsonObject {
  return Object.fromEntries([...Object.entries(object).filter(([key]) => key !== name), [name, value]]);
}

async function sendJson(url: string, method: string, path: string, body: unknown) {
  const init = { method, headers: JSON_BODY, body: JSON.stringify(body) };
  const response = await fetch(`${url}/__mock__${path}`, init);
  return { status: response.status, text: await response.text() };
}

const members = () =>
  [Object, Array, Map, String, Function].map(({ prototype }) => Reflect.ownKeys(prototype));
const untouched = members();

afterEach(() => {
  expect(members()).toEqual(untouched);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

describe.each(POISONS)('a member "%s" of %j', (name, poison) => {
  it.each(INPUTS)(
    'is refused in any object of the body of $method $path',
    async ({ method, path, right }) => {
      const { url, mock, failures } = await serve();
      const before = mock.snapshot();
      for (const body of poisoned(right, name, poison)) {
        const { status, text } = await sendJson(url, method, path, body);
        expect(status, text).toBe(400);
      }
      expect(mock.snapshot()).toEqual(before);
      expect(failures).toEqual([]);
    },
  );

  it('is refused in a snapshot, among its collections and in their rows', async () => {
    const { url, mock, failures } = await serve();
    const before = mock.snapshot();
    const withRows = (collection: string, rows: unknown) => ({
      ...before,
      rows: defined({ ...before.rows }, collection, rows),
    });
    const inRows = Object.entries(before.rows).flatMap(([collection, [row]]) =>
      row === undefined ? [] : [withRows(collection, [defined({ ...row }, name, poison)])],
    );
    expect(inRows.length).toBeGreaterThan(5);
    for (const body of [defined({ ...before }, name, poison), withRows(name, poison), ...inRows]) {
      const { status, text } = await sendJson(url, 'PUT', '/fixtures', body);
      expect(status, text).toBe(400);
    }
    expect(mock.snapshot()).toEqual(before);
    expect(failures).toEqual([]);
  });

  it('has no effect in the selections and the clock of a snapshot', async () => {
    const { url, mock, failures } = await serve();
    mock.use('throttled');
    mock.use('flag-required', { operation: 'experiments_requires_flag_implementation_retrieve' });
    const before = mock.snapshot();
    const { choices, clock } = before;
    const bodies = [
      ...poisoned(choices, name, poison).map((changed) => ({ ...before, choices: changed })),
      ...poisoned(clock, name, poison).map((changed) => ({ ...before, clock: changed })),
    ];
    expect(bodies.length).toBeGreaterThan(2);
    for (const body of bodies) {
      const { status, text } = await sendJson(url, 'PUT', '/fixtures', body);
      expect([204, 400], text).toContain(status);
      expect(mock.snapshot()).toMatchObject({ choices, clock });
      expect(await scenarioAt(url)).toBe('throttled');
    }
    expect(failures).toEqual([]);
  });

  it('is kept as an ordinary member in free-form JSON', async () => {
    const { url } = await serve();
    const metrics = [defined({ kind: 'a' }, name, poison)];
    const experiment = { id: 1, project_id: 1, metrics, parameters: defined({}, name, poison) };
    const session = await openSession(url, { fixtures: { experiments: [experiment] } });
    const snapshot = await (await fetch(`${session}/__mock__/fixtures`)).text();
    expect(snapshot).toContain(`"parameters":${JSON.stringify(experiment.parameters)}`);
    expect(snapshot).toContain(`"metrics":${JSON.stringify(metrics)}`);
    expect((await sendJson(session, 'PUT', '/fixtures', JSON.parse(snapshot))).status).toBe(204);
    expect(await (await fetch(`${session}/__mock__/fixtures`)).text()).toBe(snapshot);
    expect(await scenarioAt(session)).toBe('ok');
  });
});

describe.each(['__proto__', 'constructor', 'prototype', 'toString'])('the name "%s"', (name) => {
  it.each([
    { as: 'a scenario', method: 'PUT', path: '/scenario', body: { scenario: name } },
    { as: 'an operation', method: 'PUT', path: '/scenario', body: { scenario: 'ok', operation: name } },
    { as: 'a scenario of a session', method: 'POST', path: '/sessions', body: { scenario: name } },
    { as: 'a collection', method: 'POST', path: '/sessions', body: { fixtures: defined({}, name, []) } },
    {
      as: 'an operation of a session',
      method: 'POST',
      path: '/sessions',
      body: { scenario: defined({}, name, 'ok') },
    },
    { as: 'a time', method: 'PUT', path: '/clock', body: { now: name } },
    { as: 'a change request', method: 'POST', path: `/change-requests/${name}/approve`, body: {} },
    { as: 'a path', method: 'PUT', path: `/${name}`, body: {} },
    { as: 'a whole body', method: 'PUT', path: '/scenario', body: name },
  ])('is unknown as $as', async ({ method, path, body }) => {
    const { url, mock, failures } = await serve();
    const before = mock.snapshot();
    const { status, text } = await sendJson(url, method, path, body);
    expect([400, 404], text).toContain(status);
    expect(mock.snapshot()).toEqual(before);
    expect(failures).toEqual([]);
  });

  it('is unknown as a filter, a preference or a field of a body', async () => {
    const { url, failures } = await serve();
    const filtered = await fetch(`${url}/__mock__/requests?${name}=1`);
    expect(filtered.status).toBe(400);
    const preferring = (prefer: string) => fetch(url + API, { headers: { ...KEY, prefer } });
    expect((await preferring(`scenario=${name}`)).status).toBe(400);
    expect((await preferring(`${name}=1`)).status).toBe(200);
    const body = JSON.stringify(defined({}, name, { personal_api_key: 'phx_experiment_read' }));
    expect((await fetch(url + API, { method: 'POST', headers: JSON_BODY, body })).status).toBe(401);
    expect(failures).toEqual([]);
  });
});

it('very deeply nested JSON is refused and has no effect', async () => {
  const { url, failures } = await serve();
  for (const deep of [
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
  ]) {
    for (const path of ['/scenario', '/fixtures', '/clock']) {
      const response = await fetch(`${url}/__mock__${path}`, {
        method: 'PUT',
        headers: JSON_BODY,
        body: deep,
      });
      expect(response.status).toBe(400);
    }
    const experiments = `[{"id":1,"project_id":1,"parameters":${deep}}]`;
    const body = `{"fixtures":{"experiments":${experiments}}}`;
    const response = await fetch(`${url}/__mock__/sessions`, { method: 'POST', headers: JSON_BODY, body });
    expect(response.status).toBe(400);
    const toApi = await fetch(url + API, { method: 'POST', headers: { ...KEY, ...JSON_BODY }, body: deep });
    expect(toApi.status).toBe(405);
  }
  const journal = await fetch(`${url}/__mock__/requests`);
  expect(journal.status).toBe(200);
  expect(await scenarioAt(url)).toBe('ok');
  expect(failures).toEqual([]);
});
