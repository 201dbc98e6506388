import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { ask, documentWith, OK, OK_BODY, response, serve } from './serving.ts';

const REFUSAL = {
  schema: {
    type: 'object',
    required: ['message'],
    properties: { message: { type: 'string', minLength: 1 } },
  },
};

const SCHEMES: JsonObject = {
  header: { type: 'apiKey', in: 'header', name: 'X-Key' },
  query: { type: 'apiKey', in: 'query', name: 'key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'session' },
  basic: { type: 'http', scheme: 'basic' },
  bearer: { type: 'http', scheme: 'bearer' },
  digest: { type: 'http', scheme: 'Digest' },
  oauth: {
    type: 'oauth2',
    flows: { implicit: { authorizationUrl: 'https://example.org/', scopes: { read: 'r', write: 'w' } } },
  },
  openId: { type: 'openIdConnect', openIdConnectUrl: 'https://example.org/' },
};

/** A mock of `/a` that asks for credentials. */
const mockWith = (security: readonly object[], refusals: JsonObject = { 401: response(REFUSAL) }) =>
  serve({
    ...documentWith({}),
    paths: { '/a': { get: { security, responses: { ...OK, ...refusals } } } },
    components: { securitySchemes: SCHEMES },
  });

type Sent = Readonly<Record<string, string>>;

describe('any credential of a declared scheme passes', () => {
  it.each<[string, Sent, string]>([
    ['header', { 'x-key': 'any' }, ''],
    ['query', {}, '?key=any'],
    ['cookie', { cookie: 'other=1; session=any' }, ''],
    ['basic', { authorization: 'Basic dXNlcjpwYXNz' }, ''],
    ['bearer', { authorization: 'Bearer any' }, ''],
    ['bearer', { authorization: 'bearer phx_unknown' }, ''],
    ['digest', { authorization: 'Digest username="ann"' }, ''],
    ['oauth', { authorization: 'Bearer any' }, ''],
    ['openId', { authorization: 'Bearer any' }, ''],
  ])('%s: %o%s', async (scheme, headers, query) => {
    const mock = mockWith([{ [scheme]: scheme === 'oauth' ? ['read', 'write'] : [] }]);
    expect(await ask(mock, `/a${query}`, { headers })).toMatchObject({ status: 200, body: OK_BODY });
    const refused = await ask(mock, '/a');
    expect([refused.status, refused.type]).toEqual([401, 'application/json']);
    expect(JSON.parse(refused.body)).toEqual({ message: expect.stringMatching(/./) });
  });

  it.each<[string, Sent]>([
    ['header', { authorization: 'Bearer any' }],
    ['basic', { authorization: 'Bearer any' }],
    ['bearer', { authorization: 'Basic dXNlcjpwYXNz' }],
    ['cookie', { cookie: 'sessions=any' }],
  ])('%s is not %o', async (scheme, headers) => {
    expect((await ask(mockWith([{ [scheme]: [] }]), '/a', { headers })).status).toBe(401);
  });

  it.each<[string, readonly object[], Sent, number]>([
    ['one of two alternatives', [{ header: [] }, { bearer: [] }], { authorization: 'Bearer any' }, 200],
    ['one of two that belong together', [{ header: [], bearer: [] }], { authorization: 'Bearer any' }, 401],
    ['both', [{ header: [], bearer: [] }], { authorization: 'Bearer any', 'x-key': 'any' }, 200],
    ['none, where it is optional', [{ header: [] }, {}], {}, 200],
    ['none, where the operation needs none', [], {}, 200],
  ])('%s', async (_, security, headers, status) => {
    expect((await ask(mockWith(security), '/a', { headers })).status).toBe(status);
  });
});

describe('without a credential, the contract has the words', () => {
  it.each<[string, JsonObject, number]>([
    ['401 before 403', { 403: response({}), 401: response(REFUSAL) }, 401],
    ['403', { 403: response(REFUSAL) }, 403],
    ['a range', { '4XX': response(REFUSAL) }, 401],
    ['default', { default: response(REFUSAL) }, 401],
  ])('%s', async (_, refusals, status) => {
    const refused = await ask(mockWith([{ bearer: [] }], refusals), '/a');
    expect([refused.status, refused.type]).toEqual([status, 'application/json']);
    expect(JSON.parse(refused.body)).toEqual({ message: expect.stringMatching(/./) });
  });

  it('an example of the 401 is sent as it is', async () => {
    const refusals = { 401: response({ ...REFUSAL, example: { message: 'Who are you?' } }) };
    expect((await ask(mockWith([{ bearer: [] }], refusals), '/a')).body).toBe('{"message":"Who are you?"}');
  });
});
