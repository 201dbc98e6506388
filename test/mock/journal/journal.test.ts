import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMock, type Mock } from '../../../src/index.ts';
import { ask, FLAGS, NOW, PATHS, request, requestWith, STATS } from '../asking.ts';

const open = () => createMock({ now: NOW });

/** What it says is in hints.test.ts. */
const SAID = expect.any(String);

describe('an entry', () => {
  it('records the request, its time, and how it was answered', () => {
    const mock = open();
    mock.answer(requestWith({ accept: 'application/json' }, { query: 'format=json' }));
    expect(mock.journal.entries).toEqual([
      {
        number: 1,
        time: NOW,
        session: null,
        request: {
          method: 'GET',
          path: PATHS[STATS],
          query: 'format=json',
          headers: { authorization: '[redacted]', accept: 'application/json' },
          body: null,
        },
        operation: STATS,
        scenario: 'ok',
        source: 'database',
        status: 200,
        response: {
          headers: {
            'Content-Type': 'application/json',
            Allow: 'GET, HEAD, OPTIONS',
            Vary: 'Prefer',
            'X-Mock-Operation': STATS,
            'X-Mock-Scenario': 'ok',
            'X-Mock-Source': 'database',
          },
          body: expect.stringMatching(/^\{"launched_last_30d":\d+,/),
        },
        durationMs: expect.any(Number),
        hint: null,
        findings: [],
        violations: [],
        withheld: null,
        cut: [],
        curl: `curl -H "Authorization: Bearer $POSTHOG_PERSONAL_API_KEY" -H 'Accept: application/json' 'http://127.0.0.1:4010${PATHS[STATS]}?format=json'`,
      },
    ]);
  });

  it.each([
    {
      case: 'a forced example',
      changes: requestWith({ prefer: 'code=500' }),
      entry: { operation: STATS, scenario: 'server-error', source: 'example', status: 500 },
    },
    {
      case: 'a forced answer that is computed',
      changes: requestWith({ prefer: 'code=409' }),
      entry: {
        operation: STATS,
        scenario: 'approval-required',
        source: 'responder',
        status: 409,
        hint: SAID,
      },
    },
    {
      case: 'a refusal',
      changes: { headers: {} },
      entry: { operation: STATS, scenario: 'ok', source: 'database', status: 401, hint: SAID },
    },
    {
      case: 'a wrong preference',
      changes: requestWith({ prefer: 'code=999' }),
      entry: { operation: STATS, scenario: null, source: null, status: 400, hint: SAID },
    },
    {
      case: 'a broken connection',
      changes: requestWith({ prefer: 'scenario=network-error' }),
      entry: { operation: STATS, scenario: 'network-error', source: 'example', status: null },
    },
    {
      case: 'a timeout',
      changes: requestWith({ prefer: 'scenario=timeout' }),
      entry: { operation: STATS, scenario: 'timeout', source: 'example', status: null },
    },
    {
      case: 'a path of the mock that does not match',
      changes: { path: '/nothing/' },
      entry: { operation: null, scenario: null, source: null, status: 404, hint: SAID },
    },
  ])('describes $case', ({ changes, entry }) => {
    const mock = open();
    mock.answer(request(changes));
    expect(mock.journal.entries).toMatchObject([{ hint: null, ...entry }]);
  });

  it('has the body unless it is very long', () => {
    const mock = open();
    for (const length of [0, 4_096, 4_097])
      mock.answer(request({ method: 'POST', body: 'x'.repeat(length) }));
    expect(mock.journal.entries.map(({ request }) => request.body?.length)).toEqual([0, 4_096, undefined]);
  });

  it('has the time until the reply, including the delay', () => {
    const mock = open();
    ask(mock, requestWith({ prefer: 'delay=250' }));
    expect(mock.journal.entries[0]?.durationMs).toBeGreaterThanOrEqual(250);
  });

  it('has neither a response nor a duration for a timeout', () => {
    const mock = open();
    mock.answer(requestWith({ prefer: 'scenario=timeout' }));
    expect(mock.journal.entries).toMatchObject([{ status: null, response: null, durationMs: null }]);
  });

  it('is frozen', () => {
    const mock = open();
    ask(mock);
    const [entry] = mock.journal.entries;
    expect(() => Object.assign(entry ?? {}, { status: 999 })).toThrow(TypeError);
    expect(() => Object.assign(entry?.request.headers ?? {}, { accept: 'changed' })).toThrow(TypeError);
  });
});

describe('the journal', () => {
  it('keeps the last 1000 requests, oldest first, and continues the numbering', () => {
    const mock = open();
    const numbers = () => mock.journal.entries.map(({ number }) => number);
    for (let count = 0; count < 1_000; count += 1) mock.answer(request({ path: '/a' }));
    expect(numbers()).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
    for (let count = 0; count < 1_500; count += 1) mock.answer(request({ path: '/a' }));
    expect(numbers()).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1_501));
  });

  it('is empty after clear and continues the numbering', () => {
    const mock = open();
    for (let count = 0; count < 1_001; count += 1) mock.answer(request({ path: '/a' }));
    mock.journal.clear();
    expect(mock.journal.entries).toEqual([]);
    ask(mock);
    ask(mock);
    expect(mock.journal.entries.map(({ number }) => number)).toEqual([1_002, 1_003]);
  });

  it('lists the requests that no operation matched', () => {
    const mock = open();
    for (const path of ['/api/nothing/', PATHS[STATS], '/', PATHS[FLAGS]]) mock.answer(request({ path }));
    expect(mock.journal.unmatched.map(({ request }) => request.path)).toEqual(['/api/nothing/', '/']);
    expect(mock.journal.entries).toHaveLength(4);
  });
});

it('a session keeps the last 200 requests', () => {
  const session = open().session();
  for (let count = 0; count < 201; count += 1) session.answer(request({ path: '/a' }));
  expect(session.journal.entries.map(({ number }) => number)).toEqual(
    Array.from({ length: 200 }, (_, index) => index + 2),
  );
});

it('waitFor rejects when the mock is disposed of', async () => {
  const mock = open();
  const found = expect(mock.journal.waitFor()).rejects.toThrow('The mock was disposed of');
  mock[Symbol.dispose]();
  await found;
});

describe('filter', () => {
  it('finds the entries that meet all criteria, oldest first', () => {
    const mock = open();
    ask(mock);
    ask(mock, { path: PATHS[FLAGS] });
    ask(mock, { method: 'HEAD' });
    const numbers = mock.journal.filter({ operation: STATS }).map(({ number }) => number);
    expect(numbers).toEqual([1, 3]);
    expect(mock.journal.filter({ operation: STATS, method: 'GET', status: 403 })).toEqual([]);
    expect(mock.journal.filter({}, 2).map(({ number }) => number)).toEqual([2, 3]);
    expect([...mock.journal.each({ operation: STATS }, 1)]).toEqual(
      mock.journal.filter({ operation: STATS }, 1),
    );
  });

  it('refuses a criterion that does not exist', () => {
    const criteria: object = { statu: 200 };
    expect(() => open().journal.filter(criteria)).toThrow(TypeError);
    expect(() => open().journal.each(criteria)).toThrow(TypeError);
  });

  it.each([
    { criteria: { status: '200' }, error: '"status" of filter is a whole number or null; found "200".' },
    { criteria: { status: 200.5 }, error: '"status" of filter is a whole number or null; found 200.5.' },
    { criteria: { method: null }, error: '"method" of filter is a string; found null.' },
    {
      criteria: { operation: [STATS] },
      error: `"operation" of filter is a string or null; found ["${STATS}"].`,
    },
    { criteria: { scenario: 5 }, error: '"scenario" of filter is a string or null; found 5.' },
    { criteria: { operation: 'stats' }, error: 'There is no operation "stats". The contract has: ' },
    {
      criteria: { scenario: 'throtled' },
      error: 'There is no scenario "throtled". Did you mean "throttled"?',
    },
  ])('refuses $criteria, which match nothing', ({ criteria, error }) => {
    const filter = () => Reflect.apply(open().journal.filter, undefined, [criteria]);
    expect(filter).toThrow(error);
  });

  it('finds methods in any case', () => {
    const mock = open();
    ask(mock);
    expect(mock.journal.filter({ method: 'get' })).toHaveLength(1);
  });
});

it('is kept, and the request answered, although a subscriber throws; its error is thrown later', () => {
  const tasks: (() => void)[] = [];
  vi.stubGlobal('queueMicrotask', (task: () => void) => tasks.push(task));
  const mock = open();
  mock.subscribe(() => {
    throw new Error('of the subscriber');
  });
  expect(ask(mock).status).toBe(200);
  expect(mock.journal.entries).toHaveLength(1);
  expect(tasks).toHaveLength(1);
  expect(tasks[0]).toThrow('of the subscriber');
  vi.unstubAllGlobals();
});

describe('waitFor', () => {
  it('finds a request although another subscriber has asked the mock meanwhile', async () => {
    const mock = open();
    const unsubscribe = mock.subscribe(() => {
      unsubscribe();
      ask(mock, { path: '/api/nothing' });
    });
    const found = mock.journal.waitFor({ operation: STATS }, { timeout: 0 });
    ask(mock);
    expect(await found).toMatchObject({ number: 1 });
  });

  it('refuses a criterion that could match nothing at once', async () => {
    const criteria: object = { operation: 'experiments_stats' };
    await expect(open().journal.waitFor(criteria)).rejects.toThrow(
      'There is no operation "experiments_stats".',
    );
  });

  it('refuses a criterion that does not exist', async () => {
    const criteria: object = { statu: 200 };
    await expect(createMock().journal.waitFor(criteria)).rejects.toThrow(
      'waitFor has no criterion "statu". Did you mean "status"? The criteria are: operation, method, scenario, status.',
    );
  });

  it('gives up although the timers of the test stand still', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    await expect(open().journal.waitFor({}, { timeout: 5 })).rejects.toThrow('within 5 ms');
  });
});

describe('waitFor, with timers of the test', () => {
  let open: () => Mock;

  beforeAll(async () => {
    vi.useFakeTimers();
    // It keeps the timers with which it was loaded.
    vi.resetModules();
    const { createMock } = await import('../../../src/index.ts');
    open = () => createMock({ now: NOW });
  });
  afterAll(() => {
    vi.useRealTimers();
    // Other files may share the modules.
    vi.resetModules();
  });

  it('resolves with the first existing entry that matches', async () => {
    const mock = open();
    ask(mock, { path: PATHS[FLAGS] });
    ask(mock);
    ask(mock);
    await expect(mock.journal.waitFor({ operation: STATS })).resolves.toMatchObject({ number: 2 });
    await expect(mock.journal.waitFor()).resolves.toMatchObject({ number: 1 });
  });

  it.each([
    { case: 'the method', criteria: { method: 'HEAD' }, number: 2 },
    { case: 'the operation', criteria: { operation: FLAGS }, number: 3 },
    { case: 'no operation', criteria: { operation: null }, number: 4 },
    { case: 'the scenario', criteria: { scenario: 'throttled' }, number: 5 },
    { case: 'the status', criteria: { status: 500 }, number: 6 },
    { case: 'no status', criteria: { status: null }, number: 7 },
    {
      case: 'all of them',
      criteria: { method: 'GET', operation: STATS, scenario: 'ok', status: 200 },
      number: 1,
    },
  ] as const)('checks $case of later entries', async ({ criteria, number }) => {
    const mock = open();
    const found = mock.journal.waitFor(criteria);
    ask(mock);
    ask(mock, { method: 'HEAD' });
    ask(mock, { path: PATHS[FLAGS] });
    ask(mock, { path: '/nothing' });
    for (const scenario of ['throttled', 'server-error', 'network-error']) {
      mock.answer(requestWith({ prefer: `scenario=${scenario}` }));
    }
    await expect(found).resolves.toMatchObject({ number });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('hides secrets in later entries', async () => {
    const mock = open();
    const found = mock.journal.waitFor();
    ask(mock);
    expect((await found).request.headers).toEqual({ authorization: '[redacted]' });
  });

  it('rejects after two seconds and names the last requests', async () => {
    const mock = open();
    const found = mock.journal.waitFor({ operation: FLAGS, status: 200 });
    const refused = expect(found).rejects.toThrow(
      new Error(
        `No request matched {"operation":"${FLAGS}","status":200} within 2000 ms. The last requests were: GET /1 → 404; GET /2 → 404; GET ${PATHS[STATS]} → 200; GET /phx_… → 404; GET ${PATHS[STATS]} → no response.`,
      ),
    );
    for (const path of ['/0', '/1', '/2', PATHS[STATS], '/phx_secret']) ask(mock, { path });
    mock.answer(requestWith({ prefer: 'scenario=timeout' }));
    await vi.advanceTimersByTimeAsync(1_999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await refused;
  });

  it('rejects after the given time when nothing has come', async () => {
    const refused = expect(open().journal.waitFor({ method: 'PUT' }, { timeout: 50 })).rejects.toThrow(
      'No request matched {"method":"PUT"} within 50 ms. There was no request at all.',
    );
    await vi.advanceTimersByTimeAsync(50);
    await refused;
  });

  it('waits without a limit for a timeout of Infinity', async () => {
    const mock = open();
    const found = mock.journal.waitFor({ operation: STATS }, { timeout: Number.POSITIVE_INFINITY });
    await vi.advanceTimersByTimeAsync(86_400_000);
    ask(mock);
    await expect(found).resolves.toMatchObject({ status: 200 });
  });

  it('survives clear and reset', async () => {
    const mock = open();
    const found = mock.journal.waitFor({ operation: STATS });
    mock.journal.clear();
    mock.reset();
    ask(mock);
    await expect(found).resolves.toMatchObject({ operation: STATS });
  });
});

describe('a request that the mock leaves to the network', () => {
  const NEAR = '/api/projects/1/experiments/stat/';
  const miss = { query: 'personal_api_key=phx_secret', headers: { authorization: 'Bearer phx_secret' } };

  it('is recorded where it comes near an operation, without secrets', async () => {
    const mock = open();
    const hint = mock.recordNearMiss({ ...request({ path: NEAR }), ...miss });
    expect(hint).toContain('segment 5 is "stat" where the contract has "stats"');
    const entry = await mock.journal.waitFor({ operation: null, status: null });
    expect(entry).toMatchObject({ time: NOW, hint, scenario: null, response: null, durationMs: null });
    expect(entry.request).toMatchObject({ path: NEAR, headers: { authorization: '[redacted]' } });
    expect(JSON.stringify(entry)).not.toContain('phx_secret');
    expect(mock.journal.unmatched).toEqual([entry]);
  });

  it.each([PATHS[STATS], '/assets/logo.svg'])('is not recorded otherwise: %s', (path) => {
    const mock = open();
    expect(mock.recordNearMiss(request({ path }))).toBeNull();
    expect(mock.journal.entries).toEqual([]);
  });
});
