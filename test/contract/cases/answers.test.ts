import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { ask, documentWith, OK, OK_BODY, response, serve, verdictOf } from './serving.ts';

const named = (examples: Readonly<Record<string, unknown>>, mediaType?: string) =>
  response(
    { examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])) },
    mediaType,
  );

describe('every named example can be selected', () => {
  const contract = documentWith({
    '/a': {
      200: named({ generic: 'fine', ok: 'an example', only: 'here' }),
      400: named({ generic: 'wrong' }),
      404: response({
        schema: { type: 'object', required: ['gone'], properties: { gone: { const: true } } },
      }),
    },
    '/b': { 200: named({ generic: 'of b' }) },
    '/c': {
      200: {
        description: 'd',
        content: {
          'application/json': { examples: { foo: { value: { a: 1 } } } },
          'text/csv': { examples: { foo: { value: 'a\n1\n' } } },
        },
      },
    },
  });

  it.each<[string, string, number, string]>([
    ['/a', '200/generic', 200, '"fine"'],
    ['/a', '400/generic', 400, '"wrong"'],
    ['/a', '200/ok', 200, '"an example"'],
    ['/a', 'only', 200, '"here"'],
    ['/a', '404', 404, '{"gone":true}'],
    ['/b', 'generic', 200, '"of b"'],
    ['/c', 'foo', 200, '{"a":1}'],
  ])('on %s by %s', async (path, scenario, status, body) => {
    const mock = serve(contract);
    const asked = await ask(mock, path, { headers: { prefer: `scenario="${scenario}"` } });
    expect(asked).toMatchObject({ status, body });
    expect(asked.headers.get('x-mock-scenario')).toBe(scenario);
    mock.use(scenario, { operation: asked.headers.get('x-mock-operation') ?? '' });
    expect(await ask(mock, path)).toMatchObject({ status, body });
    expect(mock.scenarios.map(({ name }) => name)).toContain(scenario);
  });

  it('of two media types, the one that is asked for', async () => {
    const headers = { accept: 'text/csv', prefer: 'scenario=foo' };
    const asked = await ask(serve(contract), '/c', { headers });
    expect([asked.status, asked.type, asked.body]).toEqual([200, 'text/csv', 'a\n1\n']);
  });
});

describe('a documented status answers', () => {
  const responses: JsonObject = {
    200: response({ schema: { const: 'fine' } }),
    204: { description: 'd' },
    302: { description: 'd', headers: { Location: { schema: { type: 'string' } } } },
    418: response({ schema: { const: 'short and stout' } }),
  };

  it.each(Object.keys(responses))('%s by Prefer: code', async (code) => {
    const { status } = await ask(serve(documentWith({ '/a': responses })), '/a', {
      headers: { prefer: `code=${code}` },
    });
    expect(status).toBe(Number(code));
  });

  it.each<[string, JsonObject, number]>([
    ['only 302', { 302: { description: 'd' } }, 302],
    ['only 418', { 418: response({ schema: { type: 'string' } }) }, 418],
    ['200 without content beside 201 with one', { 200: { description: 'd' }, 201: OK[200] }, 201],
    ['204 before 400 with content', { 400: OK[200], 204: { description: 'd' } }, 204],
    ['a success after an error', { 404: OK[200], 200: OK[200] }, 200],
  ])('%s', async (_, documented, status) => {
    const contract = documentWith({ '/a': documented });
    expect((await ask(serve(contract), '/a')).status).toBe(status);
    expect(await verdictOf(contract, '/a')).toBeNull();
  });

  it.each<[string, JsonObject]>([
    ['only default', { default: response({ schema: { type: 'integer', minimum: 5 } }) }],
    ['only a range', { '2XX': response({ schema: { type: 'array', minItems: 1, items: { const: 1 } } }) }],
    ['default beside an error', { 400: { description: 'd' }, default: OK[200] }],
  ])('%s', async (_, documented) => {
    expect(await verdictOf(documentWith({ '/a': documented }), '/a')).toBeNull();
  });
});

describe('media types are those that are declared', () => {
  const content = {
    'application/json': { schema: { type: 'object', required: ['a'], properties: { a: { const: 1 } } } },
    'application/vnd.api+json': { schema: { const: 'api' } },
    'application/xml': { schema: { type: 'object', xml: { name: 'a' } } },
    'text/csv': { schema: { type: 'string' } },
    'text/event-stream': { schema: { type: 'string' } },
    'image/png': { schema: { type: 'string', format: 'binary' } },
  };
  const contract = {
    ...documentWith({}),
    paths: {
      '/a': {
        get: {
          parameters: [{ name: 'format', in: 'query', schema: { enum: ['csv', 'json'] } }],
          responses: { 200: { description: 'd', content } },
        },
      },
      '/png': { get: { responses: { 200: response({}, 'image/png') } } },
    },
  };

  it.each([
    ...Object.keys(content).map((type) => [type, type]),
    ['*/*', 'application/json'],
    ['text/*', 'text/csv'],
    ['text/csv;q=0.5, application/xml', 'application/xml'],
    ['application/json;q=0.1, text/*;q=0.2', 'text/csv'],
    ['application/pdf, image/png;q=0.3', 'image/png'],
    ['TEXT/CSV', 'text/csv'],
  ])('Accept: %s gets %s', async (accept, type) => {
    const asked = await ask(serve(contract), '/a', { headers: { accept } });
    expect([asked.status, asked.type]).toEqual([200, type]);
    expect(asked.body).not.toBe('');
  });

  it.each(['/a?format=csv', '/a?format=json', '/png'])(
    "%s is no question of PostHog's renderers",
    async (path) => {
      expect((await ask(serve(contract), path)).status).toBe(200);
    },
  );
});

describe('operations of one path are told apart by the fragment of its key, as in descriptions of AWS', () => {
  const operation = (name: string, given: JsonObject = {}) => ({
    operationId: name,
    parameters: [
      { name: 'X-Target', in: 'header', schema: { type: 'string' } },
      { name: 'Action', in: 'query', schema: { type: 'string' } },
    ],
    responses: { 200: response({ schema: { const: name } }) },
    ...given,
  });
  const mock = serve({
    openapi: '3.0.3',
    info: { title: 't', version: '1' },
    paths: {
      '/#X-Target=Acm.List': { post: operation('list') },
      '/#X-Target=Acm.Get': { post: operation('get'), put: operation('put') },
      '/q#Action=Start': { get: operation('start') },
      '/q#Action=Stop&X-Target': { get: operation('stop') },
      '/q': { get: operation('plain') },
      '/none#other=1': { get: operation('first') },
      '/none#Cookie=1': { get: operation('second') },
    },
  });

  it.each<[string, string, Record<string, string>, string]>([
    ['POST', '/', { 'X-Target': 'Acm.List' }, 'list'],
    ['POST', '/', { 'x-target': 'Acm.Get' }, 'get'],
    ['POST', '/', { 'X-Target': 'Acm.Other' }, 'list'],
    ['POST', '/', {}, 'list'],
    ['PUT', '/', { 'X-Target': 'Acm.Get' }, 'put'],
    ['GET', '/q?Action=Start', {}, 'start'],
    ['GET', '/q?Action=Stop', { 'X-Target': 'any' }, 'stop'],
    ['GET', '/q?Action=Stop', {}, 'plain'],
    ['GET', '/q', {}, 'plain'],
    ['GET', '/none?other=1', {}, 'first'],
  ])('%s %s with %o is %s', async (method, path, headers, expected) => {
    // Twice: routes are cached.
    for (const _ of [1, 2]) {
      const asked = await ask(mock, path, { method, headers });
      expect([asked.headers.get('x-mock-operation'), asked.body]).toEqual([expected, `"${expected}"`]);
    }
  });
});

describe('a path is matched as the document says', () => {
  const one = (text: string) => ({ 200: response({ schema: { const: text } }) });
  const mock = () =>
    serve(
      documentWith({
        '/files/{name}': one('name'),
        '/files/latest': one('latest'),
        '/files/{name}.json': one('json'),
        '/files/{name}/parts/{part}': one('part'),
        '/both': one('plain'),
        '/both/': one('slash'),
        '/pinned?beta=true': one('beta'),
        '/pinned': one('unpinned'),
        '/only?action=start': one('start'),
        '/only?action=stop': one('stop'),
        '/fragment#x': one('fragment'),
      }),
    );

  it.each([
    ['/files/readme.md', 'name'],
    ['/files/1.2.3', 'name'],
    ['/files/ann@example.com', 'name'],
    ['/files/a%2Fb', 'name'],
    ['/files/%C3%BC%20(1)', 'name'],
    ['/files/a:b;c=1,2', 'name'],
    ['/files/readme.md/', 'name'],
    ['/files/latest', 'latest'],
    ['/files/a.json', 'json'],
    ['/files/v1.2/parts/a.b', 'part'],
    ['/both', 'plain'],
    ['/both/', 'slash'],
    ['/pinned?beta=true', 'beta'],
    ['/pinned?other=1&beta=true', 'beta'],
    ['/pinned', 'unpinned'],
    ['/pinned?beta=false', 'unpinned'],
    ['/only?action=stop', 'stop'],
    ['/fragment', 'fragment'],
  ])('%s', async (path, expected) => {
    const { status, body } = await ask(mock(), path);
    expect([status, body]).toEqual([200, JSON.stringify(expected)]);
  });

  it.each([
    ['GET', '/files/latest', 200, 'named'],
    ['PUT', '/files/latest', 200, 'latest'],
    ['HEAD', '/files/latest', 200, null],
    ['POST', '/files/latest', 405, null],
    ['GET', '/search', 200, 'search'],
  ])('%s %s finds what has the method, with status %i', async (method, path, status, expected) => {
    const paths = {
      '/files/latest': { put: { responses: one('latest') } },
      '/files/{name}': { get: { responses: one('named') } },
      '/search?{field}=1': { get: { responses: one('search') } },
    };
    const asked = await ask(serve({ ...documentWith({}), paths }), path, { method });
    expect(asked.status).toBe(status);
    if (expected !== null) expect(asked.body).toBe(JSON.stringify(expected));
  });

  it.each([
    ['/things/6f1c7a52-7f0d-4a6c-9f27-0f2d2f7f8f3a', 'by id'],
    ['/things/a.png', 'by name'],
    ['/things/12345678', 'by id'],
    ['/things/12345678/parts', 'first'],
  ])('%s is the operation whose parameters fit, or the first', async (path, expected) => {
    const get = (text: string, name: string, schema: JsonObject) => ({
      get: {
        parameters: [{ name, in: 'path', required: true, schema }],
        responses: one(text),
      },
    });
    const paths = {
      '/things/{id}': get('by id', 'id', { type: 'string', format: 'uuid' }),
      '/things/{name}': get('by name', 'name', { type: 'string', pattern: '[.]png$' }),
      '/things/{a}/parts': get('first', 'a', { type: 'string' }),
      '/things/{b}/parts': get('second', 'b', { type: 'string', description: 'Not served.' }),
    };
    expect((await ask(serve({ ...documentWith({}), paths }), path)).body).toBe(JSON.stringify(expected));
  });

  it.each(['/files/', '/files/a/b', '/only', '/only?action=pause', '/nowhere'])(
    '%s is not there',
    async (path) => {
      const { status, type } = await ask(mock(), path);
      expect([status, type]).toEqual([404, 'application/problem+json']);
    },
  );
});

describe("the API of others is not PostHog's", () => {
  const contract = documentWith({
    '/organization/projects/{project_id}': OK,
    '/api/projects/{project_id}/things/': OK,
  });

  it.each(['/organization/projects/nowhere', '/api/projects/999/things/'])('%s has no rows', async (path) => {
    expect(await ask(serve(contract), path)).toMatchObject({ status: 200, body: OK_BODY });
  });

  it("misses and methods are the mock's own problems", async () => {
    const mock = serve(contract);
    const missed = await ask(mock, '/api/nowhere/');
    expect([missed.status, missed.type]).toEqual([404, 'application/problem+json']);
    const refused = await ask(mock, '/organization/projects/1', { method: 'DELETE' });
    expect([refused.status, refused.type]).toEqual([405, 'application/problem+json']);
    expect(refused.headers.get('allow')).toContain('GET');
  });

  it.each<[string, object, number]>([
    ['contract', {}, 200],
    ['posthog', { provider: 'posthog' }, 404],
  ])('the provider %s can be chosen', async (_, options, status) => {
    expect((await ask(serve(contract, options), '/api/projects/999/things/')).status).toBe(status);
  });
});

describe('a body that breaks off', () => {
  const reply = { half: { reply: 'malformed' } };
  const schema = { const: { a: 1 } };

  it.each([
    [
      'a scenario of the response',
      { 200: { ...response({ schema }), 'x-scenarios': reply } },
      'half',
      'schema',
    ],
    ['a scenario of any API', { 200: response({ schema }) }, 'malformed-json', 'schema'],
    [
      'a scenario of a response with an example',
      { 200: { ...response({ example: { a: 1 } }), 'x-scenarios': reply } },
      'half',
      'example',
    ],
  ])('says where the whole one comes from: %s', async (_, responses, scenario, source) => {
    const headers = { prefer: `scenario=${scenario}` };
    const asked = await ask(serve(documentWith({ '/a': responses })), '/a', { headers });
    expect(asked).toMatchObject({ status: 200, type: 'application/json', body: '{"a"' });
    expect(asked.headers.get('x-mock-source')).toBe(source);
  });

  it('is half of the bytes where it is bytes', async () => {
    const image = response({ schema: { type: 'string', format: 'binary' } }, 'image/png');
    const mock = serve(documentWith({ '/a': { 200: { ...image, 'x-scenarios': reply } } }));
    const bytesOf = async (prefer: string) => {
      const answer = await mock.fetch('http://localhost/a', { headers: { prefer } });
      return [...new Uint8Array(await answer.arrayBuffer())];
    };
    const whole = await bytesOf('scenario=ok');
    expect(await bytesOf('scenario=half')).toEqual(whole.slice(0, Math.ceil(whole.length / 2)));
  });
});
