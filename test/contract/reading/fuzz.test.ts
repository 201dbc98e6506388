import fc from 'fast-check';
import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { createBodyMaker } from '../../../src/contract/bodies/body-maker.ts';
import { ContractError } from '../../../src/contract/contract-error.ts';
import { readContract } from '../../../src/contract/reading/read-contract.ts';
import { CONTRACT_TEXT } from '../copies.ts';

/** A small document with every kind of part, beside our own. */
const PARTS = {
  openapi: '3.0.3',
  info: { title: 'A', version: '1' },
  servers: [{ url: 'https://{a}.example/v1', variables: { a: { default: 'b' } } }],
  security: [{ key: ['a'] }],
  paths: {
    '/a/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'a',
        responses: {
          200: { $ref: '#/components/responses/A' },
          '4XX': { description: 'No.', headers: { 'X-A': { schema: { type: 'string' }, example: 'a' } } },
          default: {
            description: 'Else.',
            content: { 'application/xml': { schema: { $ref: '#/components/schemas/A' } } },
          },
        },
      },
    },
    '/b': { $ref: '#/paths/~1a~1{id}' },
  },
  components: {
    parameters: {
      Id: {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'integer', minimum: 0, exclusiveMinimum: true },
      },
    },
    responses: {
      A: {
        description: 'A.',
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/A' },
            examples: { one: { value: { name: 'a' } }, ok: { value: 1 } },
          },
        },
      },
    },
    schemas: {
      A: {
        type: 'object',
        nullable: true,
        required: ['name'],
        properties: {
          name: { type: 'string', pattern: '^[a-z]+$' },
          more: { type: 'array', items: { $ref: '#/components/schemas/A' } },
        },
      },
      B: {
        allOf: [{ $ref: '#/components/schemas/A' }, { anyOf: [{ $ref: '#/components/schemas/A' }] }],
        $id: 'b',
        $anchor: 'c',
      },
    },
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  },
};

/** Every object and array of a document. */
function nodesOf(value: unknown, found: object[] = []): readonly object[] {
  if (typeof value !== 'object' || value === null) return found;
  found.push(value);
  for (const member of Object.values(value)) nodesOf(member, found);
  return found;
}

const other = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, '', 'x', [], {}, [null], { $ref: '#/paths' }, { $ref: 5 }),
  fc
    .constantFrom(
      '#',
      '#/components/schemas/A',
      '#/components/responses/A',
      '#c',
      'b',
      'a.yaml',
      '#/%',
      'int',
    )
    .map(($ref) => ({ $ref })),
  fc.constantFrom('(?i)a', 'string', 'object', 'get', '$ref', '__proto__', '200', '99'),
);

/** Removes a member, gives it another value, or repeats its value under another key. */
const change = fc.record({
  node: fc.nat(),
  member: fc.nat(),
  key: fc.constantFrom(
    '',
    '$ref',
    'type',
    'required',
    'nullable',
    'properties',
    'allOf',
    'examples',
    'items',
    'GET',
    'x',
    '200',
  ),
  value: fc.option(other, { nil: undefined }),
});

it.each([
  ['our own document', load(CONTRACT_TEXT)],
  ['a document with every kind of part', PARTS],
])('%s, however it is changed, is served or refused in words', (_, original) => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const document = JSON.parse(JSON.stringify(original));
      for (const { node, member, key, value } of changes) {
        const nodes = nodesOf(document);
        const owner = nodes[node % nodes.length] ?? {};
        const keys = Object.keys(owner);
        const name = keys[member % Math.max(1, keys.length)];
        if (name === undefined) continue;
        if (key !== '') Reflect.set(owner, key, structuredClone(value ?? Reflect.get(owner, name)));
        else if (value === undefined) Reflect.deleteProperty(owner, name);
        else Reflect.set(owner, name, structuredClone(value));
      }
      readAll(JSON.stringify(document));
    }),
    { numRuns: 100 },
  );
});

/** Reads everything of a contract. */
function readAll(text: string): void {
  try {
    const contract = readContract(text);
    for (const { pointer, detail } of contract.warnings) expect([pointer, detail]).not.toContain(undefined);
    for (const { responses, scenarios, ok, parameters, requestBody, security } of contract.operations) {
      JSON.stringify({ responses, scenarios: [...scenarios], ok, parameters, requestBody, security });
    }
    createBodyMaker(contract.root).make('/components/schemas/A');
    JSON.stringify(contract.document);
  } catch (cause) {
    expect(cause).toBeInstanceOf(ContractError);
  }
}
