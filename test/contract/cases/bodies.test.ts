import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { ask, documentWith, response, serve, verdictOf } from './serving.ts';

const contractOf = (schema: JsonObject, schemas: JsonObject = {}) =>
  documentWith({ '/a': { 200: response({ schema }) } }, { components: { schemas } });

const object = (properties: JsonObject, rest: JsonObject = {}): JsonObject => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
  ...rest,
});

describe('a body is made of what the schema offers, where that is valid', () => {
  it.each<[string, JsonObject, unknown]>([
    ['an example of a property', object({ id: { type: 'integer', examples: [5] } }), { id: 5 }],
    [
      'the example of the whole',
      { ...object({ id: {} }), examples: [{ id: 1, more: [2] }] },
      { id: 1, more: [2] },
    ],
    ['the first valid example', { type: 'integer', examples: ['x', 7] }, 7],
    ['a default', { type: 'string', default: 'd' }, 'd'],
    ['a default, where the example is invalid', { type: 'string', examples: [1], default: 'd' }, 'd'],
    ['a member of enum, where the default is invalid', { enum: ['b', 'c'], default: 'a' }, 'b'],
    ['the first member of enum', { enum: [3, 2] }, 3],
    ['const', { const: { deep: [1] } }, { deep: [1] }],
    ['an example behind references', { $ref: '#/components/schemas/Id' }, 42],
  ])('%s', async (_, schema, expected) => {
    const schemas = {
      Id: { $ref: '#/components/schemas/Number' },
      Number: { type: 'integer', examples: [42] },
    };
    const { status, type, body } = await ask(serve(contractOf(schema, schemas)), '/a');
    expect([status, type, JSON.parse(body)]).toEqual([200, 'application/json', expected]);
  });
});

const TREE = object({ value: { type: 'integer' } }, { additionalProperties: false });

/** Schemas that name no value. */
const SCHEMAS: readonly (readonly [string, JsonObject])[] = [
  ['a pattern', { type: 'string', pattern: '^[A-Z]{2}-\\d{3}$' }],
  ['a pattern with a length', { type: 'string', pattern: '^a+$', minLength: 12, maxLength: 14 }],
  ['a length in characters', { type: 'string', minLength: 30, maxLength: 30 }],
  ...[
    'date-time',
    'date',
    'time',
    'duration',
    'uuid',
    'email',
    'uri',
    'hostname',
    'ipv4',
    'ipv6',
    'byte',
  ].map((format): readonly [string, JsonObject] => [`the format ${format}`, { type: 'string', format }]),
  ['a bound', { type: 'integer', minimum: 1_000 }],
  ['exclusive bounds', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.5 }],
  ['a multiple between bounds', { type: 'integer', multipleOf: 7, minimum: 50, maximum: 60 }],
  ['negative numbers', { type: 'number', maximum: -3 }],
  ['unique items', { type: 'array', uniqueItems: true, minItems: 3, items: { type: 'integer' } }],
  [
    'unique members of enum',
    { type: 'array', uniqueItems: true, minItems: 3, items: { enum: ['a', 'b', 'c'] } },
  ],
  [
    'unique objects',
    { type: 'array', uniqueItems: true, minItems: 2, items: object({ a: { type: 'string' } }) },
  ],
  [
    'items by position',
    { type: 'array', prefixItems: [{ type: 'string' }, { const: 2 }], items: false, minItems: 2 },
  ],
  ['contained items', { type: 'array', contains: { const: 'x' }, minContains: 2, minItems: 3 }],
  ['allOf', { allOf: [object({ a: { type: 'string' } }), object({ b: { type: 'integer', minimum: 3 } })] }],
  ['allOf of bounds', { type: 'integer', allOf: [{ minimum: 5 }, { maximum: 5 }] }],
  ['one of overlapping schemas', { oneOf: [object({ a: {} }), object({ a: {}, b: { type: 'string' } })] }],
  ['one of integer and number', { oneOf: [{ type: 'integer' }, { type: 'number' }] }],
  ['anyOf', { anyOf: [{ type: 'string', minLength: 2, maxLength: 1 }, { type: 'boolean' }] }],
  ['not', { type: 'string', not: { enum: ['', 'string', 'text', 'a'] } }],
  ['no additional properties', object({ a: { type: 'string' } }, { additionalProperties: false })],
  ['a number of properties', { type: 'object', minProperties: 3, additionalProperties: { type: 'integer' } }],
  ['names of properties', { type: 'object', minProperties: 2, propertyNames: { pattern: '^x[0-9]$' } }],
  [
    'properties by pattern',
    {
      type: 'object',
      minProperties: 1,
      patternProperties: { '^n_': { type: 'null' } },
      additionalProperties: false,
    },
  ],
  ['a required property that is not described', { type: 'object', required: ['a', 'constructor'] }],
  ['dependent properties', object({ a: { type: 'string' } }, { dependentRequired: { a: ['b'] } })],
  [
    'if and then',
    // biome-ignore lint/suspicious/noThenProperty: a keyword
    object({ a: { const: 1 } }, { if: object({ a: { const: 1 } }), then: { required: ['b'] } }),
  ],
  ['unevaluated properties', { allOf: [object({ a: { type: 'string' } })], unevaluatedProperties: false }],
  ['several types', { type: ['null', 'integer'], minimum: 9 }],
  ['a recursive list', { $ref: '#/components/schemas/Node' }],
  ['a recursive choice', { $ref: '#/components/schemas/Expression' }],
  ['mutual recursion', { $ref: '#/components/schemas/Parent' }],
  ['no type at all', {}],
  ['false beside true', object({ a: true }, { patternProperties: { '^b': false } })],
];

const RECURSIVE: JsonObject = {
  Node: object({ children: { type: 'array', items: { $ref: '#/components/schemas/Node' } } }),
  Expression: { oneOf: [object({ not: { $ref: '#/components/schemas/Expression' } }), TREE] },
  Parent: object({ child: { $ref: '#/components/schemas/Child' } }),
  Child: object({ parents: { type: 'array', maxItems: 5, items: { $ref: '#/components/schemas/Parent' } } }),
};

describe('a body keeps every keyword', () => {
  it.each(SCHEMAS)('%s', async (_, schema) => {
    expect(await verdictOf(contractOf(schema, RECURSIVE), '/a')).toBeNull();
  });

  it('is the same every time', async () => {
    const schema = object(Object.fromEntries(SCHEMAS.map(([name, member]) => [name, member])));
    const bodies = [serve(contractOf(schema, RECURSIVE)), serve(contractOf(schema, RECURSIVE))].flatMap(
      (mock) => [ask(mock, '/a'), ask(mock, '/a')],
    );
    const [first, ...others] = (await Promise.all(bodies)).map(({ body }) => body);
    expect(JSON.parse(first ?? '')).toBeTypeOf('object');
    expect(new Set(others)).toEqual(new Set([first]));
  });

  it.each<[string, JsonObject]>([
    ['bounds that exclude each other', { type: 'integer', minimum: 2, maximum: 1 }],
    ['a required property that is forbidden', { type: 'object', required: ['a'], properties: { a: false } }],
    ['an endless body', { $ref: '#/components/schemas/Endless' }],
  ])('is never sent where none is valid: %s', async (_, schema) => {
    const schemas = { Endless: object({ next: { $ref: '#/components/schemas/Endless' } }) };
    const { status, type } = await ask(serve(contractOf(schema, schemas)), '/a');
    expect([status, type]).toEqual([500, 'application/problem+json']);
  });
});
