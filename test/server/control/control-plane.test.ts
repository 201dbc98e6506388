import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { afterAll, describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { createMock } from '../../../src/index.ts';
import type { MockSnapshot } from '../../../src/mock/snapshot.ts';
import { FLAGS, NOW, STATS } from '../../mock/asking.ts';
import { openControl } from '../support/control.ts';
import type { Operation } from '../support/document.ts';
import { readEvents } from '../support/events.ts';
import { ask, CONTROL, serve } from '../support/server.ts';

const exercised = new Set<string>();
let operations: readonly Operation[] = [];

/** A mock, its server and a client of its control plane. */
async function open(mock = createMock({ now: NOW })) {
  const { url } = await serve({ mock });
  const control = await openControl(url, ({ operationId }, status) =>
    exercised.add(`${operationId} ${status}`),
  );
  operations = control.document.operations;
  return { url, mock, control };
}

/** Like {@link open}, with a pending change request. */
async function openWithChangeRequest() {
  const opened = await open(createMock({ now: NOW, scenario: 'approval-required' }));
  await ask(opened.url);
  const { json } = await opened.control<{ changeRequests: { id: string }[] }>('GET', '/change-requests');
  return { ...opened, id: json.changeRequests[0]?.id };
}

describe('the control plane', () => {
  // Every success response in the document has a test here. This can be checked only if no test was filtered out.
  // biome-ignore lint/correctness/noEmptyPattern: Vitest takes no other first parameter.
  afterAll(({}, { tasks }) => {
    if (tasks.some(({ mode }) => mode === 'skip')) return;
    const successes = operations.flatMap(({ operationId, responses }) =>
      Object.keys(responses)
        .filter((status) => status.startsWith('2'))
        .map((status) => `${operationId} ${status}`),
    );
    // The script is bundled from the panel's sources and tested with them.
    const others = successes.filter((success) => success !== 'panel_script 200');
    expect(others.length).toBeGreaterThan(20);
    expect([...exercised].filter((entry) => / 2\d\d$/.test(entry)).toSorted()).toEqual(others.toSorted());
  });

  it('serves its own document, whose schemas compile in a strict validator', async () => {
    const { control } = await open();
    const { json } = await control('GET', '/openapi.json');
    const yaml = readFileSync(
      new URL('../../../src/server/control/control-plane.yaml', import.meta.url),
      'utf8',
    );
    expect(json).toEqual(load(yaml));
    const bodies = control.document.operations.flatMap(({ requestBody }) =>
      Object.values(requestBody?.content ?? {}),
    );
    expect(bodies.length).toBeGreaterThan(5);
    for (const { schema } of bodies) {
      expect(() => control.document.checkValue(schema, null)).toThrow(/^data /);
    }
  });

  it('has a page whose content security policy allows its own origin only', async () => {
    const { url, control } = await open();
    const { status, headers } = await control('GET', '/');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/html\b/);
    const policy = headers.get('content-security-policy')?.split('; ') ?? [];
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "connect-src 'self'"]),
    );
    // Relative, so that the prefix of a proxy survives.
    const bare = await fetch(`${url + CONTROL}?mock-scenario=ok`, { redirect: 'manual' });
    expect([bare.status, bare.headers.get('location')]).toEqual([308, '__mock__/?mock-scenario=ok']);
  });

  it('reports that the mock is up', async () => {
    const { control } = await open();
    const { version } = packageJson;
    expect((await control('GET', '/health')).json).toEqual({ status: 'ok', version, sessions: 0 });
    await control('POST', '/sessions');
    expect((await control('GET', '/health')).json).toMatchObject({ sessions: 1 });
  });

  it('shows the contract of the mock', async () => {
    const { control, mock } = await open();
    expect((await control('GET', '/contract')).json).toEqual(mock.contract.document);
  });

  it('lists the catalogue and the selection', async () => {
    const { control, mock } = await open(createMock({ now: NOW, scenario: { [FLAGS]: 'throttled' } }));
    const { json } = await control('GET', '/scenarios');
    expect(json).toMatchObject({
      selected: { default: 'ok', operations: { [FLAGS]: 'throttled' } },
      scenarios: mock.scenarios,
    });
    expect(json).toMatchObject({
      operations: expect.arrayContaining([
        expect.objectContaining({
          id: STATS,
          method: 'GET',
          path: '/api/projects/{project_id}/experiments/stats/',
          tags: ['experiments'],
          parameters: expect.arrayContaining([
            expect.objectContaining({ name: 'project_id', in: 'path', required: true }),
          ]),
        }),
      ]),
    });
  });

  it('shows the selection without the catalogue', async () => {
    const { control } = await open(createMock({ now: NOW, scenario: { [FLAGS]: 'throttled' } }));
    expect((await control('GET', '/scenario')).json).toEqual({
      selected: { default: 'ok', operations: { [FLAGS]: 'throttled' } },
    });
  });

  it.each([
    {
      body: { scenario: 'throttled' },
      selected: { default: 'throttled', operations: {} },
      statuses: [429, 429],
    },
    {
      body: { scenario: 'throttled', operation: STATS },
      selected: { default: 'ok', operations: { [STATS]: 'throttled' } },
      statuses: [429, 429],
    },
    {
      body: { scenario: 'throttled', times: 1 },
      selected: { default: 'throttled', operations: {} },
      statuses: [429, 200],
    },
    {
      body: { scenario: 'throttled', operation: FLAGS, delay: [0, 1] },
      selected: { default: 'ok', operations: { [FLAGS]: 'throttled' } },
      statuses: [200, 200],
    },
  ])('selects a scenario: $body', async ({ body, selected, statuses }) => {
    const { url, control } = await open();
    expect((await control('PUT', '/scenario', { body })).json).toEqual({ selected });
    expect([(await ask(url)).status, (await ask(url)).status]).toEqual(statuses);
  });

  it('takes back the scenario of an operation', async () => {
    const { control, mock } = await open(createMock({ scenario: { [STATS]: 'throttled' } }));
    const takeBack = (operation?: string) =>
      control<{ detail: string }>('PUT', '/scenario', { body: { scenario: null, operation } });
    expect(await takeBack('stats')).toMatchObject({ status: 400, json: { code: 'REQUEST_INVALID' } });
    expect((await takeBack()).json.detail).toContain('for the whole mock, use "ok"');
    expect(mock.scenario.operations).toEqual({ [STATS]: 'throttled' });
    expect((await takeBack(STATS)).json).toEqual({ selected: { default: 'ok', operations: {} } });
  });

  it('selects a delay', async () => {
    const { url, control, mock } = await open();
    await control('PUT', '/scenario', { body: { scenario: 'ok', delay: 3 } });
    await ask(url);
    expect(mock.journal.entries[0]?.durationMs).toBeGreaterThanOrEqual(3);
  });

  it('resets the mock', async () => {
    const { url, control, mock } = await open();
    const start = mock.snapshot();
    await control('PUT', '/scenario', { body: { scenario: 'throttled' } });
    await control('PUT', '/clock', { body: { advance: 1e9 } });
    mock.database.experiments.delete({});
    await ask(url);
    expect((await control('POST', '/reset')).status).toBe(204);
    expect(mock.snapshot()).toEqual(start);
    expect(mock.journal.entries).toEqual([]);
  });

  it('takes a snapshot and restores it', async () => {
    const { url, control, mock } = await open();
    const { json: snapshot } = await control<MockSnapshot>('GET', '/fixtures');
    expect(snapshot).toEqual(mock.snapshot());
    const { rows } = snapshot;
    const body = { ...snapshot, rows: { ...rows, experiments: [] } };
    expect((await control('PUT', '/fixtures', { body })).status).toBe(204);
    expect(await (await ask(url)).json()).toMatchObject({ active_experiments: 0 });
    await control('PUT', '/fixtures', { body: snapshot });
    expect(mock.snapshot()).toEqual(snapshot);
  });

  it('shows and sets the time', async () => {
    const { control, mock } = await open();
    expect((await control('GET', '/clock')).json).toEqual({ now: '2026-03-15T12:00:00.000Z', kind: 'fixed' });
    for (const [body, now] of [
      [{ now: '2030-01-01T00:00:00Z' }, '2030-01-01T00:00:00.000Z'],
      [{ now: 'now+1d' }, '2030-01-02T00:00:00.000Z'],
      [{ advance: -1500 }, '2030-01-01T23:59:58.500Z'],
    ] as const) {
      expect((await control('PUT', '/clock', { body })).json).toEqual({ now, kind: 'fixed' });
      expect(mock.clock.now().toISOString()).toBe(now);
    }
  });

  it('keeps a running clock running when it is advanced', async () => {
    const { control } = await open(createMock());
    expect((await control('PUT', '/clock', { body: { advance: 1000 } })).json).toMatchObject({
      kind: 'running',
    });
  });

  it('shows and clears the journal', async () => {
    const { url, control, mock } = await open();
    await ask(url);
    expect((await control('GET', '/requests')).json).toEqual({ requests: mock.journal.entries });
    expect((await control('DELETE', '/requests')).status).toBe(204);
    expect((await control('GET', '/requests')).json).toEqual({ requests: [] });
  });

  it('shows the coverage, and counts it anew', async () => {
    const { url, control, mock } = await open();
    const { json: before } = await control('GET', '/coverage');
    await ask(url);
    const { json } = await control('GET', '/coverage');
    expect(json).toEqual(mock.coverage());
    expect(json).not.toEqual(before);
    expect((await control('DELETE', '/coverage')).status).toBe(204);
    expect((await control('GET', '/coverage')).json).toEqual(before);
  });

  it('gives the pact of what was asked', async () => {
    const { url, control, mock } = await open();
    await ask(url, { accept: 'application/json' });
    const { json } = await control('GET', '/pact?consumer=a&provider=b');
    expect(json).toEqual(JSON.parse(JSON.stringify(mock.pact({ consumer: 'a', provider: 'b' }))));
    expect(json).toMatchObject({ interactions: [{ description: `${STATS} answers 200` }] });
  });

  it('streams requests as they come', async () => {
    const { url, control } = await open();
    using events = readEvents(await control.events());
    await ask(url);
    expect(await events.next('request')).toMatchObject({ operation: STATS, status: 200 });
  });

  it('opens, shows, lists and closes sessions', async () => {
    const { url, control } = await open();
    const opened = await control('POST', '/sessions', { body: { id: 'mine' } });
    const path = `${CONTROL}/s/mine`;
    const session = { id: 'mine', baseUrl: url + path, path, expiresAt: expect.any(String) };
    expect([opened.status, opened.json]).toEqual([201, session]);
    expect((await control('GET', '/sessions/mine')).json).toEqual(session);
    expect((await control('GET', '/sessions')).json).toEqual({ sessions: [session] });
    expect((await control('DELETE', '/sessions/mine')).status).toBe(204);
    expect((await control('GET', '/sessions')).json).toEqual({ sessions: [] });
  });

  it.each([
    { action: 'approve', body: { by: 2 }, status: 'applied' },
    { action: 'reject', body: { by: 3, reason: 'Not now.' }, status: 'rejected' },
    { action: 'cancel', body: { by: 1 }, status: 'canceled' },
    { action: 'expire', body: {}, status: 'expired' },
  ])('moves change requests: $action', async ({ action, body, status }) => {
    const { control, id } = await openWithChangeRequest();
    expect((await control('POST', `/change-requests/${id}/${action}`, { body })).json).toMatchObject({
      status,
      change_request: { id },
    });
  });

  it.each(['/health/', '/scenarios/', '/sessions/'])('accepts a trailing slash: %s', async (path) => {
    const { control } = await open();
    expect((await control('GET', path)).status).toBe(200);
  });

  it('answers HEAD like GET, without a body', async () => {
    const { control } = await open();
    for (const path of ['/', '/health', '/clock', '/requests']) {
      const { status, json } = await control('HEAD', path);
      expect([path, status, json]).toEqual([path, 200, undefined]);
    }
  });

  it('forbids caching, MIME sniffing and reading from other origins', async () => {
    const { control } = await open();
    const answers = [await control('GET', '/health'), await control('GET', '/nothing')];
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});
