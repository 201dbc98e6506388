import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBodyMaker } from '../../../src/contract/bodies/body-maker.ts';
import { TOP } from '../../../src/contract/bodies/maker.ts';
import { createSchemaGraph } from '../../../src/contract/bodies/schema-graph.ts';
import { createMaker } from '../../../src/contract/bodies/values.ts';
import { startWork } from '../../../src/contract/bodies/work.ts';
import { failureOf, makeValid } from './judging.ts';

const IMPOSSIBLE = { type: 'string', minLength: 3, maxLength: 2 };

/** Puts a schema into another one, a number of times. */
function nest(levels: number, inner: object, wrap: (schema: object) => object): object {
  return levels === 0 ? inner : wrap(nest(levels - 1, inner, wrap));
}

const arrayOf =
  (minItems: number) =>
  (items: object): object => ({ type: 'array', minItems, items });

/** Looks that it takes to make a value, or to find that there is none. */
function looksFor(schema: object): number {
  const work = startWork();
  const graph = createSchemaGraph({ schema });
  createMaker(graph, work)
    .values([graph.at('/schema')], TOP)
    .at(0);
  return work.looks;
}

describe('Arrays in arrays', () => {
  it.each([7, 8, 40])('of %i levels without a possible item are refused for that item', (levels) => {
    expect(failureOf(nest(levels, IMPOSSIBLE, arrayOf(1)))).toContain(
      '/items: no text has 3 to 2 characters',
    );
  });

  it.each([
    ['ten of ten, eight times', nest(8, { type: 'string' }, arrayOf(10))],
    ['three of three, ten times', nest(10, { type: 'string' }, arrayOf(3))],
  ])('that are too many are refused for their size: %s', (_name, schema) => {
    expect(failureOf(schema)).toContain('a body is made of at most 10000 values');
  });

  it('are made of sixty levels, and not of more', () => {
    makeValid(nest(60, { type: 'string' }, arrayOf(1)));
    for (const levels of [61, 62, 200])
      expect(failureOf(nest(levels, { type: 'string' }, arrayOf(1)))).toContain(
        'values are made of at most 60 levels',
      );
  });
});

describe('References that double at each level', () => {
  const TEXT = { type: 'string' };
  /** Definitions that each refer to the next one. */
  const chain = (levels: number, refer: (next: object) => object, last: object) => ({
    $defs: Object.fromEntries([
      ...Array.from({ length: levels }, (_, level) => [
        `s${level}`,
        refer({ $ref: `#/$defs/s${level + 1}` }),
      ]),
      [`s${levels}`, last],
    ]),
  });

  it.each<[string, (next: object) => object, unknown]>([
    ['allOf', (next) => ({ allOf: [next, next] }), 'string'],
    ['anyOf', (next) => ({ anyOf: [next, next] }), 'string'],
  ])('are followed once: %s', (_name, refer, value) => {
    expect(createBodyMaker(chain(30, refer, TEXT)).make('/$defs/s0')).toEqual({ value });
  });

  it('are made once as properties, and refused where they are too many', () => {
    const refer = (next: object) => ({
      type: 'object',
      required: ['a', 'b'],
      properties: { a: next, b: next },
    });
    expect(createBodyMaker(chain(12, refer, TEXT)).make('/$defs/s0')).toHaveProperty('value');
    expect(createBodyMaker(chain(20, refer, TEXT)).make('/$defs/s0')).toHaveProperty(
      'failure',
      expect.stringContaining('a body is made of at most 10000 values'),
    );
  });
});

describe('Looks', () => {
  const wraps = fc.constantFrom<(schema: object) => object>(
    arrayOf(1),
    arrayOf(3),
    (inner) => ({ type: 'array', contains: inner, minItems: 2 }),
    (inner) => ({ type: 'array', prefixItems: [inner, inner], minItems: 2 }),
    (inner) => ({ type: 'array', items: inner, uniqueItems: true, minItems: 2 }),
    (inner) => ({ type: 'object', required: ['a', 'b'], properties: { a: inner, b: inner } }),
    (inner) => ({ type: 'object', additionalProperties: inner, minProperties: 2 }),
    (inner) => ({ allOf: [inner, inner] }),
  );
  const nested = fc
    .array(wraps, { minLength: 1, maxLength: 40 })
    .map((layers) => layers.reduce((inner, wrap) => wrap(inner), IMPOSSIBLE as object));

  it('grow with the levels of what is impossible, and no faster', () => {
    fc.assert(
      fc.property(nested, (schema) => {
        expect(looksFor(schema)).toBeLessThan(50_000);
      }),
      { numRuns: 50 },
    );
  });
});
