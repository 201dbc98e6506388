import { describe, expect, it } from 'vitest';
import { createMock } from '../../../src/index.ts';
import { findingsOf, thing, thingContract } from './thing.ts';

const INTEGERS = { type: 'array', items: { type: 'integer' }, maxItems: 2 };
const POINT = {
  type: 'object',
  properties: { x: { type: 'integer' }, y: { type: 'integer' } },
  required: ['x', 'y'],
};

const INTEGER_OR_ALL = { anyOf: [{ type: 'integer' }, { type: 'string', enum: ['all'] }] };
const LIST = { type: 'object', properties: { ids: INTEGERS, by: POINT }, additionalProperties: false };

/** A parameter, what fits it and what does not, in its place. */
type Styled = readonly [parameter: object, fits: readonly string[], breaks: readonly string[]];

describe('a parameter in the query', () => {
  it.each<Styled>([
    [{ schema: { type: 'integer' } }, ['p=1', 'p=', '', 'p=%31'], ['p=a', 'p=1.5', 'p=true', 'p=1&p=2']],
    [{ schema: { type: 'integer' }, required: true }, ['p=1'], ['', 'q=1', 'p=x']],
    [{ schema: { type: 'boolean' } }, ['p=true', 'p=false'], ['p=yes', 'p=1', 'p=True']],
    [{ schema: { type: 'string', minLength: 2 } }, ['p=12', 'p=true', 'p=a%20b'], ['p=1']],
    [{ schema: { enum: ['a', 'b'], type: 'string' } }, ['p=a'], ['p=c', 'p=A']],
    [{ schema: { type: 'string', format: 'date' } }, ['p=2026-01-31'], ['p=31.1.2026']],
    [{ schema: { type: 'string', pattern: '^[a-z]+$' } }, ['p=abc'], ['p=ABC']],
    [{ schema: { type: 'number', minimum: 0, maximum: 1 } }, ['p=0.5', 'p=1e-3'], ['p=-1', 'p=2']],
    [{ schema: { type: ['integer', 'null'] } }, ['p=1', 'p=null'], ['p=none']],
    [{ schema: INTEGERS }, ['p=1', 'p=1&p=2', 'p='], ['p=1,2', 'p=a', 'p=1&p=2&p=3']],
    [{ schema: INTEGERS, explode: false }, ['p=1', 'p=1,2', 'p=1%2C2'], ['p=1&p=2', 'p=1,a', 'p=1|2']],
    [{ schema: INTEGERS, style: 'spaceDelimited' }, ['p=1%202', 'p=1+2'], ['p=1,2', 'p=1&p=2']],
    [{ schema: INTEGERS, style: 'pipeDelimited' }, ['p=1|2', 'p=1%7C2'], ['p=1,2', 'p=1|a']],
    [{ schema: POINT }, ['x=1&y=2'], ['x=1', 'x=1&y=a']],
    [{ schema: POINT, explode: false }, ['p=x,1,y,2'], ['p=x,1', 'p=x,1,y', 'p=x,1,y,a']],
    [
      { schema: POINT, style: 'deepObject' },
      ['p[x]=1&p[y]=2', 'p%5Bx%5D=1&p%5By%5D=2'],
      ['p[x]=1', 'p=x,1,y,2', 'p=1&p=2'],
    ],
    [{ schema: { properties: POINT.properties }, style: 'deepObject' }, ['p[x]=1', 'p='], ['p=1']],
    [{ content: { 'application/json': { schema: POINT } } }, ['p={"x":1,"y":2}'], ['p=x', 'p={}', 'p=1&p=1']],
    [{ content: { 'text/csv': { schema: POINT } } }, ['p=x'], ['q=x']],
    [{ schema: {} }, ['p=1', 'p=a&p=b', 'q=1'], []],
    [{ schema: { enum: ['a', '1'] } }, ['p=a', 'p=1'], ['p=b', 'q=1']],
    [{ schema: { const: 1 } }, ['p=1'], ['p=2']],
    [{ schema: INTEGER_OR_ALL }, ['p=1', 'p=all'], ['p=none', 'p=1.5', 'p=true']],
    [
      { schema: { type: 'array', items: INTEGER_OR_ALL }, explode: false },
      ['p=1,all', 'p=1', 'p=all'],
      ['p=1,none'],
    ],
    [
      { schema: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] } },
      ['p=null', 'p=2026-01-31'],
      ['p=none'],
    ],
    [{ schema: INTEGERS, required: true }, ['p=', 'p=1'], ['', 'p=a']],
    [{ schema: { type: 'integer' }, required: true, allowEmptyValue: true }, ['p=', 'p=1'], ['p=a']],
    [{ schema: { type: 'integer' }, required: true }, ['p=1'], ['p=', 'p']],
    [{ schema: { type: 'array', items: POINT } }, ['p={"x":1,"y":2}'], ['p={"x":1}', 'p=x']],
    [{ schema: LIST }, ['ids=1', 'ids=1&ids=2'], ['ids=a']],
    [{ schema: LIST, style: 'deepObject' }, ['p[ids]=1', 'p[ids]=1&p[ids]=2'], ['p[ids]=a', 'p[id]=1']],
    // How members within members are sent is not described.
    [{ schema: LIST, style: 'deepObject', required: true }, ['p[by][x]=a', 'p[ids][]=1'], ['']],
  ])('%j', (parameter, fits, breaks) => {
    const found = (query: string) => findingsOf([{ name: 'p', in: 'query', ...parameter }], { query });
    for (const query of fits) expect([query, found(query)]).toEqual([query, []]);
    for (const query of breaks) expect([query, found(query)]).not.toEqual([query, []]);
  });

  it('may share the names of its members with other parameters', () => {
    const parameters = [
      { name: 'p', in: 'query', schema: POINT },
      { name: 'x', in: 'query', schema: { type: 'integer' } },
    ];
    for (const query of ['x=1', 'x=1&y=2']) expect(findingsOf(parameters, { query })).toEqual([]);
    expect(findingsOf(parameters, { query: 'y=2' })).toMatchObject([{ name: 'p' }]);
  });

  it('that is unknown, missing, repeated or wrong has a finding of its own', () => {
    const integer = { in: 'query', schema: { type: 'integer' } };
    const parameters = [
      { ...integer, name: 'limit', required: true },
      { ...integer, name: 'offset' },
      { ...integer, name: 'page' },
    ];
    expect(findingsOf(parameters, { query: 'limits=1&x=1&offset=a&page=1&page=2' })).toEqual([
      {
        in: 'query',
        name: 'limits',
        detail:
          'the contract has no such parameter (Did you mean "limit"?) for read; it has limit, offset, page.',
      },
      {
        in: 'query',
        name: 'x',
        detail: 'the contract has no such parameter for read; it has limit, offset, page.',
      },
      { in: 'query', name: 'limit', detail: 'expected a value, as it is required; found none.' },
      { in: 'query', name: 'offset', detail: 'expected integer, found "a".' },
      {
        in: 'query',
        name: 'page',
        detail: 'expected it once, found it 2 times; "page" takes one value.',
      },
    ]);
  });
});

describe('a parameter in the path', () => {
  it.each<Styled>([
    [{ schema: { type: 'integer', minimum: 1 } }, ['1', '%31'], ['0', 'a', '1.5']],
    [{ schema: { type: 'string', format: 'uuid' } }, ['7f1bb7c5-4a4b-4c3e-9d0a-1b2c3d4e5f60'], ['1']],
    [{ schema: INTEGERS }, ['1', '1,2'], ['1,2,3', 'a']],
    [{ schema: POINT }, ['x,1,y,2'], ['x=1,y=2', 'x,1']],
    [{ schema: POINT, explode: true }, ['x=1,y=2'], ['x,1,y,2', 'x=1']],
    [{ schema: { type: 'integer' }, style: 'label' }, ['.1'], ['1', '.a']],
    // The specification had dots in both cases up to 3.0.3 and 3.1.0.
    [{ schema: INTEGERS, style: 'label' }, ['.1,2', '.1.2'], ['.1|2', '1,2']],
    [{ schema: POINT, style: 'label' }, ['.x,1,y,2', '.x.1.y.2'], ['.x,1', '.x=1.y=2']],
    [{ schema: INTEGER_OR_ALL }, ['1', 'all'], ['none', '1.5']],
    [{ schema: INTEGERS, style: 'label', explode: true }, ['.1.2'], ['.1,2']],
    [{ schema: POINT, style: 'label', explode: true }, ['.x=1.y=2'], ['.x=1']],
    [{ schema: { type: 'integer' }, style: 'matrix' }, [';id=1'], ['1', ';id=a']],
    [{ schema: INTEGERS, style: 'matrix' }, [';id=1,2'], [';id=1;id=2', '1,2']],
    [{ schema: INTEGERS, style: 'matrix', explode: true }, [';id=1;id=2'], [';id=1,2']],
    [{ schema: POINT, style: 'matrix', explode: true }, [';x=1;y=2'], [';x=1']],
  ])('%j', (parameter, fits, breaks) => {
    const declared = [{ name: 'id', in: 'path', required: true, ...parameter }];
    const found = (value: string) => findingsOf(declared, { path: `/things/${value}` });
    for (const value of fits) expect([value, found(value)]).toEqual([value, []]);
    for (const value of breaks)
      expect([value, found(value)]).toEqual([
        value,
        expect.arrayContaining([expect.objectContaining({ in: 'path', name: 'id' })]),
      ]);
  });
});

describe('a parameter in a header or a cookie', () => {
  it.each<Styled>([
    [{ in: 'header', schema: { type: 'integer' } }, ['1', ' 1 '], ['a', '1, 2']],
    [{ in: 'header', schema: INTEGERS }, ['1', '1, 2', '1,2', ''], ['1,2,3', 'a']],
    [{ in: 'header', schema: INTEGER_OR_ALL }, ['1', 'all'], ['none']],
    [{ in: 'header', schema: POINT, explode: true }, ['x=1,y=2'], ['x=1']],
    [{ in: 'header', content: { 'application/json': { schema: POINT } } }, ['{"x":1,"y":2}'], ['{}', 'x']],
  ])('%j', (parameter, fits, breaks) => {
    const found = (value: string) =>
      findingsOf([{ name: 'X-P', ...parameter }], { headers: { 'x-p': value } });
    for (const value of fits) expect([value, found(value)]).toEqual([value, []]);
    for (const value of breaks)
      expect([value, found(value)]).toEqual([
        value,
        expect.arrayContaining([expect.objectContaining({ in: 'header', name: 'X-P' })]),
      ]);
  });

  it.each<Styled>([
    [{ schema: { type: 'integer' } }, ['p=1', 'q=a', ''], ['p=a']],
    [{ schema: INTEGERS }, ['p=1', 'p=1,2', 'p=1%2C2', 'p=1&p=2'], ['p=a', 'p=1,2,3']],
    [{ schema: POINT, explode: false }, ['p=x,1,y,2'], ['p=x,1', 'p=x,a,y,2']],
    // How members are spread over cookies, OpenAPI leaves open.
    [{ schema: POINT, required: true }, ['x=1; y=2', 'p=x,1,y,2', ''], []],
  ])('in a cookie: %j', (parameter, fits, breaks) => {
    const found = (cookie: string) =>
      findingsOf([{ name: 'p', in: 'cookie', ...parameter }], { headers: { cookie } });
    for (const cookie of fits) expect([cookie, found(cookie)]).toEqual([cookie, []]);
    for (const cookie of breaks)
      expect([cookie, found(cookie)]).toEqual([
        cookie,
        expect.arrayContaining([expect.objectContaining({ in: 'cookie', name: 'p' })]),
      ]);
  });

  it('is missing where it is required, and others are of no concern', () => {
    const parameters = [
      { name: 'X-Need', in: 'header', required: true, schema: { type: 'string' } },
      { name: 'need', in: 'cookie', required: true, schema: { type: 'integer' } },
      { name: 'Authorization', in: 'header', required: true, schema: { type: 'string' } },
    ];
    const detail = 'expected a value, as it is required; found none.';
    expect(findingsOf(parameters, { headers: { 'x-other': 'a', cookie: 'other=1' } })).toEqual([
      { in: 'header', name: 'X-Need', detail },
      { in: 'cookie', name: 'need', detail },
    ]);
    expect(findingsOf(parameters, { headers: { 'x-need': 'a', cookie: 'a=b; need=1' } })).toEqual([]);
  });

  it('is not quoted where it may be secret', () => {
    const content = { 'application/json': { schema: { type: 'object', additionalProperties: false } } };
    const parameters = [
      { name: 'state', in: 'cookie', content },
      { name: 'sid', in: 'cookie', schema: { type: 'integer' } },
      { name: 'X-Api-Key', in: 'header', schema: { type: 'integer' } },
    ];
    const found = findingsOf(parameters, {
      headers: { cookie: 'sid=leak; state={"leak":1}', 'x-api-key': 'leak' },
    });
    expect(found).toHaveLength(3);
    expect(JSON.stringify(found)).not.toContain('leak');
  });
});

describe('what is in the query without being a parameter', () => {
  const found = (contract: object, query: string) => {
    const mock = createMock({ contract });
    mock.answer(thing({ query }));
    return mock.journal.entries[0]?.findings;
  };

  it('is what the path key pins', () => {
    const contract = thingContract([], '/things/{id}?view=full');
    expect(found(contract, 'view=full')).toEqual([]);
    expect(found(contract, 'view=full&x=1')).toMatchObject([{ name: 'x' }]);
  });

  it('is the key of a security scheme', () => {
    const securitySchemes = { Key: { type: 'apiKey', in: 'query', name: 'api_key' } };
    const { components, ...contract } = thingContract([]);
    const secured = { ...contract, components: { ...components, securitySchemes } };
    for (const security of [[{ Key: [] }], [{}, { Key: [] }]])
      expect(found({ ...secured, security }, 'api_key=a')).toEqual([]);
  });

  it('is the whole query, where a parameter is that', () => {
    const all = { name: 'all', in: 'querystring', content: { 'application/json': {} } };
    expect(found({ ...thingContract([all]), openapi: '3.2.0' }, '%7B%7D')).toEqual([]);
  });
});
