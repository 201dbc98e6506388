import { describe, expect, it } from 'vitest';
import { serve } from '../../server/support/server.ts';
import { JSON_TYPE, mockOf, PROBLEM_TYPE, response } from './by-contract.ts';

const SCHEMES = {
  header: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
  query: { type: 'apiKey', in: 'query', name: 'api_key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
  basic: { type: 'http', scheme: 'basic' },
  bearer: { type: 'http', scheme: 'Bearer' },
  digest: { type: 'http', scheme: 'digest' },
  oauth: { type: 'oauth2', flows: {} },
  openId: { type: 'openIdConnect', openIdConnectUrl: 'https://id.example/.well-known' },
  tls: { type: 'mutualTLS' },
} as const;

const OK = { 200: response({ [JSON_TYPE]: { a: 1 } }) };

function secured(security: readonly object[], responses: object = OK, options = {}) {
  const components = { securitySchemes: SCHEMES };
  return mockOf(
    { '/things': { get: { operationId: 'things', security, responses } } },
    { components },
    options,
  );
}

const URL = 'http://localhost/things';

describe('a credential of the declared scheme passes, whatever its value', () => {
  it.each<[keyof typeof SCHEMES, string, Record<string, string>]>([
    ['header', '', { 'x-api-key': 'anything' }],
    ['query', '?api_key=anything', {}],
    ['cookie', '', { cookie: 'a=b; sid=anything' }],
    ['basic', '', { authorization: 'Basic YTpi' }],
    ['basic', '', { authorization: 'basic YTpi' }],
    ['bearer', '', { authorization: 'Bearer x' }],
    ['digest', '', { authorization: 'Digest username="a"' }],
    ['oauth', '', { authorization: 'Bearer x' }],
    ['openId', '', { authorization: 'Bearer x' }],
    ['tls', '', {}],
  ])('%s: %s %j', async (name, query, headers) => {
    const { status } = await secured([{ [name]: [] }]).fetch(URL + query, { headers });
    expect(status).toBe(200);
  });
});

describe('without it, the mock refuses', () => {
  it.each<[keyof typeof SCHEMES, string, Record<string, string>, string]>([
    ['header', '', { 'x-api-key': ' ' }, 'header (the header X-API-Key)'],
    ['header', '?X-API-Key=1', {}, 'header (the header X-API-Key)'],
    ['query', '?api_key=', { api_key: '1' }, 'query (the query parameter api_key)'],
    ['cookie', '', { cookie: 'xsid=1' }, 'cookie (the cookie sid)'],
    ['cookie', '', { cookie: 'sid' }, 'cookie (the cookie sid)'],
    ['basic', '', { authorization: 'Bearer x' }, 'basic (Authorization: Basic …)'],
    ['basic', '', { authorization: 'Basic' }, 'basic (Authorization: Basic …)'],
    ['bearer', '', { authorization: 'Basic YTpi' }, 'bearer (Authorization: Bearer …)'],
    ['oauth', '', {}, 'oauth (Authorization: Bearer …)'],
  ])('%s: %s %j', async (name, query, headers, expected) => {
    const answer = await secured([{ [name]: [] }]).fetch(URL + query, { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toBe(PROBLEM_TYPE);
    expect(await answer.json()).toMatchObject({
      code: 'UNAUTHENTICATED',
      detail: expect.stringContaining(expected),
    });
  });

  it.each<[readonly object[], string]>([
    [[{ basic: [] }], 'Basic realm="mock"'],
    [[{ oauth: [] }, { bearer: [] }], 'Bearer realm="mock"'],
    [[{ bearer: [], header: [] }], 'Bearer realm="mock", ApiKey in="header", name="X-API-Key"'],
  ])('and %j is challenged with %s, over HTTP too', async (security, challenge) => {
    const mock = secured(security);
    const { url } = await serve({ mock });
    for (const answer of [await mock.fetch(URL), await fetch(`${url}/things`)]) {
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, challenge]);
    }
  });
});

describe('of several schemes', () => {
  const statusOf = async (security: readonly object[], headers: Record<string, string>) =>
    (await secured(security).fetch(URL, { headers })).status;
  const KEY = { 'x-api-key': '1' };
  const BEARER = { authorization: 'Bearer x' };

  it.each<[string, readonly object[], Record<string, string>, number]>([
    ['all of a requirement are needed', [{ header: [], bearer: [] }], KEY, 401],
    ['all of a requirement are enough', [{ header: [], bearer: [] }], { ...KEY, ...BEARER }, 200],
    ['one requirement is enough', [{ header: [] }, { bearer: [] }], BEARER, 200],
    ['none of the requirements is met', [{ header: [] }, { basic: [] }], BEARER, 401],
    ['an empty requirement makes it optional', [{ header: [] }, {}], {}, 200],
    ['an empty list needs nothing', [], {}, 200],
  ])('%s', async (_, security, headers, status) => {
    expect(await statusOf(security, headers)).toBe(status);
  });
});

describe('the contract’s own words come first', () => {
  const body = { error: 'who?' };
  const described = response({ [JSON_TYPE]: body });

  it.each<[string, object, number]>([
    ['its 401', { ...OK, 401: described, 403: response(), '4XX': response() }, 401],
    ['its 403 where it has no 401', { ...OK, 403: described, '4XX': response() }, 403],
    ['its 4XX', { ...OK, '4XX': described, default: response() }, 401],
    ['its default', { ...OK, default: described }, 401],
  ])('%s', async (_, responses, status) => {
    const answer = await secured([{ bearer: [] }], responses).fetch(URL);
    expect([answer.status, await answer.json()]).toEqual([status, body]);
    expect(answer.headers.get('x-mock-hint')).toContain('bearer (Authorization: Bearer');
    expect(answer.headers.get('x-mock-scenario')).toBe('ok');
  });

  it('but a default that is about success is no error', async () => {
    const answer = await secured([{ bearer: [] }], { default: described }).fetch(URL);
    expect(await answer.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('in the media type that the client accepts, and in another one rather than none', async () => {
    const responses = { ...OK, 401: response({ 'text/plain': 'who?', [PROBLEM_TYPE]: { title: 'who?' } }) };
    const typeFor = async (accept: string) => {
      const answer = await secured([{ bearer: [] }], responses).fetch(URL, { headers: { accept } });
      return [answer.status, answer.headers.get('content-type')];
    };
    expect(await typeFor('text/plain')).toEqual([401, 'text/plain']);
    expect(await typeFor('*/*')).toEqual([401, PROBLEM_TYPE]);
    expect(await typeFor('image/png')).toEqual([401, 'text/plain']);
  });
});

it('auth: off needs no credential', async () => {
  expect((await secured([{ bearer: [] }], OK, { auth: 'off' }).fetch(URL)).status).toBe(200);
});

it('a forced scenario needs no credential', async () => {
  const mock = secured([{ bearer: [] }], {
    ...OK,
    404: { description: 'None.', content: { [JSON_TYPE]: { examples: { gone: { value: {} } } } } },
  });
  mock.use('gone');
  expect((await mock.fetch(URL)).status).toBe(404);
});

describe('a credential is never shown', () => {
  it.each<[string, keyof typeof SCHEMES, string, Record<string, string>]>([
    ['of the operation', 'header', '/things', { 'x-api-key': 'sesame-open' }],
    ['of the operation', 'query', '/things?api_key=sesame-open', {}],
    ['encoded', 'query', '/things?api_key=%73esame-open', {}],
    ['repeated elsewhere', 'header', '/things?q=sesame-open', { 'x-api-key': 'sesame-open' }],
    ['in a request that no operation matches', 'header', '/nothing', { 'x-api-key': 'sesame-open' }],
    ['in a cookie', 'cookie', '/things', { cookie: 'sid=sesame-open' }],
    ['that is refused', 'basic', '/things', { authorization: 'Digest sesame-open' }],
  ])('%s: %s', async (_, name, path, headers) => {
    const mock = secured([{ [name]: [] }]);
    await mock.fetch(`http://localhost${path}`, { headers });
    expect(mock.journal.entries).toHaveLength(1);
    expect(JSON.stringify(mock.journal.entries)).not.toContain('sesame');
  });
});
