import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createMock } from '../../../src/index.ts';
import { FLAGS, NOW, STATS } from '../../mock/asking.ts';
import { openControl, problem } from '../support/control.ts';
import { CONTROL, serve } from '../support/server.ts';

/** What a delay may be, in the words of the control plane's document. */
const DELAY =
  'one of 2 forms, number or array (Milliseconds from 0 to 60000, or a range [min, max] to draw them from)';

async function open(mock = createMock({ now: NOW })) {
  const { url } = await serve({ mock });
  return { url, mock, control: await openControl(url) };
}

/** Every route that takes a body, with a valid one. */
const WITH_BODY = [
  { method: 'PUT', path: '/scenario', right: { scenario: 'ok' }, isNeeded: true },
  { method: 'PUT', path: '/clock', right: { advance: 0 }, isNeeded: true },
  { method: 'PUT', path: '/fixtures', right: createMock({ now: NOW }).snapshot(), isNeeded: true },
  { method: 'POST', path: '/sessions', right: { id: 'mine' }, isNeeded: false },
  { method: 'POST', path: '/reset', right: {}, isNeeded: false },
  { method: 'POST', path: '/change-requests/none/approve', right: { by: 2 }, isNeeded: false },
  { method: 'POST', path: '/change-requests/none/reject', right: { by: 2 }, isNeeded: false },
  { method: 'POST', path: '/change-requests/none/cancel', right: { by: 1 }, isNeeded: false },
  { method: 'POST', path: '/change-requests/none/expire', right: {}, isNeeded: false },
] as const;

const TOO_LONG = JSON.stringify({ scenario: 'x'.repeat(16 * 1_048_576) });

it('every route that takes a body is in WITH_BODY', async () => {
  const { control } = await open();
  const routes = control.document.operations.filter(({ requestBody }) => requestBody !== undefined);
  const tabled = WITH_BODY.map(({ method, path }) => `${method} ${path.replace('none', '{id}')}`);
  expect(routes.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(tabled.toSorted());
});

describe.each(WITH_BODY)('$method $path', ({ method, path, right, isNeeded }) => {
  const text = JSON.stringify(right);

  it.each([
    { what: 'malformed JSON', body: text.slice(0, -1), detail: 'The body is not JSON: ' },
    { what: 'an array', body: '[]', detail: 'expected object, found [].' },
    { what: 'null', body: 'null', detail: 'expected object, found null.' },
    { what: 'a string', body: '"ok"', detail: 'expected object, found "ok".' },
    {
      what: 'an unknown member',
      body: JSON.stringify({ ...right, colour: 1 }),
      detail: '/colour: there is no such member.',
    },
    {
      what: 'a prototype',
      body: text.replace('{', text === '{}' ? '{"__proto__":{}' : '{"__proto__":{},'),
      detail: '/__proto__: there is no such member.',
    },
  ])('refuses $what', async ({ body, detail }) => {
    const { control, mock } = await open();
    const before = mock.snapshot();
    const { status, json } = await control(method, path, { body });
    expect(status).toBe(400);
    const errors = expect.arrayContaining([expect.objectContaining({ in: 'body' })]);
    expect(json).toMatchObject({ ...problem('REQUEST_INVALID', detail), errors });
    expect(mock.snapshot()).toEqual(before);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'refuses a body with the content type "%s"',
    async (type) => {
      const { control } = await open();
      const { status, json } = await control(method, path, { body: text, headers: { 'content-type': type } });
      expect(status).toBe(400);
      expect(json).toMatchObject({
        ...problem('REQUEST_INVALID', 'A body is sent with "Content-Type: application/json".'),
        errors: [{ in: 'header', name: 'Content-Type' }],
      });
    },
  );

  it('refuses a body that is too long and keeps serving', async () => {
    const { control } = await open();
    const { status, json } = await control(method, path, { body: TOO_LONG });
    expect(status).toBe(413);
    expect(json).toMatchObject(problem('PAYLOAD_TOO_LARGE', 'longer than 16777216 bytes'));
    expect((await control('GET', '/health')).status).toBe(200);
  });

  it('refuses a body with very many members in a few words', async () => {
    const { control } = await open();
    const members = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, index]));
    const few = 'The body has an object of more than 100 members.';
    const names = 'The members of all objects may have 10000 different names; here they have more.';
    for (const [body, status, detail] of [
      [members(101), 400, few],
      [{ a: members(101) }, 400, few],
      [{ a: [[{ b: members(101) }]] }, 400, few],
      [{ a: { fixtures: members(101) } }, 400, few],
      [{ fixtures: members(100_000) }, 413, names],
      [{ rows: { events: [members(50_000), members(100_000)] } }, 413, names],
    ] as const) {
      const refused = await control(method, path, { body });
      expect([refused.status, refused.json]).toMatchObject([status, { detail }]);
    }
  });

  it(`${isNeeded ? 'needs' : 'does without'} a body`, async () => {
    const { control } = await open();
    const { json } = await control(method, path);
    const missing = problem('REQUEST_INVALID', 'The request has no body; it takes JSON.');
    if (isNeeded) expect(json).toMatchObject(missing);
    else expect(json ?? {}).not.toMatchObject(missing);
  });

  it('accepts a content type with a parameter, in any case', async () => {
    const { control } = await open();
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
    const { status, json } = await control(method, path, { body: right, headers });
    // Only a valid body gets as far as the missing change request.
    if (path.includes('none')) expect(json).toMatchObject({ code: 'not_found', detail: 'Not found.' });
    else expect(status).toBeLessThan(300);
  });
});

describe('a body without Content-Length', () => {
  it('is refused once more than the limit has been read', async () => {
    const { port, control } = await serve().then(async (server) => ({
      ...server,
      control: await openControl(server.url),
    }));
    const answer = await new Promise<unknown>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
      const options = { host: '127.0.0.1', port, method: 'PUT', path: `${CONTROL}/scenario`, headers };
      const outgoing = request(options, (incoming) => json(incoming).then(resolve, reject));
      outgoing.on('error', reject);
      outgoing.end(TOO_LONG);
    });
    expect(answer).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', status: 413 });
    expect((await control('GET', '/health')).status).toBe(200);
  });
});

describe('an invalid value', () => {
  const snapshot = createMock({ now: NOW }).snapshot();

  it.each<{ method?: string; path: string; body: object; code?: string; status?: number; detail: string }>([
    {
      path: '/scenario',
      body: { scenario: 'throtled' },
      code: 'SCENARIO_NOT_FOUND',
      status: 404,
      detail: 'There is no scenario "throtled". Did you mean "throttled"? The contract has: ok, ',
    },
    {
      path: '/scenario',
      body: { scenario: 'flag-required', operation: 'experiments_stats_retrieve' },
      detail: 'experiments_stats_retrieve has no scenario "flag-required". It has: ok, ',
    },
    {
      path: '/scenario',
      body: { scenario: 'ok', operation: 'stats' },
      detail: `There is no operation "stats". The contract has: ${FLAGS}, ${STATS}.`,
    },
    {
      path: '/scenario',
      body: { scenario: null, operation: STATS, times: 2 },
      detail: 'The scenario null has no option "times". The options are: operation.',
    },
    {
      path: '/scenario',
      body: { scenario: null },
      detail: 'The scenario null takes back the choice for one operation, which "operation" names',
    },
    { path: '/scenario', body: {}, detail: 'the body: "scenario" is missing.' },
    { path: '/scenario', body: { scenario: 7 }, detail: '/scenario: expected string or null, found 7.' },
    { path: '/scenario', body: { scenario: 'ok', operation: null }, detail: '/operation: ' },
    {
      path: '/scenario',
      body: { scenario: 'ok', times: 0 },
      detail: '/times: expected at least 1, found 0.',
    },
    {
      path: '/scenario',
      body: { scenario: 'ok', times: 1.5 },
      detail: '/times: expected integer, found 1.5.',
    },
    { path: '/scenario', body: { scenario: 'ok', times: 1e300 }, detail: '"times" is the number of answers' },
    {
      path: '/scenario',
      body: { scenario: 'ok', delay: -1 },
      detail: '/delay: expected at least 0, found -1.',
    },
    {
      path: '/scenario',
      body: { scenario: 'ok', delay: 60_001 },
      detail: '/delay: expected at most 60000, found 60001.',
    },
    {
      path: '/scenario',
      body: { scenario: 'ok', delay: '5' },
      detail: `/delay: expected ${DELAY}, found "5".`,
    },
    {
      path: '/scenario',
      body: { scenario: 'ok', delay: [1, 2, 3] },
      detail: '/delay: expected an array of at most 2 items, found [1,2,3].',
    },
    { path: '/scenario', body: { scenario: 'ok', delay: [5, 1] }, detail: '[min, max]' },
    { path: '/clock', body: {}, detail: 'the body: expected exactly one of "now", "advance", found {}.' },
    {
      path: '/clock',
      body: { now: 'now', advance: 1 },
      detail: 'expected exactly one of "now", "advance", but 2 of them fit {"now":"now","advance":1}.',
    },
    {
      path: '/clock',
      body: { now: 'tomorrow' },
      detail: 'The clock takes a valid Date, or an ISO 8601 time',
    },
    { path: '/clock', body: { now: 1e12 }, detail: '/now: expected string, found 1000000000000.' },
    { path: '/clock', body: { advance: '1d' }, detail: '/advance: expected number, found "1d".' },
    { path: '/clock', body: { advance: 1e300 }, detail: 'within the years 0 to 9999' },
    { path: '/fixtures', body: { ...snapshot, version: 1 }, detail: '/version: expected 2, found 1.' },
    {
      path: '/fixtures',
      body: { version: 2 },
      detail: '"rows", "choices", "clock", "provider" are missing.',
    },
    { path: '/fixtures', body: { ...snapshot, clock: { kind: 'broken' } }, detail: '/clock/kind: ' },
    { path: '/fixtures', body: { ...snapshot, clock: { kind: 'fixed' } }, detail: '"instant" is missing' },
    {
      path: '/fixtures',
      body: { ...snapshot, choices: [{ scenario: 'nope' }] },
      detail: 'the contract has no scenario "nope"',
    },
    {
      path: '/fixtures',
      body: { ...snapshot, rows: { ...snapshot.rows, actions: [{ id: 1, project_id: 404 }] } },
      code: 'FIXTURE_INVALID',
      detail: 'snapshot.actions#/0',
    },
    {
      method: 'POST',
      path: '/sessions',
      body: { id: 'my test' },
      detail:
        '/id: expected text that matches ^[A-Za-z0-9_-]{1,64}$ (1 to 64 letters, digits, "-" and "_"), found "my test".',
    },
    { method: 'POST', path: '/sessions', body: { id: 'x'.repeat(65) }, detail: '/id: ' },
    {
      method: 'POST',
      path: '/sessions',
      body: { auth: 'maybe' },
      detail: 'one of "enforce", "off", found "maybe".',
    },
    { method: 'POST', path: '/sessions', body: { scenario: 'nope' }, detail: 'no scenario "nope"' },
    { method: 'POST', path: '/sessions', body: { scenario: { nope: 'ok' } }, detail: 'no operation "nope"' },
    { method: 'POST', path: '/sessions', body: { now: 'tomorrow' }, detail: 'The clock takes a valid Date' },
    {
      method: 'POST',
      path: '/sessions',
      body: { origin: 'nope' },
      detail: '"origin" is the origin of a URL',
    },
    { method: 'POST', path: '/sessions', body: { delay: [9, 1] }, detail: '[min, max]' },
    {
      method: 'POST',
      path: '/sessions',
      body: { contract: 'x' },
      detail: '/contract: there is no such member. The members are "id", ',
    },
    {
      method: 'POST',
      path: '/sessions',
      body: { scenaro: 'ok' },
      detail: '/scenaro: there is no such member. Did you mean "scenario"?',
    },
    {
      method: 'POST',
      path: '/sessions',
      body: { fixtures: { experiments: [{ id: 1 }] } },
      code: 'FIXTURE_INVALID',
      detail: 'fixtures.experiments#/0: "project_id" is missing',
    },
    {
      method: 'POST',
      path: '/sessions',
      body: { fixtures: { experiment: [] } },
      code: 'FIXTURE_INVALID',
      detail: 'fixtures.experiment: there is no such collection.',
    },
    {
      method: 'POST',
      path: '/change-requests/none/approve',
      body: { by: '2' },
      detail: '/by: expected integer, found "2".',
    },
    {
      method: 'POST',
      path: '/change-requests/none/cancel',
      body: { by: 4 },
      detail: 'There is no active user 4. The active users are: 1, 2, 3, 5, 6, 7.',
    },
    { method: 'POST', path: '/change-requests/none/reject', body: { reason: 1 }, detail: '/reason: ' },
  ])(
    'is a problem and changes nothing: $path $body',
    async ({ method = 'PUT', path, body, code = 'REQUEST_INVALID', status = 400, detail }) => {
      const { control, mock } = await open();
      const before = mock.snapshot();
      const answer = await control(method, path, { body });
      expect(answer.status).toBe(status);
      expect(answer.json).toMatchObject({ ...problem(code, detail), status });
      expect(mock.snapshot()).toEqual(before);
      expect((await control('GET', '/sessions')).json).toEqual({ sessions: [] });
    },
  );

  it('is any time for a clock function of the caller', async () => {
    const { control } = await open(createMock({ now: () => new Date(0) }));
    expect((await control('GET', '/clock')).json).toMatchObject({ kind: 'caller' });
    const { status, json } = await control('PUT', '/clock', { body: { now: NOW } });
    expect(status).toBe(400);
    expect(json).toMatchObject(problem('REQUEST_INVALID', 'The clock is your own function'));
  });
});
