import { describe, expect, it } from 'vitest';
import { compileSchema } from '../../src/contract/schema.ts';

describe('A value that the validator cannot check', () => {
  const check = compileSchema({ type: 'object', additionalProperties: { type: 'string' } }, '');

  it('is at fault for a field name with a lone surrogate', () => {
    const detail = 'A field name is not valid Unicode: it has a lone surrogate.';
    expect(check(JSON.parse('{"\\ud800":"x"}'))).toEqual([{ pointer: '', detail }]);
    expect(check(JSON.parse('{"a":"\\ud800"}'))).toEqual([]);
  });

  it('is not at fault for a broken schema', () => {
    const broken = compileSchema({ type: 'string', pattern: '(' }, '');
    const [violation] = broken('x');
    expect(violation?.detail).toContain('the schema cannot be used: Invalid regular expression');
  });
});

describe('A value that breaks a schema', () => {
  const words = (schema: object, value: unknown) =>
    compileSchema(schema, '')(value).map(({ pointer, detail }) => `${pointer}: ${detail}`);

  it.each<{ schema: object; value: unknown; expected: readonly string[] }>([
    { schema: { type: ['string', 'null'] }, value: 7, expected: [': expected string or null, found 7.'] },
    { schema: { const: { a: 1 } }, value: [], expected: [': expected {"a":1}, found [].'] },
    { schema: { enum: ['a', 2] }, value: 'b', expected: [': expected one of "a", 2, found "b".'] },
    {
      schema: { format: 'date' },
      value: 'x',
      expected: [': expected text in the format "date", found "x".'],
    },
    { schema: { minLength: 1 }, value: '', expected: [': expected text of at least 1 character, found "".'] },
    {
      schema: { maxLength: 2 },
      value: 'abc',
      expected: [': expected text of at most 2 characters, found "abc".'],
    },
    { schema: { pattern: '^a' }, value: 'b', expected: [': expected text that matches ^a, found "b".'] },
    {
      schema: { pattern: '^a', description: 'A word with an a.' },
      value: 'b',
      expected: [': expected text that matches ^a (A word with an a), found "b".'],
    },
    { schema: { exclusiveMinimum: 1 }, value: 1, expected: [': expected more than 1, found 1.'] },
    { schema: { multipleOf: 5 }, value: 7, expected: [': expected a multiple of 5, found 7.'] },
    {
      schema: { items: { maximum: 1 } },
      value: [1, 2, 3],
      expected: ['/1: expected at most 1, found 2.', '/2: expected at most 1, found 3.'],
    },
    { schema: { required: ['a', 'b', 'c'] }, value: { b: 1 }, expected: [': "a", "c" are missing.'] },
    {
      schema: { properties: { name: {} }, additionalProperties: false },
      value: { nam: 1 },
      expected: ['/nam: there is no such member. Did you mean "name"?'],
    },
    {
      schema: { properties: { name: {} }, unevaluatedProperties: false },
      value: { nam: 1 },
      expected: ['/nam: there is no such member. Did you mean "name"?'],
    },
    {
      schema: { properties: { a: false } },
      value: { a: 1 },
      expected: ['/a: no value is allowed here.'],
    },
    { schema: { items: false }, value: [1], expected: ['/0: no value is allowed here.'] },
    {
      schema: { prefixItems: [{}], items: false },
      value: [1, 2],
      expected: ['/1: no value is allowed here.'],
    },
    {
      schema: { patternProperties: { '^a': false } },
      value: { ab: 1 },
      expected: ['/ab: no value is allowed here.'],
    },
    { schema: JSON.parse('{"if":{},"then":false}'), value: 1, expected: [': no value is allowed here.'] },
    { schema: { allOf: [false] }, value: 1, expected: [': no value is allowed here.'] },
    {
      schema: { anyOf: [false, false, { type: 'string' }, false] },
      value: 1,
      expected: [': expected one of 4 forms, another value or string, found 1.'],
    },
    {
      schema: {
        anyOf: [{ type: 'object', required: ['a'], additionalProperties: false }, { type: 'string' }],
      },
      value: { b: 1 },
      expected: [': expected one of 2 forms, object or string, found {"b":1}.'],
    },
    {
      schema: { anyOf: [{ properties: { a: {} }, additionalProperties: false }, { type: 'string' }] },
      value: { aa: 1 },
      expected: ['/aa: there is no such member. Did you mean "a"?'],
    },
    {
      schema: { allOf: [{ additionalProperties: false }, false] },
      value: { a: 1 },
      expected: ['/a: there is no such member.', ': no value is allowed here.'],
    },
    {
      schema: { properties: { a: { $ref: '#/$defs/b' } }, $defs: { b: { minItems: 1, items: false } } },
      value: { a: [] },
      expected: ['/a: expected an array of at least 1 item, found [].'],
    },
    {
      schema: { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      value: {},
      expected: [': expected exactly one of "a", "b", found {}.'],
    },
    {
      schema: { anyOf: [{ type: 'number', minimum: 0 }, { type: 'array' }] },
      value: 'x',
      expected: [': expected one of 2 forms, number or array, found "x".'],
    },
    {
      schema: { anyOf: [{ type: 'number', minimum: 0 }, { type: 'array' }] },
      value: -1,
      expected: [': expected at least 0, found -1.'],
    },
    {
      schema: {
        properties: {
          a: { oneOf: [{ required: ['x'], properties: { x: { type: 'string' } } }, { required: ['y'] }] },
          b: { type: 'null' },
        },
      },
      value: { a: { x: 1 }, b: 1 },
      expected: ['/a/x: expected string, found 1.', '/b: expected null, found 1.'],
    },
  ])('is told what is expected and what was found: $schema, $value', ({ schema, value, expected }) => {
    expect(words(schema, value)).toEqual(expected);
  });

  it('shows no key that it holds', () => {
    expect(words({ type: 'number' }, 'phx_Leak4711')).toEqual([': expected number, found "phx_…".']);
  });
});

it('of a large value, the first mistakes are reported', () => {
  const check = compileSchema({ items: { type: 'string' }, maxItems: 5 }, '');
  expect(check(Array(50_000).fill(1)).length).toBeLessThan(3);
  expect(check(Array(7).fill(1)).length).toBeGreaterThan(5);
});

describe('A member that the sender leaves out', () => {
  const Base = {
    type: 'object',
    properties: {
      id: { allOf: [{ $ref: '#/Id' }] },
      secret: { type: 'string', writeOnly: true },
      name: { type: 'string' },
    },
  };
  const Id = { type: 'integer', readOnly: true };
  const required = ['id', 'secret', 'name'];

  it.each<readonly [string, object]>([
    ['beside its properties', { ...Base, required }],
    ['beside allOf', { required, allOf: [{ $ref: '#/Base' }] }],
    ['in allOf', { allOf: [{ $ref: '#/Base' }, { required }] }],
    ['in a schema that allOf refers to', { allOf: [{ $ref: '#/Base' }, { $ref: '#/All' }] }],
    ['in an alternative', { allOf: [{ $ref: '#/Base' }], oneOf: [{ $ref: '#/All' }, { type: 'string' }] }],
  ])('may be required %s', (_, schema) => {
    const document = { schema, Base, Id, All: { required } };
    const fromClient = compileSchema(document, '/schema', 'client');
    const fromServer = compileSchema(document, '/schema', 'server');
    expect(fromClient({ name: 'a', secret: 'b' })).toEqual([]);
    expect(fromServer({ name: 'a', id: 1 })).toEqual([]);
    for (const value of [{ name: 'a' }, { id: 1, secret: 'b' }]) {
      expect(fromClient(value)).toHaveLength(1);
      expect(fromServer(value)).toHaveLength(1);
    }
  });

  it('is required where another schema asks for a member of the same name', () => {
    const schema = { allOf: [{ $ref: '#/Base' }], properties: { in: { $ref: '#/All' } } };
    const check = compileSchema({ schema, Base, Id, All: { required } }, '/schema', 'client');
    expect(check({ name: 'a', secret: 'b', in: {} })).toEqual([
      { pointer: '/in', detail: '"id", "secret", "name" are missing.' },
    ]);
  });
});

it('A value that fits several of the alternatives of oneOf is told so', () => {
  const schema = { oneOf: [{ type: 'object' }, { type: 'object' }, { maxProperties: 0 }] };
  expect(compileSchema(schema, '')({ a: 1 })).toEqual([
    {
      pointer: '',
      detail: 'expected exactly one of 3 forms, object or another value, but 2 of them fit {"a":1}.',
    },
  ]);
});

it('A thousand items that fit none of thirty alternatives are told in the time that a test has', () => {
  const anyOf = Array.from({ length: 30 }, (_, index) => ({ type: 'string', pattern: `^${index}$` }));
  const found = compileSchema(
    { type: 'array', items: { anyOf } },
    '',
  )(Array.from({ length: 1000 }, () => 'x'));
  expect(found).toHaveLength(1000);
  expect(found[999]).toEqual({ pointer: '/999', detail: 'expected one of 30 forms, string, found "x".' });
});
