import { describe, expect, it } from 'vitest';
import { createBodyMaker } from '../../../src/contract/bodies/body-maker.ts';
import { make, makeValid } from './judging.ts';

describe('What a schema names is used where it is valid', () => {
  it.each<{ schema: object; value: unknown }>([
    { schema: { const: { a: 1 }, examples: [{ a: 2 }] }, value: { a: 1 } },
    { schema: { type: 'integer', examples: ['x', 5] }, value: 5 },
    { schema: { type: 'integer', example: 6, default: 7 }, value: 6 },
    { schema: { type: 'integer', default: 7, enum: [1, 7] }, value: 7 },
    { schema: { type: 'integer', example: 'six', enum: [3, 4] }, value: 3 },
    { schema: { type: ['string', 'null'], enum: [null, 'a'] }, value: 'a' },
    { schema: { type: 'string', format: 'date', example: '2025-13-01' }, value: '2025-01-01' },
    { schema: { type: 'integer', format: 'int32', example: 3_000_000_000, minimum: 9 }, value: 9 },
    { schema: { type: 'string', format: 'byte', example: 'no base64!' }, value: 'c3RyaW5n' },
    {
      schema: { properties: { id: { examples: [5] }, name: { example: 1, type: 'string' } } },
      value: { id: 5, name: 'string' },
    },
    { schema: { type: 'array', items: { type: 'string', example: 'a' }, minItems: 2 }, value: ['a', 'a'] },
    { schema: { allOf: [{ type: 'object', example: { a: 1 } }], required: ['b'] }, value: { b: {} } },
    {
      schema: { $ref: '#/schema/$defs/a', example: 8, $defs: { a: { type: 'integer', example: 9 } } },
      value: 8,
    },
  ])('$schema', ({ schema, value }) => {
    expect(makeValid(schema)).toEqual(value);
  });
});

describe('A made object', () => {
  it('has the optional properties, in the order of the document', () => {
    const properties = { b: { type: 'string' }, a: { type: 'boolean' }, c: { type: ['null', 'integer'] } };
    expect(JSON.stringify(make({ type: 'object', required: ['a'], properties }))).toBe(
      '{"b":"string","a":true,"c":1}',
    );
  });

  it('goes without optional properties that cannot be met', () => {
    const properties = { a: { type: 'string', enum: [1] }, b: { type: 'integer' }, c: false };
    expect(makeValid({ type: 'object', properties })).toEqual({ b: 1 });
  });

  it('has what only a request has when it is required', () => {
    const properties = { id: { type: 'integer' }, password: { type: 'string', writeOnly: true } };
    expect(make({ type: 'object', properties })).toEqual({ id: 1 });
    expect(make({ type: 'object', properties, required: ['password'] })).toEqual({
      id: 1,
      password: 'string',
    });
  });

  it('shows one member of a map, and one item of an array', () => {
    expect(make({ type: 'object', additionalProperties: { type: 'integer' } })).toEqual({ property1: 1 });
    expect(make({ type: 'array', items: { type: 'integer' } })).toEqual([1]);
  });

  it('ends where its schema contains itself', () => {
    const list = { type: 'array', items: { $ref: '#/schema' } };
    expect(make({ type: 'object', properties: { id: { type: 'integer' }, children: list } })).toEqual({
      id: 1,
      children: [],
    });
  });

  it('stays small where schemas are nested deeply', () => {
    const wide = (depth: number): object => {
      const names = depth === 0 ? [] : ['a', 'b', 'c', 'd', 'e', 'f'];
      return { type: 'object', properties: Object.fromEntries(names.map((name) => [name, wide(depth - 1)])) };
    };
    expect(JSON.stringify(make(wide(5))).length).toBeLessThan(10_000);
  });
});

describe('A discriminator', () => {
  const kind = (properties: object) => ({
    type: 'object',
    required: ['kind', ...Object.keys(properties)],
    properties: { kind: { type: 'string' }, ...properties },
  });
  const schemas = { Cat: kind({ lives: { type: 'integer' } }), Dog: kind({ breed: { type: 'string' } }) };
  const oneOf = [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }];
  const petOf = (schema: object, others: object = {}) =>
    createBodyMaker({ components: { schemas: { ...schemas, ...others, Pet: schema } } }).make(
      '/components/schemas/Pet',
    );

  it('has the value that leads to the branch', () => {
    const mapping = { tom: '#/components/schemas/Cat', rex: 'Dog' };
    const value = { kind: 'tom', lives: 1 };
    expect(petOf({ oneOf, discriminator: { propertyName: 'kind', mapping } })).toEqual({ value });
    expect(petOf({ oneOf: oneOf.slice(1), discriminator: { propertyName: 'kind', mapping } })).toEqual({
      value: { kind: 'rex', breed: 'string' },
    });
  });

  it('leads to the one branch that is valid where the others would accept the same', () => {
    const others = {
      Cat: { ...schemas.Cat, required: ['kind'] },
      Dog: { ...schemas.Dog, required: ['kind'] },
    };
    expect(petOf({ oneOf, discriminator: { propertyName: 'kind' } }, others)).toEqual({
      value: { kind: 'Cat', lives: 1, breed: {} },
    });
  });

  it('has the name of the branch without a mapping', () => {
    const value = { kind: 'Cat', lives: 1 };
    expect(petOf({ oneOf, discriminator: { propertyName: 'kind' } })).toEqual({ value });
  });

  it('names the kind that is made where the base has it', () => {
    const mapping = { cow: '#/components/schemas/Cow', owl: '#/components/schemas/Owl' };
    const base = { ...kind({}), discriminator: { propertyName: 'kind', mapping } };
    const inherits = (name: string) => ({
      allOf: [
        { $ref: '#/components/schemas/Pet' },
        { type: 'object', properties: { [name]: { type: 'integer' } } },
      ],
    });
    const others = { Cow: inherits('milk'), Owl: inherits('wings') };
    const maker = createBodyMaker({ components: { schemas: { ...others, Pet: base } } });
    expect(maker.make('/components/schemas/Owl')).toEqual({ value: { kind: 'owl', wings: 1 } });
    expect(maker.make('/components/schemas/Pet')).toEqual({ value: { kind: 'cow', milk: 1 } });
  });
});

describe('A reference', () => {
  it('that leads nowhere accepts everything', () => {
    expect(createBodyMaker({ a: { type: 'string', $ref: '#/none' } }).make('/a')).toEqual({
      value: 'string',
    });
  });

  it('to itself is no schema', () => {
    expect(createBodyMaker({ a: { $ref: '#/a' } }).make('/a')).toHaveProperty('failure');
    expect(createBodyMaker({ a: { $ref: '#/b' }, b: { $ref: '#/a' } }).make('/a')).toHaveProperty('failure');
  });
});

describe('A text with a schema for its content', () => {
  const contentSchema = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };

  it.each(['application/json', 'application/vnd.api+json; charset=utf-8'])('is %s', (contentMediaType) => {
    const data = { type: 'string', contentMediaType, contentSchema };
    const made = createBodyMaker({ a: { type: 'object', required: ['data'], properties: { data } } }).make(
      '/a',
    );
    expect(made).toEqual({ value: { data: '{"id":1}' } });
  });

  it('is any text where the content is not JSON', () => {
    expect(make({ type: 'string', contentMediaType: 'text/html', contentSchema })).toBe('string');
  });
});
