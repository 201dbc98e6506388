import { describe, expect, it } from 'vitest';
import { readContract } from '../../../src/contract/reading/read-contract.ts';
import { contractOf, findings, yaml } from '../contracts.ts';

const MEDIA = '/paths/~1things/get/responses/200/content/application~1json';

/** `GET /things` with these lines of YAML below its JSON media type. */
const media = (body: string) =>
  `paths: { /things: { get: { responses: { 200: { description: d, content: { application/json: ${body} } } } } } }`;

const withSchema = (schema: string) => `components: { schemas: { Thing: ${schema} } }`;

describe('the mock goes on with a document', () => {
  it.each([
    [
      'a keyword of a wrong kind',
      withSchema('{ required: true }'),
      'schema-keyword',
      '/components/schemas/Thing/required',
    ],
    [
      'a type that does not exist',
      withSchema('{ type: int }'),
      'schema-keyword',
      '/components/schemas/Thing/type',
    ],
    [
      'a leftover of 3.0',
      withSchema('{ type: string, nullable: true }'),
      'old-keyword',
      '/components/schemas/Thing/nullable',
    ],
    [
      'an exclusive bound of 3.0',
      withSchema('{ minimum: 1, exclusiveMinimum: true }'),
      'old-keyword',
      '/components/schemas/Thing/exclusiveMinimum',
    ],
    [
      'a pattern of another language',
      withSchema(`{ pattern: '(?i)^a' }`),
      'pattern',
      '/components/schemas/Thing/pattern',
    ],
    [
      'a reference that leads nowhere',
      withSchema(`{ $ref: '#/gone' }`),
      'reference',
      '/components/schemas/Thing/$ref',
    ],
    [
      'a reference to a URL',
      withSchema(`{ $ref: 'https://a.example/b' }`),
      'remote-reference',
      '/components/schemas/Thing/$ref',
    ],
    [
      'a circle',
      withSchema(`{ $ref: '#/components/schemas/Thing' }`),
      'circle',
      '/components/schemas/Thing/$ref',
    ],
    [
      'an example that breaks its schema',
      media('{ schema: { type: string }, example: 1 }'),
      'invalid-example',
      `${MEDIA}/example`,
    ],
    ['an example without a value', media('{ examples: { a: {} } }'), 'example-value', `${MEDIA}/examples/a`],
    [
      'an operationId given twice',
      'paths: { /a: { get: { operationId: a } }, /b: { get: { operationId: a } } }',
      'operation-id',
      '/paths/~1b/get/operationId',
    ],
    [
      'a route given twice',
      "paths: { '/a/{x}': { get: {} }, '/a/{y}': { get: {} } }",
      'same-route',
      '/paths/~1a~1{y}/get',
    ],
    ['a path without a slash', 'paths: { a: { get: {} } }', 'path', '/paths/a'],
    ['a method in upper case', 'paths: { /a: { GET: {} } }', 'method', '/paths/~1a/GET'],
    [
      'a summary that is null',
      'paths: { /a: { get: { summary: null } } }',
      'wrong-type',
      '/paths/~1a/get/summary',
    ],
    [
      'a parameter elsewhere',
      'paths: { /a: { get: { parameters: [{ name: a, in: body }] } } }',
      'parameter',
      '/paths/~1a/get/parameters/0',
    ],
    [
      'a status that is none',
      "paths: { /a: { get: { responses: { '20': {} } } } }",
      'status',
      '/paths/~1a/get/responses/20',
    ],
    [
      'a header that cannot be sent',
      `paths: { /a: { get: { responses: { 200: { headers: { 'a b': { example: 1 } } } } } } }`,
      'header',
      '/paths/~1a/get/responses/200/headers/a b',
    ],
    ['a scheme that is not described', 'security: [{ key: [] }]', 'security', '/security/0/key'],
    ['no url of a server', 'servers: [{}]', 'missing-member', '/servers/0'],
    [
      'a scenario without a reply',
      'paths: { /a: { get: { x-scenarios: { slow: {} } } } }',
      'scenario',
      '/paths/~1a/get/x-scenarios/slow/reply',
    ],
  ])('that has %s', (_, body, kind, pointer) => {
    const { warnings, operations } = contractOf(body);
    expect(warnings).toEqual([{ kind, pointer, detail: expect.any(String) }]);
    expect(operations).not.toEqual([]);
    expect(findings(body)).toEqual(warnings.map(({ pointer, detail }) => ({ pointer, detail })));
  });

  it('that has no info', () => {
    const { warnings } = readContract('openapi: 3.1.0\npaths: { /a: { get: {} } }');
    expect(warnings).toMatchObject([{ kind: 'missing-member', pointer: '' }]);
  });
});

describe('a version without quotes', () => {
  it.each(['3.0', '3.1', '3.2'])('%s', (version) => {
    const source = `openapi: ${version}\ninfo: {}\npaths: { /a: { get: {} } }`;
    const { warnings } = readContract(source);
    const detail = `expected a string, found a number; it reads as "${version}".`;
    expect(warnings).toEqual([{ kind: 'wrong-type', pointer: '/openapi', detail }]);
    expect(
      readContract({ openapi: Number(version), info: {}, paths: { '/a': { get: {} } } }).warnings,
    ).toEqual(warnings);
  });
});

it('a key given twice: the last one counts', () => {
  const { warnings, operations } = readContract(`${yaml('paths: { /a: { get: {} }, /a: { put: {} } }')}`);
  expect(operations.map(({ method }) => method)).toEqual(['PUT']);
  expect(warnings).toMatchObject([
    {
      kind: 'duplicate-key',
      pointer: '',
      detail: expect.stringMatching(/at line 3, column 27; the last one/),
    },
  ]);
});

describe('what is odd is read as it is meant', () => {
  const schemaOf = (version: string, schema: string) => {
    const { root } = readContract(yaml(withSchema(schema)).replace('3.1.0', version));
    return JSON.parse(JSON.stringify(root)).components.schemas.Thing;
  };

  it.each([
    ['{ type: string, nullable: true }', { type: ['string', 'null'] }],
    ['{ type: string, nullable: true, enum: [a] }', { type: ['string', 'null'], enum: ['a', null] }],
    [
      "{ nullable: true, allOf: [{ $ref: '#/components/schemas/Thing/properties/a' }], properties: { a: {} } }",
      { anyOf: [{ allOf: [{ $ref: '#/components/schemas/Thing/properties/a' }] }, { type: 'null' }] },
    ],
    ['{ nullable: true, anyOf: [{}] }', { anyOf: [{}, { type: 'null' }] }],
    ['{ minimum: 1, exclusiveMinimum: true }', { exclusiveMinimum: 1 }],
    ['{ maximum: 1, exclusiveMaximum: false }', { maximum: 1 }],
    ['{ exclusiveMinimum: true }', {}],
  ])('%s', (schema, expected) => {
    for (const version of ['3.0.3', '3.1.0']) expect(schemaOf(version, schema)).toMatchObject(expected);
    expect(schemaOf('3.0.3', schema)).not.toHaveProperty('exclusiveMaximum', false);
  });

  it.each([
    ['{ type: string, format: byte }', { contentEncoding: 'base64' }],
    ['{ type: string, format: binary }', { contentMediaType: 'application/octet-stream' }],
  ])('bytes in OpenAPI 3.0: %s', (schema, expected) => {
    expect(schemaOf('3.0.3', schema)).toMatchObject(expected);
    expect(schemaOf('3.1.0', schema)).not.toMatchObject(expected);
  });

  it('a keyword beside a reference counts from OpenAPI 3.1 on', () => {
    const schema =
      "{ properties: { a: { $ref: '#/components/schemas/Thing', minLength: 1, description: A. } } }";
    const ref = { $ref: '#/components/schemas/Thing', description: 'A.' };
    expect(schemaOf('3.0.3', schema).properties.a).toEqual(ref);
    expect(schemaOf('3.1.0', schema).properties.a).toEqual({ ...ref, minLength: 1 });
  });

  it.each([
    ['^[\\w-.+]+@[+.-\\d]+$', '^[\\w\\x2d.+]+@[+.\\x2d\\d]+$', ['a-b@1.2-3'], ['a b@1']],
    ['^[\\w-\\s]-\\d\\_$', '^[\\w\\x2d\\s]\\x2d\\d\\x5f$', ['--1_', ' -1_'], ['x1_']],
    ['[\\.-\\w]\\@', '[\\.\\x2d\\w]\\x40', ['-@', '.@'], ['/@']],
  ])('hyphens beside classes in the pattern %s', (given, mended, matching, others) => {
    expect(schemaOf('3.1.0', `{ pattern: '${given}' }`).pattern).toBe(mended);
    // As a regular expression without the flag means it.
    for (const pattern of [new RegExp(given), new RegExp(mended, 'u')]) {
      expect(matching.every((text) => pattern.test(text))).toBe(true);
      expect(others.some((text) => pattern.test(text))).toBe(false);
    }
  });

  it('needless backslashes in patterns', () => {
    expect(schemaOf('3.1.0', `{ pattern: '^\\d\\-\\@[\\_]$' }`).pattern).toBe('^\\d\\x2d\\x40[\\x5f]$');
  });
});

it('data is data, whatever it looks like', () => {
  const data = `{ $ref: '#/gone', $id: a, $anchor: b, id: 1, nullable: true, type: int, required: true }`;
  const { warnings, root } = contractOf(`
paths: { /a: { get: { responses: { 200: { content: { application/json: { example: ${data} } } } } } } }
x-more: ${data}
components:
  schemas:
    A: { properties: { a: { example: ${data}, default: ${data} }, b: { examples: [${data}], enum: [${data}], const: ${data}, x-c: ${data} } } }
    B: { properties: { a: { example: ${data} } } }
`);
  expect(warnings).toEqual([]);
  const { a, b } = JSON.parse(JSON.stringify(root)).components.schemas.A.properties;
  for (const value of [a.example, a.default, b.examples[0], b.enum[0], b.const, b['x-c']]) {
    expect(value).toMatchObject({ $ref: '#/gone', nullable: true, type: 'int', required: true });
  }
});

describe('OpenAPI 3.2', () => {
  it('has more methods', () => {
    const { operations } = readContract(
      yaml('paths: { /a: { query: {}, additionalOperations: { LINK: {} }, get: {} } }').replace(
        '3.1.0',
        '3.2.0',
      ),
    );
    expect(operations.map(({ id, allow }) => [id, allow])).toEqual([
      ['GET /a', 'GET, HEAD, OPTIONS, QUERY, LINK'],
      ['QUERY /a', 'GET, HEAD, OPTIONS, QUERY, LINK'],
      ['LINK /a', 'GET, HEAD, OPTIONS, QUERY, LINK'],
    ]);
  });

  it('has parameters that are the whole query, and examples by another name', () => {
    const { operations, warnings } = contractOf(`
paths:
  /a:
    get:
      parameters: [{ name: all, in: querystring, content: { text/plain: {} } }]
      responses: { 200: { content: { application/json: { examples: { a: { dataValue: { b: 1 } } } } } } }
`);
    expect(warnings).toEqual([]);
    expect(operations).toMatchObject([{ parameters: [], ok: [{ body: '{"b":1}' }] }]);
  });
});

describe('references', () => {
  it('may be anchors and ids', () => {
    const { warnings, root } = contractOf(`
components:
  schemas:
    A: { $anchor: here, type: string }
    B: { $id: 'https://a.example/b', $defs: { C: { $anchor: c, type: integer } }, items: { $ref: '#/$defs/C' } }
    D: { properties: { a: { $ref: '#here' }, b: { $ref: 'https://a.example/b' }, c: { $ref: 'https://a.example/b#c' } } }
`);
    expect(warnings).toEqual([]);
    const { B, D } = JSON.parse(JSON.stringify(root)).components.schemas;
    const refs = [B.items, ...Object.values<{ $ref: string }>(D.properties)].map(({ $ref }) =>
      decodeURIComponent($ref),
    );
    expect(refs).toEqual([
      '#/components/schemas/B/$defs/C',
      '#/components/schemas/A',
      '#/components/schemas/B',
      '#/components/schemas/B/$defs/C',
    ]);
  });
});

describe('scenarios are named', () => {
  const operation = (responses: string) => {
    const { operations, warnings } = contractOf(`paths: { /a: { get: { responses: ${responses} } } }`);
    expect(warnings).toEqual([]);
    return operations[0];
  };
  const examples = (...names: string[]) =>
    `{ application/json: { examples: { ${names.map((name) => `${name}: { value: ${name} }`).join(', ')} } } }`;

  it('plainly where a name is unique, else after their status', () => {
    const found = operation(
      `{ 200: { content: ${examples('ok', 'generic', 'small')} }, 400: { content: ${examples('generic')} } }`,
    );
    expect([...(found?.scenarios.keys() ?? [])]).toEqual(['200/ok', '200/generic', 'small', '400/generic']);
  });

  it('once for all media types of a status', () => {
    const found = operation(
      `{ 200: { content: { application/json: { examples: { a: { value: 1 } } }, text/plain: { examples: { a: { value: one } } } } } }`,
    );
    expect(found?.scenarios.get('a')).toMatchObject({ answers: [{ body: '1' }, { body: 'one' }] });
  });

  it('after a status that has none, but for that of ok', () => {
    const found = operation(
      `{ 204: {}, 404: { description: "Not here.\\nReally." }, 4XX: {}, default: { description: Else. } }`,
    );
    const scenarios = [...(found?.scenarios.values() ?? [])];
    expect(scenarios.map(({ name, status, summary }) => [name, status, summary])).toEqual([
      ['404', 404, 'Not here.'],
      ['4XX', 400, ''],
      ['default', 500, 'Else.'],
    ]);
  });

  it.each([
    ['{ 200: {}, 201: { content: { application/json: { example: 1 } } } }', 201],
    ['{ 404: {}, 2XX: {} }', 200],
    ['{ default: {}, 404: {} }', 200],
    ['{ 404: {}, 302: {} }', 302],
    ['{ 418: {} }', 418],
    ['{}', 200],
  ])('ok for %s', (responses, status) => {
    expect(operation(responses)?.ok[0].status).toBe(status);
  });
});
