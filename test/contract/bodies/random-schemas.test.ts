import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBodyMaker } from '../../../src/contract/bodies/body-maker.ts';
import { isObject } from '../../../src/json.ts';
import { copyWith } from '../copies.ts';
import { mistakesOf } from './judging.ts';

function isValid(schema: unknown, value: unknown): boolean {
  return mistakesOf(schema, value).length === 0;
}

/** A schema with a value that is known to be valid by it. */
interface Satisfiable {
  readonly schema: object;
  readonly value: unknown;
}

const integers = fc.integer({ min: -50, max: 50 }).chain((value) =>
  fc
    .record(
      {
        minimum: fc.integer({ min: value - 5, max: value }),
        maximum: fc.integer({ min: value, max: value + 5 }),
        exclusiveMinimum: fc.integer({ min: value - 5, max: value - 1 }),
        exclusiveMaximum: fc.integer({ min: value + 1, max: value + 5 }),
        multipleOf: fc.constantFrom(1, Math.abs(value) || 1),
        not: fc.constant({ const: value + 1 }),
      },
      { requiredKeys: [] },
    )
    .map((keywords): Satisfiable => ({ schema: { type: 'integer', ...keywords }, value })),
);

const texts = fc.stringMatching(/^[a-z]{1,4}[0-9]{0,3}$/).chain((value) =>
  fc
    .record(
      {
        minLength: fc.integer({ min: 0, max: value.length }),
        maxLength: fc.integer({ min: value.length, max: value.length + 3 }),
        pattern: fc.constantFrom('^[a-z]+[0-9]*$', '[a-z]', '^(?:[a-z]|\\d)+$', '^(?=[a-z])[a-z0-9]+$'),
        not: fc.constant(value.startsWith('s') ? { pattern: '^a' } : { pattern: '^s' }),
      },
      { requiredKeys: [] },
    )
    .map((keywords): Satisfiable => ({ schema: { type: 'string', ...keywords }, value })),
);

const plain = fc.constantFrom<Satisfiable>(
  { schema: { type: 'boolean' }, value: true },
  { schema: { type: ['null', 'boolean'] }, value: null },
  { schema: { enum: ['a', 2, { b: [] }] }, value: 2 },
  { schema: { const: [1] }, value: [1] },
);

const satisfiable = fc.letrec<{
  any: Satisfiable;
  object: Satisfiable;
  array: Satisfiable;
  composed: Satisfiable;
}>((tie) => ({
  any: fc.oneof({ depthSize: 'small' }, integers, texts, plain, tie('object'), tie('array'), tie('composed')),
  object: fc
    .tuple(
      fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('any'), { noNullPrototype: true }),
      fc.boolean(),
      fc.boolean(),
      fc.subarray(['a', 'b', 'c', 'd']),
    )
    .map(([members, isClosed, isCounted, required]): Satisfiable => {
      const names = Object.keys(members);
      const pick = (key: 'schema' | 'value') =>
        Object.fromEntries(Object.entries(members).map(([name, member]) => [name, member[key]]));
      const counted = isCounted ? { minProperties: names.length, maxProperties: names.length } : {};
      const schema = {
        type: 'object',
        properties: pick('schema'),
        required: required.filter((name) => names.includes(name)),
        ...(isClosed ? { additionalProperties: false } : {}),
        ...counted,
      };
      return { schema, value: pick('value') };
    }),
  array: fc
    .tuple(fc.array(tie('any'), { maxLength: 3 }), fc.boolean(), fc.boolean())
    .map(([items, isTuple, isContained]): Satisfiable => {
      const [first] = items;
      const value = items.map((item) => item.value);
      const prefixItems = items.map((item) => item.schema);
      const shape = isTuple
        ? { ...(items.length > 0 ? { prefixItems } : {}), items: false, minItems: items.length }
        : { items: items.length > 0 ? { anyOf: prefixItems } : {}, maxItems: 4 };
      return {
        schema: { type: 'array', ...shape, ...(isContained && first ? { contains: first.schema } : {}) },
        value,
      };
    }),
  composed: fc
    .tuple(tie('any'), tie('any'), fc.constantFrom('allOf', 'anyOf', 'oneOf', 'if', 'not'))
    .map(([one, other, how]): Satisfiable => {
      const { schema, value } = one;
      const isOther = isValid(other.schema, value);
      switch (how) {
        case 'allOf':
          return { schema: isOther ? { allOf: [schema, other.schema] } : { ...schema, allOf: [{}] }, value };
        case 'oneOf':
          return { schema: isOther ? { oneOf: [schema] } : { oneOf: [other.schema, schema] }, value };
        case 'if':
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          return { schema: { if: other.schema, ...(isOther ? { then: schema } : { else: schema }) }, value };
        case 'not':
          return { schema: isOther ? schema : { allOf: [schema, { not: other.schema }] }, value };
        default:
          return { schema: { anyOf: [other.schema, schema] }, value };
      }
    }),
}));

describe('For schemas that some value meets', () => {
  it('a valid one is made', () => {
    fc.assert(
      fc.property(satisfiable.any, ({ schema }) => {
        const made = createBodyMaker({ schema }).make('/schema');
        expect(made).toHaveProperty('value');
        if ('value' in made) expect(mistakesOf(schema, made.value), JSON.stringify(made)).toEqual([]);
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});

/** Members of schemas in a document, each with the object that it is in. */
function membersOf(node: unknown): readonly (readonly [parent: Record<string, unknown>, key: string])[] {
  if (Array.isArray(node)) return node.flatMap(membersOf);
  if (!isObject(node)) return [];
  const own = Object.keys(node).map((key) => [node, key] as const);
  return [...own, ...Object.values(node).flatMap(membersOf)];
}

const WRONG: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  'x',
  '(',
  [],
  [null],
  {},
  { $ref: '#' },
  ['string', 5],
];

describe('A document with mistakes', () => {
  it('makes no maker throw', () => {
    const change = fc.tuple(
      fc.nat(),
      fc.constantFrom('remove', 'retype', 'double'),
      fc.constantFrom(...WRONG),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const document = copyWith((contract) => {
          const members = membersOf(contract.components.schemas);
          for (const [index, how, wrong] of changes) {
            const [parent, key] = members[index % members.length] ?? [];
            if (!parent || key === undefined) continue;
            if (how === 'remove') delete parent[key];
            else if (how === 'retype') parent[key] = wrong;
            else parent[key] = { ...parent, allOf: [parent[key], parent[key]] };
          }
        });
        const maker = createBodyMaker(document);
        const schemas: unknown = Reflect.get(Reflect.get(document, 'components'), 'schemas');
        for (const name of Object.keys(isObject(schemas) ? schemas : {}))
          expect(Object.keys(maker.make(`/components/schemas/${name}`))).toHaveLength(1);
      }),
      { numRuns: 20 },
    );
  });
});
