import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCoreMock } from '../../../src/create-core-mock.ts';
import { type Coverage, createMock, mergeCoverage } from '../../../src/index.ts';
import { Budget } from '../../../src/mock/budget.ts';
import { createCoverageCounter, MAX_UNDOCUMENTED_STATUSES } from '../../../src/mock/coverage/counter.ts';
import { createCoverageLayouts } from '../../../src/mock/coverage/layout.ts';
import { catalogueOf } from '../../../src/mock/scenarios/catalogue.ts';
import { servedOf } from '../../../src/mock/served.ts';
import { readFiles } from '../../../src/read-files.ts';
import { createRowLimit } from '../../../src/server/row-limits.ts';
import { CONTRACT_TEXT } from '../../contract/copies.ts';
import { ask, FLAGS, NOW, PATHS, prefer, request, requestWith, STATS } from '../asking.ts';

const open = () => createMock({ now: NOW });

const THINGS = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things/{id}': {
      get: {
        operationId: 'thing',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'limit', in: 'query', schema: { type: 'integer' } },
          { name: 'filter', in: 'query', style: 'deepObject', schema: { type: 'object' } },
          { name: 'X-Tenant', in: 'header', schema: { type: 'string' } },
          { name: 'theme', in: 'cookie', schema: { type: 'string' } },
        ],
        responses: {
          200: { description: 'ok' },
          '4XX': { description: 'refused' },
        },
      },
      delete: { operationId: 'deleteThing', responses: { default: { description: 'done' } } },
    },
  },
} as const;

const openThings = () => createMock({ contract: THINGS, now: NOW });
const THING = { path: '/things/1', headers: {} } as const;

function operationOf({ operations }: Coverage, id: string) {
  const found = operations.find((operation) => operation.id === id);
  if (!found) throw new Error(`no operation ${id}`);
  return found;
}

/** What was counted at all of one operation, by name. */
function countedOf(coverage: Coverage, id: string) {
  const { count, statuses, undocumented, scenarios, parameters } = operationOf(coverage, id);
  const names = [
    ...[...statuses, ...undocumented].map((one) => [String(one.status), one.count] as const),
    ...[...scenarios, ...parameters].map((one) => [one.name, one.count] as const),
  ];
  return { count, ...Object.fromEntries(names.filter(([, times]) => times > 0)) };
}

describe('coverage', () => {
  it('has every operation, status, scenario and parameter of the contract from the start', () => {
    const { operations, totals, version } = openThings().coverage();
    expect(version).toBe(1);
    expect(operations).toEqual([
      {
        id: 'thing',
        method: 'GET',
        path: '/things/{id}',
        count: 0,
        statuses: [
          { status: '200', count: 0 },
          { status: '4XX', count: 0 },
        ],
        undocumented: [],
        scenarios: operations[0]?.scenarios,
        parameters: [
          { in: 'query', name: 'limit', count: 0 },
          { in: 'query', name: 'filter', count: 0 },
          { in: 'header', name: 'X-Tenant', count: 0 },
          { in: 'cookie', name: 'theme', count: 0 },
        ],
      },
      expect.objectContaining({ id: 'deleteThing', parameters: [] }),
    ]);
    expect(operations[0]?.scenarios[0]).toEqual({ name: 'ok', count: 0 });
    expect(totals).toMatchObject({
      operations: { covered: 0, total: 2 },
      statuses: { covered: 0, total: 3 },
      parameters: { covered: 0, total: 4 },
    });
  });

  it('counts the operation, the status and the scenario of an answer', () => {
    const mock = open();
    ask(mock);
    prefer(mock, 'scenario=throttled');
    ask(mock, { path: PATHS[FLAGS] });
    expect(countedOf(mock.coverage(), STATS)).toEqual({ count: 2, 200: 1, 429: 1, ok: 1, throttled: 1 });
    expect(countedOf(mock.coverage(), FLAGS)).toMatchObject({ count: 1, 200: 1, ok: 1 });
  });

  it('counts HEAD as GET, and a refusal of the API as ok', () => {
    const mock = open();
    ask(mock, { method: 'HEAD', headers: {} });
    expect(countedOf(mock.coverage(), STATS)).toEqual({ count: 1, 401: 1, ok: 1 });
  });

  it('counts a connection that breaks, which has no status', () => {
    const mock = open();
    mock.answer(requestWith({ prefer: 'scenario=network-error' }));
    expect(countedOf(mock.coverage(), STATS)).toEqual({ count: 1, 'network-error': 1 });
  });

  it.each([
    { what: 'a path that no operation has', changes: { path: '/api/other/' } },
    { what: 'a method that the path lacks', changes: { method: 'PATCH' } },
    { what: 'a request that the mock refuses', changes: requestWith({ prefer: 'scenario=no-such' }) },
  ])('does not count $what', ({ changes }) => {
    const mock = open();
    ask(mock, changes);
    expect(mock.coverage().totals.operations.covered).toBe(0);
  });

  it('does not count an answer that breaks the contract', () => {
    const document: { components: { schemas: { ExperimentStats: object } } } = JSON.parse(
      JSON.stringify(createMock().contract.document, (key, value) =>
        key === 'examples' ? undefined : value,
      ),
    );
    document.components.schemas.ExperimentStats = { type: 'string' };
    const mock = createMock({ contract: document, now: NOW });
    expect(ask(mock).status).toBe(500);
    expect(mock.coverage().totals.operations.covered).toBe(0);
  });

  it('counts a status for the range that documents it', () => {
    const mock = openThings();
    prefer(mock, 'code=404', THING);
    prefer(mock, 'code=418', THING);
    prefer(mock, 'code=503', { ...THING, method: 'DELETE' });
    expect(countedOf(mock.coverage(), 'thing')).toMatchObject({ count: 2, '4XX': 2 });
    expect(countedOf(mock.coverage(), 'deleteThing')).toMatchObject({ count: 1, default: 1 });
  });

  it('counts the documented parameters that a request has, once each', () => {
    const mock = openThings();
    ask(mock, { ...THING, query: 'limit=1&limit=2&other=1' });
    ask(mock, { ...THING, query: 'filter%5Bname%5D=a&filter[age]=1', headers: { 'x-tenant': 'a' } });
    ask(mock, { ...THING, headers: { cookie: 'a=limit; theme=dark' } });
    ask(mock, THING);
    expect(countedOf(mock.coverage(), 'thing')).toMatchObject({
      count: 4,
      limit: 1,
      filter: 1,
      'X-Tenant': 1,
      theme: 1,
    });
  });

  it('stays when the mock is reset, restored or its journal cleared', () => {
    const mock = open();
    const before = mock.snapshot();
    ask(mock);
    mock.reset();
    mock.journal.clear();
    mock.restore(before);
    expect(countedOf(mock.coverage(), STATS).count).toBe(1);
    mock.clearCoverage();
    expect(mock.coverage()).toEqual(open().coverage());
  });

  it('is plain JSON that does not change later', () => {
    const mock = open();
    const coverage = mock.coverage();
    const text = JSON.stringify(coverage);
    ask(mock);
    expect(JSON.stringify(coverage)).toBe(text);
    expect(JSON.parse(text)).toEqual(coverage);
  });
});

describe('a session', () => {
  it('counts for itself and for every mock above it, also when it is closed', () => {
    const mock = open();
    ask(mock);
    const session = mock.session();
    {
      using inner = session.session({ scenario: 'throttled' });
      ask(inner);
      expect(countedOf(inner.coverage(), STATS)).toEqual({ count: 1, 429: 1, throttled: 1 });
    }
    expect(countedOf(session.coverage(), STATS)).toEqual({ count: 1, 429: 1, throttled: 1 });
    expect(countedOf(mock.coverage(), STATS)).toEqual({ count: 2, 200: 1, 429: 1, ok: 1, throttled: 1 });
  });

  it('counts for the mock alone where sessions have no room left', () => {
    const mock = open();
    const session = mock.session();
    const budget = new Budget(0);
    servedOf(session).limit({ rows: createRowLimit(null), journal: null, pacts: null, coverage: budget });
    ask(session);
    ask(session, { path: PATHS[FLAGS] });
    expect(session.coverage().totals.operations.covered).toBe(1);
    expect(mock.coverage().totals.operations.covered).toBe(2);
    expect(budget.used).toBeGreaterThan(0);
    session[Symbol.dispose]();
    expect(budget.used).toBe(0);
  });

  it('in a parallel run adds up to what one mock counts', () => {
    const requests = fc.array(
      fc.record({
        worker: fc.nat(3),
        id: fc.constantFrom(STATS, FLAGS),
        prefer: fc.constantFrom('', 'scenario=throttled', 'code=500', 'code=404', 'scenario=no-such'),
        query: fc.constantFrom('', 'events=[]', 'no=1'),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(requests, (all) => {
        const serial = open();
        const workers = [open(), open(), open(), open()];
        const sessions = workers.map((worker) => worker.session());
        for (const { worker, id, query, ...headers } of all) {
          const asked = requestWith(headers, { path: PATHS[id], query });
          serial.answer(asked);
          sessions[worker]?.answer(asked);
        }
        expect(mergeCoverage(workers.map((worker) => worker.coverage()))).toEqual(serial.coverage());
      }),
      { numRuns: 30 },
    );
  });
});

describe('a contract that changes', () => {
  function openWatched() {
    const { mock, reload } = openCoreMock(readFiles({}), { now: NOW });
    return {
      mock,
      rename: (old: string, name: string) =>
        reload(readFiles({ contract: CONTRACT_TEXT.replaceAll(old, name) }), undefined),
    };
  }

  it('keeps what was counted of what it still has', () => {
    const { mock, rename } = openWatched();
    ask(mock);
    prefer(mock, 'scenario=trend-up');
    ask(mock, { path: PATHS[FLAGS] });
    rename(FLAGS, 'renamed');
    rename('trend-up:', 'trend-upwards:');
    const coverage = mock.coverage();
    expect(countedOf(coverage, STATS)).toEqual({ count: 2, 200: 2, ok: 1 });
    expect(countedOf(coverage, FLAGS)).toEqual({ count: 0 });
  });

  it('counts what sessions answer by the contract that they were opened on', () => {
    const { mock, rename } = openWatched();
    const session = mock.session({ scenario: 'trend-up' });
    rename('trend-up:', 'trend-upwards:');
    ask(session);
    ask(session, { path: PATHS[FLAGS] });
    expect(countedOf(session.coverage(), STATS)).toMatchObject({ count: 1, 'trend-up': 1 });
    expect(countedOf(mock.coverage(), STATS)).toEqual({ count: 1, 200: 1 });
  });
});

it('counts undocumented statuses by code, in ascending order and only so many of them', () => {
  const { contract } = openThings();
  const catalogue = catalogueOf(contract, () => new Map(), '');
  const counter = createCoverageCounter({ catalogue, layouts: createCoverageLayouts(catalogue) }, null);
  for (let status = 599; status >= 500; status -= 1) {
    for (const _ of ['once', 'twice']) {
      counter.count({ operation: 'thing', status, scenario: 'ok', request: request(THING) });
    }
  }
  const { count, undocumented } = operationOf(counter.coverage(), 'thing');
  expect(count).toBe(200);
  expect(undocumented).toHaveLength(MAX_UNDOCUMENTED_STATUSES);
  expect(undocumented.at(-1)).toEqual({ status: 599, count: 2 });
  expect(undocumented.map(({ status }) => status)).toEqual(undocumented.map(({ status }) => status).sort());
});
