import { describe, expect, it } from 'vitest';
import { contractOf } from '../contracts.ts';

/** The one operation of a document. */
function operationOf(body: string) {
  const { operations } = contractOf(body);
  const [operation, ...others] = operations;
  if (!operation || others.length > 0) throw new Error(`${operations.length} operations`);
  return operation;
}

describe('references', () => {
  it('are followed from path items, responses, media types, headers and examples, and in chains', () => {
    const operation = operationOf(`
paths:
  /things: { $ref: '#/components/pathItems/Things' }
components:
  pathItems:
    Things: { get: { operationId: things, responses: { 200: { $ref: '#/components/responses/A' } } } }
  responses:
    A: { $ref: '#/components/responses/B~1b~0' }
    B/b~:
      description: Done.
      headers: { X-Rate: { $ref: '#/components/headers/Rate' } }
      content: { application/json: { examples: { one: { $ref: '#/components/examples/One' } } } }
  headers: { Rate: { schema: { type: integer }, example: 7 } }
  examples: { One: { summary: The one, value: { a: 1 } } }
`);
    expect(operation.scenarios.get('one')).toEqual({
      name: 'one',
      summary: 'The one',
      synthetic: false,
      reply: 'example',
      status: 200,
      answers: [
        {
          status: 200,
          headers: [['X-Rate', '7']],
          contentType: 'application/json',
          body: '{"a":1}',
          source: 'example',
          violations: [],
        },
      ],
    });
  });

  it('are followed when the pointer is percent-encoded', () => {
    const { operations } = contractOf(`
paths:
  /things/{id}:
    get: { responses: { 200: { description: Done., content: { application/json: { example: 1 } } } } }
  /others: { $ref: '#/paths/~1things~1%7Bid%7D' }
`);
    expect(operations.map(({ id, ok }) => [id, ok[0].body])).toEqual([
      ['GET /things/{id}', '1'],
      ['GET /others', '1'],
    ]);
  });
});

describe('keywords beside a reference', () => {
  it('a summary wins over that of the referenced example', () => {
    const operation = operationOf(`
paths:
  /things:
    get:
      responses:
        200:
          description: Done.
          content: { application/json: { examples: { one: { $ref: '#/components/examples/One', summary: Mine } } } }
components: { examples: { One: { summary: Theirs, value: 1 } } }
`);
    expect(operation.scenarios.get('one')).toMatchObject({ summary: 'Mine', answers: [{ body: '1' }] });
  });

  it('other methods of a path item are kept', () => {
    const { operations } = contractOf(`
paths:
  /things: { $ref: '#/components/pathItems/Things', post: { responses: { 201: { description: Made. } } } }
components:
  pathItems: { Things: { get: { responses: { 204: { description: Done. } } } } }
`);
    expect(operations.map(({ id }) => id)).toEqual(['GET /things', 'POST /things']);
  });
});

describe('security', () => {
  it.each([
    ['security: [{ Key: [a] }]', '', [['a']]],
    ['security: [{ Key: [a] }]', 'security: []', []],
    ['security: [{ Key: [a] }]', 'security: [{}]', []],
    ['security: [{ Key: [a] }]', 'security: [{ Key: [b, c] }, { Other: [] }]', [['b', 'c'], []]],
    ['', 'security: [{ Key: [a], Other: [b] }]', [['a', 'b']]],
    ['', '', []],
  ])('is read from document %j and operation %j', (root, own, scopes) => {
    const operation = operationOf(`
${root}
paths:
  /things:
    get:
      ${own}
      responses: { 204: { description: Done. } }
`);
    expect(operation.security).toEqual(scopes.map((of) => ({ scopes: of, schemes: [] })));
  });
});

describe('servers', () => {
  it('are those of the operation, else of its path item, else of the document', () => {
    const { operations } = contractOf(`
servers: [{ url: 'https://{region}.example/{version}', variables: { region: { default: us }, version: { default: v1 } } }]
paths:
  /a: { get: { operationId: a, responses: { 204: { description: Done. } } } }
  /b:
    servers: [{ url: /v2 }]
    get: { operationId: b, responses: { 204: { description: Done. } } }
    put: { operationId: c, servers: [{ url: /v3 }, { url: 'http://x.example' }], responses: { 204: { description: Done. } } }
`);
    expect(operations.map(({ id, basePaths }) => [id, basePaths])).toEqual([
      ['a', ['/v1']],
      ['b', ['/v2']],
      ['c', ['/v3', '']],
    ]);
  });
});

describe('responses', () => {
  const operation = operationOf(`
paths:
  /things:
    get:
      responses:
        default: { description: Else., content: { application/json: { examples: { broken: { value: 1 } } } } }
        4XX: { description: Refused., content: { text/plain: { examples: { refused: { value: no } } } } }
        202:
          description: Taken.
          content:
            application/json: { examples: { json: { value: [1] } } }
            text/plain: { examples: { text: { value: 'one', x-synthetic: true } } }
        204: { description: Nothing., x-scenarios: { nothing: { summary: Nothing, reply: empty } } }
      x-scenarios:
        gone: { summary: Gone, reply: network-error, synthetic: true }
`);

  it('give scenarios in the order of their statuses, followed by ranges and default', () => {
    expect([...operation.scenarios.values()].map(({ name, status }) => [name, status])).toEqual([
      ['json', 202],
      ['text', 202],
      ['nothing', 204],
      ['broken', 500],
      ['refused', 400],
      ['gone', null],
    ]);
  });

  it('give an operation without code its first 2xx', () => {
    expect(operation.ok[0]).toMatchObject({ status: 202, contentType: 'application/json', body: '[1]' });
  });

  it('carry text unchanged', () => {
    expect(operation.scenarios.get('text')).toMatchObject({
      answers: [{ body: 'one', contentType: 'text/plain' }],
      synthetic: true,
    });
    expect(operation.scenarios.get('gone')).toMatchObject({ reply: 'network-error', synthetic: true });
  });
});

it('an operation without an operationId is identified by its method and path', () => {
  const { id, allow, summary } = operationOf(`
paths:
  /things:
    post: { summary: Makes one., responses: { 201: { description: Made. } } }
`);
  expect({ id, allow, summary }).toEqual({
    id: 'POST /things',
    allow: 'POST, OPTIONS',
    summary: 'Makes one.',
  });
});

it('the contract is deeply frozen', () => {
  const contract = contractOf('paths: { /a: { get: { responses: { 204: { description: Done. } } } } }');
  expect(Object.isFrozen(contract.operations[0]?.ok[0].headers)).toBe(true);
  expect(Object.isFrozen(contract.document.paths)).toBe(true);
});

it('parameters of the operation override those of the path item', () => {
  const { parameters } = operationOf(`
paths:
  /things/{id}:
    parameters:
      - { $ref: '#/components/parameters/Id' }
      - { name: page, in: query, schema: { type: integer, default: 1 } }
    get:
      parameters:
        - { name: page, in: query, description: From 0., schema: { type: integer }, examples: { two: { value: 2 } } }
        - { name: page, in: header }
        - { name: filter, in: query, content: { application/json: { schema: { type: array }, example: [1] } } }
      responses: { 204: { description: Done. } }
components:
  parameters: { Id: { name: id, in: path, required: true, example: a } }
`);
  expect(parameters).toMatchObject([
    {
      name: 'id',
      in: 'path',
      required: true,
      description: '',
      example: 'a',
      schema: undefined,
      isJson: false,
    },
    {
      name: 'page',
      in: 'query',
      required: false,
      description: 'From 0.',
      example: 2,
      schema: '/paths/~1things~1{id}/get/parameters/0/schema',
      isJson: false,
    },
    {
      name: 'page',
      in: 'header',
      required: false,
      description: '',
      example: undefined,
      schema: undefined,
      isJson: false,
    },
    {
      name: 'filter',
      in: 'query',
      required: false,
      description: '',
      example: [1],
      schema: '/paths/~1things~1{id}/get/parameters/2/content/application~1json/schema',
      isJson: true,
    },
  ]);
});

it('a parameter with content has the schema and the example of its media type', () => {
  const { parameters } = operationOf(`
paths:
  /things:
    get:
      parameters:
        - { name: filter, in: query, content: { application/json: { schema: { type: array }, example: [1] } } }
      responses: { 204: { description: Done. } }
`);
  const schema = '/paths/~1things/get/parameters/0/content/application~1json/schema';
  expect(parameters).toMatchObject([{ name: 'filter', example: [1], schema, isJson: true }]);
});

it.each([
  ['{ in: query }', { style: 'form', explode: true, mediaType: undefined }],
  ['{ in: query, style: spaceDelimited }', { style: 'spaceDelimited', explode: false }],
  ['{ in: query, style: form, explode: false }', { style: 'form', explode: false }],
  ['{ in: query, style: matrix }', { style: 'form', explode: true }],
  ['{ in: path }', { style: 'simple', explode: false }],
  ['{ in: path, style: label, explode: true }', { style: 'label', explode: true }],
  ['{ in: header }', { style: 'simple', explode: false }],
  ['{ in: cookie }', { style: 'form', explode: true }],
  ['{ in: query, content: { text/csv: {} } }', { mediaType: 'text/csv', isJson: false }],
  [
    '{ in: query, allowReserved: true, allowEmptyValue: true }',
    { allowReserved: true, allowEmptyValue: true },
  ],
  ['{ in: query, deprecated: true }', { deprecated: true }],
])('the parameter %s has the style of its place, or its own', (parameter, expected) => {
  const { parameters } = operationOf(
    `
paths:
  /things:
    get: { parameters: [{ name: id, ...*it }], responses: { 204: { description: Done. } } }
`.replace('...*it', parameter.slice(1, -1)),
  );
  expect(parameters).toMatchObject([expected]);
});

it.each([
  ['{}', null],
  ['{ requestBody: { content: {} } }', { required: false, schemas: new Map() }],
  [
    "{ requestBody: { $ref: '#/components/requestBodies/Thing' } }",
    {
      required: true,
      schemas: new Map([
        ['application/json', '/components/requestBodies/Thing/content/application~1json/schema'],
        ['text/*', undefined],
      ]),
    },
  ],
])('the operation %s takes a body, or none', (operation, expected) => {
  const { requestBody } = operationOf(`
paths:
  /things: { post: ${operation} }
components:
  requestBodies:
    Thing: { required: true, content: { application/json: { schema: { type: object } }, text/*: {} } }
`);
  expect(requestBody).toEqual(expected);
});

it('an example in a format other than JSON is not checked against the schema', () => {
  const { ok } = operationOf(`
paths:
  /things:
    get: { responses: { 200: { content: { application/xml: { schema: { type: object }, example: <a/> } } } } }
`);
  expect(ok[0].body).toBe('<a/>');
});

it('an informational response is not an answer', () => {
  const { responses } = operationOf(
    'paths: { /things: { get: { responses: { 100: {}, 1XX: {}, 204: {} } } } }',
  );
  expect(responses.map(({ status }) => status)).toEqual(['204']);
});
