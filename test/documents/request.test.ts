import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { documentOf } from './document.ts';
import { createJudge } from './judge.ts';
import { operationsOf } from './operations.ts';
import { makeRequest } from './request.ts';

/** The request for an operation. */
function requestFor(operation: JsonObject, path = '/things', components: JsonObject = {}) {
  const root = { openapi: '3.1.0', paths: { [path]: { post: operation } }, components };
  const document = documentOf(root, 'things.yaml');
  const [first] = operationsOf(document);
  if (first === undefined) throw new Error('the document has no operation');
  return makeRequest(document, createJudge(document), first, {
    token: 'token',
    pathValues: { known: 'a/b' },
  });
}

describe('a request is made from what an operation requires', () => {
  it.each<[string, JsonObject, string]>([
    ['its example', { example: 'a b' }, '?name=a%20b'],
    ['a named example', { examples: { one: { value: 'first' } } }, '?name=first'],
    ['a valid example before an invalid one', { example: 'x', schema: { enum: ['only'] } }, '?name=only'],
    ['a default', { schema: { type: 'integer', default: 7 } }, '?name=7'],
    ['a pattern', { schema: { type: 'string', pattern: '^s-[0]{4}$' } }, '?name=s-0000'],
    ['a list', { schema: { type: 'array' }, example: [1, 2] }, '?name=1&name=2'],
    ['a list in one', { schema: { type: 'array' }, example: [1, 2], explode: false }, '?name=1,2'],
    ['a deep object', { style: 'deepObject', example: { a: 1 } }, '?name%5Ba%5D=1'],
    ['JSON', { content: { 'application/json': { example: { a: 1 } } } }, '?name=%7B%22a%22%3A1%7D'],
  ])('a query parameter by %s', (_, parameter, query) => {
    const parameters = [{ name: 'name', in: 'query', required: true, ...parameter }];
    expect(requestFor({ parameters })).toMatchObject({ target: `/things${query}`, problems: [] });
  });

  it('optional parameters are left out', () => {
    expect(requestFor({ parameters: [{ name: 'name', in: 'query', example: 1 }] }).target).toBe('/things');
  });

  it.each<[string, JsonObject, string]>([
    ['encoded', { example: 'a/ü' }, '/things/a%2F%C3%BC.json'],
    ['with a label', { style: 'label', example: ['a', 'b'] }, '/things/.a,b.json'],
    ['as a matrix', { style: 'matrix', example: 5 }, '/things/;id=5.json'],
  ])('a path parameter, %s', (_, parameter, target) => {
    const parameters = [{ name: 'id', in: 'path', ...parameter }];
    expect(requestFor({ parameters }, '/things/{id}.json').target).toBe(target);
  });

  it('what is known about the rows wins, pinned queries stay, and fragments go', () => {
    expect(requestFor({}, '/{known}?beta=true#x').target).toBe('/a%2Fb?beta=true');
  });

  it.each<[JsonObject, JsonObject]>([
    [{ type: 'http', scheme: 'Bearer' }, { headers: { authorization: 'Bearer token' } }],
    [{ type: 'http', scheme: 'basic' }, { headers: { authorization: 'Basic dXNlcjp0b2tlbg==' } }],
    [{ type: 'apiKey', in: 'header', name: 'X-Key' }, { headers: { 'x-key': 'token' } }],
    [{ type: 'apiKey', in: 'query', name: 'key' }, { target: '/things?key=token' }],
    [{ type: 'apiKey', in: 'cookie', name: 'key' }, { headers: { cookie: 'key=token' } }],
    [{ type: 'oauth2' }, { headers: { authorization: 'Bearer token' } }],
  ])('a credential for %o', (scheme, expected) => {
    const operation = { security: [{}, { scheme: [] }] };
    const made = requestFor(operation, '/things', { securitySchemes: { scheme } });
    expect(made).toMatchObject(expected);
  });

  const schema = { type: 'object', required: ['a'], properties: { a: { type: 'string', minLength: 3 } } };

  it.each([
    ['application/json', /^\{"a":"\w{3,}"\}$/],
    ['application/x-www-form-urlencoded', /^a=\w{3,}$/],
    [
      'multipart/form-data',
      /^--boundary\r\ncontent-disposition: form-data; name="a"\r\n\r\n\w{3,}\r\n--boundary--\r\n$/,
    ],
  ])('a body as %s', (contentType, expected) => {
    const made = requestFor({ requestBody: { required: true, content: { [contentType]: { schema } } } });
    expect(made.body).toMatch(expected);
    expect(made.headers['content-type']).toContain(contentType);
    expect(made.problems).toEqual([]);
  });

  it('says what is wrong where nothing valid can be made', () => {
    const impossible = { type: 'integer', minimum: 2, maximum: 1 };
    const parameters = [{ name: 'a', in: 'query', required: true, schema: impossible }];
    expect(requestFor({ parameters }).problems).toEqual([
      expect.stringMatching(/^query a: the body must be [<>]= \d/),
    ]);
  });
});
