import { describe, expect, it } from 'vitest';
import { createMock, type HttpRequest } from '../../../src/index.ts';
import { findingsOf, thing, thingContract } from './thing.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
const DECLARED = 'application/json, application/x-www-form-urlencoded, text/*';

function sent(body: string | null, headers: HttpRequest['headers'] = JSON_TYPE, method = 'POST') {
  return findingsOf([], { method, body, headers });
}

describe('a body that keeps the contract', () => {
  it.each<readonly [body: string | null, headers: HttpRequest['headers'], method: string]>([
    ['{"name":"ab"}', JSON_TYPE, 'POST'],
    // What is readOnly may be left out, and may be sent.
    ['{"name":"ab","id":1}', { 'content-type': 'Application/JSON; charset=utf-8' }, 'POST'],
    ['name=ab&count=1&tags=a', FORM_TYPE, 'POST'],
    ['name=ab&tags=a&tags=b', FORM_TYPE, 'POST'],
    // How members within members are sent is not described.
    ['name[a]=1', FORM_TYPE, 'POST'],
    ['anything', { 'content-type': 'text/plain' }, 'POST'],
    [null, {}, 'PUT'],
    ['', {}, 'PUT'],
  ])('%s of %j', (body, headers, method) => {
    expect(sent(body, headers, method)).toEqual([]);
  });

  it('may come where the contract describes none', () => {
    expect(sent('{}', JSON_TYPE, 'GET')).toEqual([]);
  });
});

describe('a body that breaks the contract', () => {
  it('is missing', () => {
    const detail = `expected a body (${DECLARED}), as it is required; found none.`;
    expect([sent(null), sent('')]).toEqual([[{ in: 'body', detail }], [{ in: 'body', detail }]]);
  });

  it.each([
    [{}, 'none'],
    [{ 'content-type': 'application/xml' }, '"application/xml"'],
    [{ 'content-type': '' }, '""'],
    [{ 'content-type': 'application/vnd.api+json' }, '"application/vnd.api+json"'],
  ])('has the media type %j', (headers, found) => {
    const detail = `expected one of ${DECLARED}; found ${found}.`;
    expect(sent('{"name":"ab"}', headers)).toEqual([{ in: 'header', name: 'Content-Type', detail }]);
  });

  it('is not JSON', () => {
    expect(sent('{"name":')).toEqual([
      { in: 'body', detail: String.raw`expected JSON, found "{\"name\":".` },
    ]);
  });

  it('breaks its schema in several places', () => {
    expect(sent('{"name":"a","count":"1","colour":1}')).toEqual([
      { in: 'body', pointer: '/name', detail: 'expected text of at least 2 characters, found "a".' },
      { in: 'body', pointer: '/count', detail: 'expected integer, found "1".' },
      { in: 'body', pointer: '/colour', detail: expect.stringContaining('there is no such member') },
    ]);
  });

  it('is a form with a wrong type', () => {
    expect(sent('name=ab&count=x', FORM_TYPE)).toEqual([
      { in: 'body', pointer: '/count', detail: 'expected integer, found "x".' },
    ]);
  });

  it('is not quoted where it has a key', () => {
    const found = sent('{"name":"personal_api_key","count":"leak"}');
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found)).not.toContain('leak');
  });
});

describe('a body of any size', () => {
  it('has at most 50 findings', () => {
    const members = Array.from({ length: 100 }, (_, index) => [`m${index}`, 1]);
    expect(sent(JSON.stringify({ name: 'ab', ...Object.fromEntries(members) }))).toHaveLength(50);
  });

  it('is checked for its media type alone where it is long', () => {
    const long = JSON.stringify({ name: 'a'.repeat(100_000), count: 'x' });
    expect(sent(long)).toEqual([]);
    expect(sent(long, { 'content-type': 'a/b' })).toMatchObject([{ in: 'header' }]);
  });
});

/** What the journal has against a body of a contract with other media types. */
function sentTo(requestBody: object, body: string | null, type?: string) {
  const { paths, ...contract } = thingContract([]);
  const post = { requestBody, responses: { 204: { description: 'Done.' } } };
  const mock = createMock({ contract: { ...contract, paths: { '/things/{id}': { post } } } });
  const headers = type === undefined ? {} : { 'content-type': type };
  mock.answer(thing({ method: 'POST', headers, body }));
  return mock.journal.entries[0]?.findings;
}

describe('a form', () => {
  const FORM = 'application/x-www-form-urlencoded';
  const schema = {
    type: 'object',
    properties: {
      name: { type: 'string' },
      count: { type: 'integer' },
      ids: { type: 'array', items: { type: 'integer' } },
      size: { anyOf: [{ type: 'integer' }, { type: 'string', enum: ['all'] }] },
      at: { type: 'object', properties: { x: { type: 'integer' } }, required: ['x'] },
    },
    additionalProperties: false,
  };
  const found = (body: string, encoding?: object) =>
    sentTo({ content: { [FORM]: { schema, encoding } } }, body, FORM);

  it.each([
    ['name=&count=&ids='],
    ['size=5&count=1'],
    ['size=all&count=1'],
    ['at={"x":1}&ids=[1,2]'],
    // The members of an object may have names of their own.
    ['x=1'],
  ])('keeps the contract: %s', (body) => {
    expect(found(body)).toEqual([]);
  });

  it.each([
    ['at={"x":"a"}', '/at/x'],
    ['at={}', '/at'],
    ['ids=1,2', '/ids/0'],
    ['size=none', '/size'],
    ['at={"x":1}&colour=red', '/colour'],
  ])('breaks the contract: %s', (body, pointer) => {
    expect(found(body)).toMatchObject([{ in: 'body', pointer }]);
  });

  it.each([
    [{ style: 'form', explode: false }, '1,2', '1|2'],
    [{ style: 'pipeDelimited' }, '1|2', '1,2'],
    [{ style: 'spaceDelimited' }, '1+2', '1,2'],
  ])('has arrays as their encoding says: %j', (ids, fits, breaks) => {
    expect(found(`ids=${fits}`, { ids })).toEqual([]);
    expect(found(`ids=${breaks}`, { ids })).toMatchObject([{ pointer: '/ids/0' }]);
  });
});

describe('a body of another media type', () => {
  it('that is plain text keeps its schema, or breaks it', () => {
    const content = { 'text/plain': { schema: { type: 'string', minLength: 3 } } };
    expect(sentTo({ content }, 'abc', 'text/plain; charset=utf-8')).toEqual([]);
    const detail = 'expected text of at least 3 characters, found "ab".';
    expect(sentTo({ content }, 'ab', 'text/plain')).toEqual([{ in: 'body', detail }]);
  });

  it('may come without one where any will do', () => {
    expect(sentTo({ content: { '*/*': {} } }, 'abc')).toEqual([]);
  });

  it('is missing where none is described', () => {
    const detail = 'expected a body, as it is required; found none.';
    expect(sentTo({ required: true, content: {} }, null)).toEqual([{ in: 'body', detail }]);
  });
});
