import { describe, expect, it } from 'vitest';
import { serve } from '../../server/support/server.ts';
import { JSON_TYPE, mockOf, PROBLEM_TYPE, response } from './by-contract.ts';

const URL = 'http://localhost/things';

function mockWith(responses: object, more: object = {}) {
  return mockOf({ '/things': { get: { operationId: 'things', responses }, ...more } });
}

const named = (type: string, examples: Readonly<Record<string, unknown>>) => ({
  description: 'An answer.',
  content: {
    [type]: {
      examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
    },
  },
});

describe('the media type is negotiated among those of the answer', () => {
  const types = {
    'text/csv': 'a,b',
    [JSON_TYPE]: { a: 1 },
    'application/vnd.api+json': { data: [] },
    'text/event-stream': 'data: 1\n\n',
  };
  const mock = mockWith({ 200: response(types) });

  it.each([
    [undefined, JSON_TYPE],
    ['*/*', JSON_TYPE],
    ['text/csv', 'text/csv'],
    ['text/csv;q=0.5, application/vnd.api+json', 'application/vnd.api+json'],
    ['text/event-stream', 'text/event-stream'],
    ['text/*', 'text/csv'],
    ['text/html, application/json;q=0.9, */*;q=0.8', JSON_TYPE],
  ])('Accept: %s gets %s, over HTTP too', async (accept, type) => {
    const { url } = await serve({ mock });
    const headers = accept === undefined ? {} : { accept };
    for (const answer of [await mock.fetch(URL, { headers }), await fetch(`${url}/things`, { headers })]) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
    }
  });

  it('none that fits is a problem that lists them', async () => {
    const answer = await mock.fetch(URL, { headers: { accept: 'image/png' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([406, PROBLEM_TYPE]);
    expect(await answer.json()).toMatchObject({
      code: 'NOT_ACCEPTABLE',
      detail: expect.stringContaining(
        'text/csv, application/json, application/vnd.api+json, text/event-stream',
      ),
    });
  });

  it.each([
    ['406', 406],
    ['4XX', 406],
    ['default', 406],
  ])('or the contract’s own %s', async (status, expected) => {
    const own = mockWith({ 200: response(types), [status]: response({ [JSON_TYPE]: { no: 1 } }) });
    const answer = await own.fetch(URL, { headers: { accept: 'image/png' } });
    expect([answer.status, await answer.json()]).toEqual([expected, { no: 1 }]);
  });

  it('an answer without a body fits everything', async () => {
    const answer = await mockWith({ 204: response() }).fetch(URL, { headers: { accept: 'image/png' } });
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });
});

describe('Prefer: code= reaches every documented status', () => {
  const mock = mockWith({
    201: response({ [JSON_TYPE]: 'made' }),
    200: { description: 'No content.' },
    404: named(JSON_TYPE, { gone: 'gone', hidden: 'hidden' }),
    409: response({ [JSON_TYPE]: 'conflict' }),
    '4XX': response({ [JSON_TYPE]: 'other' }),
    default: response({ [JSON_TYPE]: 'any' }),
  });

  it.each([
    [404, '"gone"'],
    [409, '"conflict"'],
    [418, '"other"'],
    [503, '"any"'],
    [302, '"any"'],
  ])('code=%i', async (code, body) => {
    const answer = await mock.fetch(URL, { headers: { prefer: `code=${code}` } });
    expect([answer.status, await answer.text()]).toEqual([code, body]);
    expect(answer.headers.get('preference-applied')).toBe(`code=${code}`);
  });

  it.each([
    [{ 201: response({ [JSON_TYPE]: 'made' }) }, 200, 201],
    [{ 201: response({ [JSON_TYPE]: 'made' }) }, 201, 201],
    [{ 200: response({ [JSON_TYPE]: 'there' }), 201: response({ [JSON_TYPE]: 'made' }) }, 201, 201],
  ])('of %j, %i is %i', async (responses, code, status) => {
    const answer = await mockWith(responses).fetch(URL, { headers: { prefer: `code=${code}` } });
    expect(answer.status).toBe(status);
  });

  it.each(['code=418', 'code=600', 'code=199', 'code=1000'])(
    '%s of a contract that has no such status is refused, with those that it has',
    async (prefer) => {
      const other = mockWith({ 200: response(), 404: response(), '5XX': response() });
      const answer = await other.fetch(URL, { headers: { prefer } });
      expect(answer.status).toBe(400);
      expect((await answer.json()).detail).toContain(
        'The contract has: 200, 404, 500. Any code that 5XX covers will do, too.',
      );
    },
  );

  it.each([
    ['code=5XX', '"code" takes three digits; for "5XX", give a code that it covers, such as code=503.'],
    [
      'code=4xx',
      '"code" takes three digits; for "4XX", give a code that it covers, such as code=403, or scenario=4XX.',
    ],
    [
      'code=default',
      '"code" takes three digits; for "default", give a code that it covers, such as code=503, or scenario=default.',
    ],
  ])('%s is refused, with a code that it stands for', async (prefer, detail) => {
    const responses = { 200: response(), '4XX': response(), '5XX': named(JSON_TYPE, { down: 1 }) };
    const answer = await mockWith({ ...responses, default: response() }).fetch(URL, { headers: { prefer } });
    expect([answer.status, (await answer.json()).detail]).toEqual([400, detail]);
  });
});

it('a miss names the nearest operation with the base path that requests need', () => {
  const servers = [{ url: 'https://a.example/v1' }, { url: 'https://a.example/v2' }];
  const mock = mockOf({ '/things': { get: { responses: { 200: response() } } } }, { servers });
  expect(mock.explain({ url: '/things' })).toContain('Nearest operation: GET /v1/things.');
  expect(mock.explain({ url: '/v2/thing' })).toContain('Nearest operation: GET /v2/things.');
  expect(mock.explain({ url: '/a/b/c/d/e/f' })).toContain('The contract has: GET /v1/things.');
});

it('an operation without responses answers 200, and claims no example', async () => {
  const answer = await mockWith({}).fetch(URL);
  expect([answer.status, answer.headers.get('x-mock-scenario')]).toEqual([200, 'ok']);
  expect(answer.headers.has('x-mock-source')).toBe(false);
});

it('of a method in both cases, the first is served, and the other one is reported', async () => {
  const of = (value: number) => ({ responses: { 200: response({ [JSON_TYPE]: value }) } });
  const mock = mockOf({ '/things': { get: of(1), GET: of(2) } });
  expect(await (await mock.fetch(URL)).text()).toBe('1');
  expect(mock.contract.warnings).toEqual([
    {
      kind: 'method',
      pointer: '/paths/~1things/GET',
      detail: 'the path has "get" in another case, too, which is served; this one is not.',
    },
  ]);
});

describe('a method that the path does not have', () => {
  const get = { operationId: 'things', responses: { 200: response({ [JSON_TYPE]: 1 }) } };
  const mockOfGet = (responses = {}) =>
    mockOf({ '/things': { get: { ...get, responses: { ...get.responses, ...responses } } } });

  it('is a problem with Allow, over HTTP too', async () => {
    const mock = mockOfGet();
    const { url } = await serve({ mock });
    const init = { method: 'DELETE' };
    for (const answer of [await mock.fetch(URL, init), await fetch(`${url}/things`, init)]) {
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
      expect(await answer.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
    }
  });

  it('is the contract’s 405 where the path has one', async () => {
    const answer = await mockOfGet({ 405: response({ [JSON_TYPE]: 'no' }) }).fetch(URL, { method: 'PUT' });
    expect([answer.status, answer.headers.get('allow'), await answer.json()]).toEqual([
      405,
      'GET, HEAD, OPTIONS',
      'no',
    ]);
  });

  it('OPTIONS is 204 with Allow, and an operation where the contract has it', async () => {
    const init = { method: 'OPTIONS' };
    const answer = await mockOfGet().fetch(URL, init);
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    const own = mockOf({ '/things': { get, options: { responses: { 200: response({ [JSON_TYPE]: 2 }) } } } });
    expect(await (await own.fetch(URL, init)).json()).toBe(2);
  });

  it('HEAD is GET without a body, and an operation where the contract has it', async () => {
    const init = { method: 'HEAD' };
    const answer = await mockOfGet().fetch(URL, init);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      JSON_TYPE,
      '',
    ]);
    const own = mockOf({ '/things': { get, head: { responses: { 204: response() } } } });
    expect((await own.fetch(URL, init)).status).toBe(204);
  });
});

describe('scenarios', () => {
  const mock = mockWith({
    200: response({ [JSON_TYPE]: { a: 1 } }),
    404: named(JSON_TYPE, { gone: { gone: true } }),
    503: named(PROBLEM_TYPE, { busy: { title: 'busy' } }),
  });
  const forced = (name: string, headers: Record<string, string> = {}) =>
    mock.fetch(URL, { headers: { ...headers, prefer: `scenario=${name}` } });

  it('are the contract’s, then those of any API', () => {
    const names = mock.scenarios.map(({ name }) => name);
    expect(names).toEqual(['ok', 'gone', 'busy', 'network-error', 'timeout', 'malformed-json']);
  });

  it('the contract’s own win by name', () => {
    const own = mockWith({ 200: response({ [JSON_TYPE]: 1 }), 500: named(JSON_TYPE, { timeout: 'own' }) });
    expect(own.scenarios.filter(({ name }) => name === 'timeout')).toMatchObject([{ status: 500 }]);
  });

  it('force an answer, a broken connection, or half of a body', async () => {
    expect(await (await forced('gone')).json()).toEqual({ gone: true });
    await expect(forced('network-error')).rejects.toThrow('Failed to fetch');
    const malformed = await forced('malformed-json');
    expect([malformed.status, await malformed.text()]).toEqual([200, '{"a"']);
  });

  it('errors are sent to clients that do not accept them, too', async () => {
    const answer = await forced('busy', { accept: JSON_TYPE });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, PROBLEM_TYPE]);
  });

  it.each(['"400/generic"', '400/generic'])('are asked for by a qualified name: %s', async (name) => {
    const responses = { 400: named(JSON_TYPE, { generic: 400 }), 500: named(JSON_TYPE, { generic: 500 }) };
    const answer = await mockWith(responses).fetch(URL, { headers: { prefer: `scenario=${name}` } });
    expect([answer.status, await answer.json()]).toEqual([400, 400]);
    expect(answer.headers.get('x-mock-scenario')).toBe('400/generic');
    expect(answer.headers.get('preference-applied')).toBe('scenario="400/generic"');
  });

  it('malformed-json is not offered where no JSON is answered', () => {
    const text = mockWith({ 200: response({ 'text/plain': 'a' }) });
    expect(text.scenarios.map(({ name }) => name)).toEqual(['ok', 'network-error', 'timeout']);
  });

  it('count and go as they do with PostHog', async () => {
    using session = mock.session();
    session.use('gone', { times: 1 });
    const statuses = [];
    for (const _ of [1, 2]) statuses.push((await session.fetch(URL)).status);
    expect(statuses).toEqual([404, 200]);
  });
});

describe('an API that is not PostHog’s', () => {
  it('knows neither projects nor keys nor change requests', async () => {
    const responses = { 200: response({ [JSON_TYPE]: { id: 7 } }) };
    const mock = mockOf({ '/organization/projects/{project_id}': { get: { responses } } });
    const answer = await mock.fetch('http://localhost/organization/projects/nine');
    expect([answer.status, await answer.json()]).toEqual([200, { id: 7 }]);
    expect(mock.changeRequests).toBeNull();
  });

  it('restores its own snapshots, and none of PostHog’s', () => {
    const mock = mockWith({ 200: response() });
    const snapshot = mock.snapshot();
    expect(snapshot.provider).toEqual({});
    mock.restore(snapshot);
    expect(() => mock.restore({ ...snapshot, provider: { settled: [] } })).toThrow(
      '"provider" of a snapshot is {}',
    );
  });
});
