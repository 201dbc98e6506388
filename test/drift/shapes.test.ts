import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readContract } from '../../src/contract/reading/read-contract.ts';
import { compare } from '../../src/drift/compare.ts';
import { compareShapes } from '../../src/drift/compare-shapes.ts';
import { MAX_LEVELS, MAX_PLACES, placeOf, shapeOf } from '../../src/drift/shape.ts';

const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Trees', version: '1' },
  components: {
    schemas: {
      Tree: {
        type: 'object',
        required: ['a'],
        properties: {
          a: { type: ['integer', 'null'] },
          b: {
            anyOf: [
              { type: 'string', enum: ['x', 'y'] },
              { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
            ],
          },
          c: { type: 'object', additionalProperties: { $ref: '#/components/schemas/Tree' } },
          d: { type: 'string', maxLength: 3, format: 'date', not: { const: 'z' } },
        },
      },
    },
  },
  paths: {
    '/tree': {
      get: {
        operationId: 'tree',
        responses: {
          200: {
            description: 'A tree.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Tree' } } },
          },
        },
      },
    },
  },
});
const [operation] = contract.operations;

const answerOf = (value: unknown) => ({
  status: 200,
  headers: [],
  contentType: 'application/json',
  body: JSON.stringify(value),
});

function findings(live: unknown, mock: unknown) {
  if (!operation) throw new Error('There is one operation.');
  const [ofLive, ofMock] = [answerOf(live), answerOf(mock)];
  return compare(contract, operation, { live: ofLive, redirected: null, mock: ofMock, mockOfStatus: ofMock });
}

/** Values of which every text has a mark, and that have the names of the schema, and others. */
const values = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.integer({ min: 471_100, max: 471_199 }),
    fc.nat().map((number) => `MARK-${number}`),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__'), tie('tree')),
  ),
})).tree;

describe('laws of comparing', () => {
  it('what is the same on both sides differs nowhere', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(findings(value, value).filter(({ verdict }) => !verdict.endsWith('breaks-contract'))).toEqual(
          [],
        );
      }),
    );
  });

  it('no finding has a value', () => {
    fc.assert(
      fc.property(values, values, (live, mock) => {
        expect(JSON.stringify(findings(live, mock))).not.toMatch(/MARK|4711/);
      }),
    );
  });

  it('what live breaks is found whatever the mock says', () => {
    fc.assert(
      fc.property(values, values, values, (live, one, other) => {
        const broken = (mock: unknown) =>
          findings(live, mock).filter(({ verdict }) => verdict === 'live-breaks-contract');
        expect(broken(one)).toEqual(broken(other));
      }),
    );
  });
});

describe('a shape', () => {
  it('has a bounded number of places and levels', () => {
    const wide = Object.fromEntries(Array.from({ length: MAX_PLACES + 10 }, (_, index) => [`k${index}`, 1]));
    const properties = Object.fromEntries(Object.keys(wide).map((name) => [name, {}]));
    expect(shapeOf(wide, {}, { properties }).size).toBe(MAX_PLACES);
    let deep: unknown = 1;
    for (let level = 0; level < 5_000; level += 1) deep = [deep];
    expect(shapeOf(deep, {}, {}).size).toBe(MAX_LEVELS + 1);
  });

  it('merges the items of lists and the members of maps', () => {
    const values = { type: ['null', 'number', 'string'] };
    const schema = { type: 'array', items: { properties: { m: { additionalProperties: values } } } };
    const shape = shapeOf([{ m: { x: 1, y: null } }, { m: { z: 'a' } }, 'b'], {}, schema);
    expect([...shape].map(([pointer, { types }]) => [pointer, [...types].sort().join(' ')])).toEqual([
      ['', 'array'],
      ['/*', 'object string'],
      ['/*/m', 'object'],
      ['/*/m/*', 'null number string'],
    ]);
    expect(placeOf('/0/m/x', [{ m: { x: 1 } }], {}, schema)).toBe('/*/m/*');
  });

  it.each([
    ['an object of which nothing is said', { type: 'object' }],
    ['a map whose values are only described in words', { additionalProperties: { description: 'Any.' } }],
  ])('leaves out the members of %s', (_, schema) => {
    expect([...shapeOf({ a: 1, b: { c: [2] } }, {}, schema).keys()]).toEqual(['']);
  });

  it('of a body with too many places lacks no member that the rest may have', () => {
    const schema = { type: 'object', properties: { last: { type: 'integer' } } };
    const many = Object.fromEntries(Array.from({ length: MAX_PLACES }, (_, index) => [`k${index}`, 1]));
    const [live, mock] = [{ ...many, last: 1 }, { last: 1 }].map((body) => shapeOf(body, {}, schema));
    const found = compareShapes(live ?? new Map(), mock ?? null, new Set(), '');
    expect(found.filter(({ pointer }) => pointer === '/last')).toEqual([]);
  });
});
