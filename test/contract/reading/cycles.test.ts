import { expect, it } from 'vitest';
import { ContractError } from '../../../src/contract/contract-error.ts';
import { readContract } from '../../../src/contract/reading/read-contract.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function findings(schemas: object, example: unknown = {}) {
  const content = { 'application/json': { schema: ref('A'), example } };
  const paths = {
    '/things': { get: { operationId: 'things', responses: { 200: { description: 'OK', content } } } },
  };
  try {
    const info = { title: 'T', version: '1' };
    readContract({ openapi: '3.1.0', info, paths, components: { schemas } }, 'things.yaml', { strict: true });
    return [];
  } catch (cause) {
    if (cause instanceof ContractError) return cause.findings;
    throw cause;
  }
}

it.each<[string, string, object]>([
  ['allOf', 'allOf/1', { A: { allOf: [ref('B')] }, B: { allOf: [{ type: 'object' }, ref('A')] } }],
  ['anyOf and not', 'not', { A: { anyOf: [ref('B')] }, B: { not: ref('A') } }],
  [
    'if and dependentSchemas',
    'dependentSchemas/a',
    { A: { if: ref('B') }, B: { dependentSchemas: { a: ref('A') } } },
  ],
])('a circle by %s is reported where it closes', (_, at, schemas) => {
  expect(findings(schemas)[0]).toEqual({
    kind: 'circle',
    pointer: `/components/schemas/B/${at}/$ref`,
    detail: expect.stringContaining('leads back to itself for the same value'),
  });
});

it('a circle through members and items is not one', () => {
  const schemas = {
    A: { properties: { a: ref('A'), b: { items: ref('A') } }, anyOf: [ref('B'), ref('B')] },
    B: {},
  };
  expect(findings(schemas, { a: { b: [{}] } })).toEqual([]);
});

it('a long chain of references is reported', () => {
  const chain = Array.from({ length: 20_000 }, (_, index) => [`S${index}`, ref(`S${index + 1}`)]);
  const schemas = { A: ref('S0'), ...Object.fromEntries(chain), S20000: {} };
  const details = new Set(findings(schemas).map(({ detail }) => detail.replace(/^".*?"/, 'it')));
  expect([...details]).toEqual([
    'more than 200 schemas follow one another for the same value; expected fewer.',
  ]);
});
