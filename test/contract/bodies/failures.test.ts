import { describe, expect, it } from 'vitest';
import { createBodyMaker } from '../../../src/contract/bodies/body-maker.ts';
import { failureOf, make } from './judging.ts';

describe('Where nothing is valid, it says why', () => {
  it.each<{ schema: unknown; words: string }>([
    { schema: false, words: 'no value is allowed' },
    {
      schema: { type: 'string', allOf: [{ type: 'integer' }] },
      words: '/schema/allOf/0: integer is asked for, but string at /schema',
    },
    { schema: { type: 'integer', minimum: 5, maximum: 4 }, words: '/schema: no number is between 5 and 4' },
    { schema: { type: 'number', exclusiveMinimum: 5, maximum: 5 }, words: 'no number is between 5 and 5' },
    {
      schema: { type: 'integer', minimum: 5, maximum: 9, multipleOf: 10 },
      words: 'no multiple of 10 is between 5 and 9',
    },
    { schema: { type: 'string', minLength: 5, maxLength: 4 }, words: 'no text has 5 to 4 characters' },
    { schema: { type: 'string', minLength: 1_048_577 }, words: 'at most 1048576 characters' },
    {
      schema: { type: 'string', pattern: '^a{3}$', maxLength: 2 },
      words: 'no text was found for the pattern ^a{3}$',
    },
    { schema: { type: 'array', minItems: 3, maxItems: 2 }, words: 'no array has 3 to 2 items' },
    { schema: { type: 'array', minItems: 1e9 }, words: 'at most 10000 items' },
    {
      schema: { type: 'array', items: { type: 'boolean' }, uniqueItems: true, minItems: 3 },
      words: 'no item 2 was found',
    },
    {
      schema: { type: 'object', required: ['a'], properties: { a: false } },
      words: '/schema/properties/a: no value is allowed',
    },
    {
      schema: { type: 'object', required: ['a', 'b'], maxProperties: 1 },
      words: '2 properties are required, 1 allowed',
    },
    { schema: { type: 'object', minProperties: 1e9 }, words: 'at most 10000 properties' },
    {
      schema: { type: 'string', enum: [1, 2] },
      words: '/schema: every value that was tried breaks another keyword',
    },
    { schema: { type: 'string', not: {} }, words: 'no value is allowed' },
    {
      schema: { type: 'object', required: ['a'], properties: { a: { $ref: '#/schema' } } },
      words: '/schema: it contains itself and never ends',
    },
  ])('$schema', ({ schema, words }) => {
    expect(failureOf(schema)).toContain(words);
  });
});

describe('A keyword with a wrong value counts as absent', () => {
  it.each<{ schema: object; value: unknown }>([
    { schema: { type: 'int' }, value: {} },
    { schema: { type: 'string', enum: 'x' }, value: 'string' },
    { schema: { type: 'string', pattern: '(?i)x' }, value: 'string' },
    { schema: { type: 'string', minLength: -1, maxLength: '3' }, value: 'string' },
    { schema: { type: 'integer', exclusiveMinimum: true, minimum: 4 }, value: 4 },
    { schema: { type: 'number', multipleOf: 0 }, value: 1 },
    { schema: { type: 'string', nullable: true }, value: 'string' },
    { schema: { type: 'object', properties: null, required: true }, value: {} },
    {
      schema: { type: 'object', properties: { a: null, b: 5, c: { type: 'string', required: true } } },
      value: { a: {}, b: {}, c: 'string' },
    },
    { schema: { type: 'array', items: [{ type: 'string' }] }, value: [] },
    { schema: { type: 'object', required: ['a', 5], dependentRequired: { a: 'b' } }, value: { a: {} } },
    { schema: { allOf: { type: 'string' }, anyOf: [], oneOf: null, not: 5, type: 'integer' }, value: 1 },
    { schema: { type: 'string', $ref: 7, discriminator: 'kind', examples: { a: 'b' } }, value: 'string' },
    { schema: { type: 'object', patternProperties: { '(': { type: 'string' } } }, value: {} },
  ])('$schema', ({ schema, value }) => {
    expect(make(schema)).toEqual(value);
  });
});

describe('No schema takes for ever', () => {
  const deep = (depth: number): object =>
    depth === 0 ? {} : { type: 'object', required: ['a'], properties: { a: deep(depth - 1) } };
  const doubled = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [
      `s${index}`,
      { oneOf: [{ $ref: `#/$defs/s${index + 1}` }, { $ref: `#/$defs/s${index + 1}` }] },
    ]),
  );

  it.each<[string, object, string]>([
    ['levels', { a: deep(5_000) }, '/a'],
    ['branches that double', { $defs: { ...doubled, s40: { type: 'string' } } }, '/$defs/s0'],
    ['a pattern that repeats', { a: { type: 'string', pattern: '^a{2000000}$' } }, '/a'],
    ['a pattern that takes long', { a: { type: 'string', pattern: '^(a+)+$', not: { pattern: 'a' } } }, '/a'],
    [
      'many items of many items',
      {
        a: {
          type: 'array',
          minItems: 9_999,
          items: { type: 'array', minItems: 9_999, items: { type: 'string' } },
        },
      },
      '/a',
    ],
    ['multiples that are far apart', { a: { type: 'number', multipleOf: 1e-300, minimum: 1e300 } }, '/a'],
  ])('%s', (_name, document, pointer) => {
    expect(createBodyMaker(document).make(pointer)).toHaveProperty('failure');
  });

  it('unless it asks for no more than a body may have', () => {
    const made = make({ type: 'array', items: { type: 'integer' }, uniqueItems: true, minItems: 5_000 });
    expect(made).toHaveLength(5_000);
  });
});
