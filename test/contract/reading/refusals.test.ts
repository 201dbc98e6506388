import { describe, expect, it } from 'vitest';
import { readContract } from '../../../src/contract/reading/read-contract.ts';
import { findings, refusal, yaml } from '../contracts.ts';

/** `GET /things` containing these lines of YAML, which are indented by six. */
function operation(body: string): string {
  return `paths:\n  /things:\n    get:\n${indent(body, 6)}`;
}

/** Its JSON response 200 with the schema `{ size: integer }` and these lines beside the schema. */
function media(body: string): string {
  return operation(
    `responses:
  '200':
    description: Fine.
    content:
      application/json:
        schema: { type: object, required: [size], properties: { size: { type: integer } } }
${indent(body, 8)}`,
  );
}

function indent(text: string, width: number): string {
  return text.replaceAll(/^/gm, ' '.repeat(width));
}

const MEDIA = '/paths/~1things/get/responses/200/content/application~1json';

describe('a source that is not an OpenAPI 3 document is refused', () => {
  it.each([
    [
      'text that is not YAML, with line and column',
      'openapi: 3.1.0\npaths: [',
      '',
      /neither YAML nor JSON: .* at line 2, column \d+\.$/,
    ],
    [
      'a mistake after a key given twice, with line and column',
      'openapi: 3.1.0\nopenapi: 3.1.0\npaths: [',
      '',
      /neither YAML nor JSON: .* at line 3, column \d+\.$/,
    ],
    ['an empty text', '', '', /neither YAML nor JSON: expected a document, but the input is empty/],
    ['a file name', './openapi.yaml', '', /expected an object with "openapi", "info" and "paths"/],
    ['an array', '[]', '', /expected an object with "openapi", "info" and "paths"/],
    [
      'an object without a version',
      '{}',
      '/openapi',
      /the field is missing; expected "3.1.0" or another version of OpenAPI 3/,
    ],
    [
      'Swagger 2',
      'swagger: "2.0"',
      '/openapi',
      /Swagger 2.0 is not supported; convert the document to OpenAPI 3/,
    ],
    [
      'a later version',
      'openapi: 3.3.0',
      '/openapi',
      /version "3.3.0" is not supported; expected a string such as "3.0.3", "3.1.0" or "3.2.0"/,
    ],
    [
      'a version that is a number',
      'openapi: 3.3',
      '/openapi',
      /version 3.3 is not supported; expected a string such as "3.0.3", "3.1.0" or "3.2.0"/,
    ],
    [
      'a version that only starts with 3.1',
      'openapi: 3.10.0',
      '/openapi',
      /version "3.10.0" is not supported/,
    ],
    [
      'an alias inside its own anchor',
      'openapi: 3.1.0\ninfo: &info { more: *info }',
      '/info/more',
      /contains itself; use a \$ref/,
    ],
    [
      'a YAML bomb',
      `openapi: 3.1.0\na0: &a0 [x]\n${Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(9)}]`).join('\n')}`,
      '/a7',
      /too large; expected at most 2000000 values/,
    ],
  ])('%s', (_, source, pointer, detail) => {
    const { findings, message } = refusal(source);
    expect(findings).toMatchObject([{ pointer, detail: expect.stringMatching(detail) }]);
    expect(message).toBe(`things.yaml${pointer && `#${pointer}`}: ${findings[0]?.detail}`);
  });

  it('an object that is not plain data', () => {
    expect(refusal({ openapi: '3.1.0', paths: {}, extend() {} }).message).toMatch(/has to be plain JSON/);
  });

  it.each([
    { what: 'a Buffer', source: Buffer.from('openapi: 3.1.0'), error: 'found bytes; read the file as text' },
    { what: 'an ArrayBuffer', source: new ArrayBuffer(8), error: 'found bytes; read the file as text' },
    { what: 'a Promise', source: Promise.resolve('openapi: 3.1.0'), error: 'found a Promise; await it' },
    {
      what: 'a module',
      source: { [Symbol.toStringTag]: 'Module', default: {} },
      error: 'found a module; take its default export',
    },
  ])('$what', ({ source, error }) => {
    expect(refusal(source).message).toContain(`things.yaml: expected a document or its text, ${error}`);
  });

  it('an object that refers to itself', () => {
    const thing: Record<string, unknown> = { type: 'object' };
    thing.properties = { parent: thing };
    const { findings } = refusal({ openapi: '3.1.0', paths: {}, components: { schemas: { thing } } });
    expect(findings[0]?.pointer).toBe('/components/schemas/thing/properties/parent');
  });

  it('an object that is nested very deeply', () => {
    let nested: object = {};
    for (let level = 0; level < 1000; level++) nested = { nested };
    expect(refusal({ openapi: '3.1.0', paths: {}, nested }).message).toMatch(
      /nested too deeply; expected at most 500/,
    );
  });
});

describe('a document without an operation is refused', () => {
  it.each([
    [
      'pathz: { /things: { get: {} } }',
      '',
      /expected "paths", with at least one, found "openapi", "info", "pathz"/,
    ],
    ['paths: {}', '/paths', /expected paths with at least one, found nothing/],
    ['paths: { /things: { gett: {} }, x-a: {} }', '/paths', /found "\/things", "x-a"/],
    ['webhooks: { thing: { post: {} } }', '', /there is no operation to serve/],
  ])('%s', (body, pointer, detail) => {
    const { findings } = refusal(`openapi: 3.1.0\ninfo: { title: Things, version: 1.0.0 }\n${body}`);
    expect(findings).toMatchObject([{ pointer, detail: expect.stringMatching(detail) }]);
  });
});

describe('a reference is refused that', () => {
  const reference = (ref: string) => operation(`responses: { '200': { $ref: '${ref}' } }`);
  it.each([
    [
      'leads nowhere',
      reference('#/components/responses/Gone'),
      /"#\/components\/responses\/Gone" leads nowhere; there is nothing at "\/components\/responses\/Gone"/,
    ],
    [
      'leads to another file',
      reference('other.yaml#/Thing'),
      /is not read: files are read only for a contract that is given as a path or a file URL/,
    ],
    [
      'leads to a URL',
      reference('https://example.com/thing.json'),
      /expected a reference within the document/,
    ],
    ['names an anchor that is not there', reference('#Thing'), /leads nowhere; there is nothing at "Thing"/],
    ['is not a valid URI', reference('#/%'), /leads nowhere/],
    ['leads to itself', reference('#/paths/~1things/get/responses/200'), /leads back to itself/],
  ])('%s', (_, body, detail) => {
    expect(findings(body)).toEqual([
      { pointer: '/paths/~1things/get/responses/200/$ref', detail: expect.stringMatching(detail) },
    ]);
  });

  it('is part of a cycle', () => {
    const found = findings(
      `components: { responses: { A: { $ref: '#/components/responses/B' }, B: { $ref: '#/components/responses/A' } } }`,
    );
    expect(found.map(({ pointer }) => pointer)).toEqual([
      '/components/responses/A/$ref',
      '/components/responses/B/$ref',
    ]);
    expect(found[0]?.detail).toMatch(/leads back to itself/);
  });

  it.each([
    [
      'a response named default',
      operation(`responses: { default: { $ref: '#/gone' } }`),
      '/paths/~1things/get/responses/default/$ref',
    ],
    [
      'a header named like an extension',
      operation(`responses: { '200': { headers: { x-page: { $ref: '#/gone' } } } }`),
      '/paths/~1things/get/responses/200/headers/x-page/$ref',
    ],
    [
      'an example named value',
      media(`examples: { value: { $ref: '#/gone' } }`),
      `${MEDIA}/examples/value/$ref`,
    ],
    [
      'a property named default',
      `components: { schemas: { Thing: { properties: { default: { $ref: '#/gone' } } } } }`,
      '/components/schemas/Thing/properties/default/$ref',
    ],
    ['x-scenarios', operation(`x-scenarios: { $ref: '#/gone' }`), '/paths/~1things/get/x-scenarios/$ref'],
    [
      'a parameter of the path item',
      `paths: { /things: { parameters: [{ $ref: '#/gone' }], get: {} } }`,
      '/paths/~1things/parameters/0/$ref',
    ],
  ])('leads nowhere from %s', (_, body, pointer) => {
    expect(findings(body)).toEqual([{ pointer, detail: expect.stringContaining('leads nowhere') }]);
  });

  it.each([
    ['an example', media(`example: { size: 1, $ref: '#/gone' }`)],
    ['a named example', media(`examples: { small: { value: { size: 1, $ref: '#/gone' } } }`)],
    ['examples of a schema', `components: { schemas: { Thing: { examples: [{ $ref: '#/gone' }] } } }`],
    ['a default', `components: { schemas: { Thing: { default: { $ref: '#/gone' } } } }`],
    ['an extension', `paths: { x-notes: { $ref: '#/gone' }, /: { get: {} } }\nx-more: { $ref: '#/gone' }`],
  ])('but not inside data: in %s', (_, body) => {
    expect(() => refusal(yaml(body))).toThrow('the contract has been accepted');
  });
});

describe('an operation is refused', () => {
  it.each([
    [
      'whose operationId is taken',
      `paths: { /a: { get: { operationId: list } }, /b: { get: { operationId: list } } }`,
      '/paths/~1b/get/operationId',
      /"list" is the operationId of \/paths\/~1a\/get too; operationIds have to be unique/,
    ],
    [
      'whose path has no slash at the start',
      `paths: { things: { get: {} } }`,
      '/paths/things',
      /a path starts with a slash: "\/things"/,
    ],
    [
      'that matches the same requests as another one',
      `paths: { '/a/{x}': { get: {} }, '/a/{y}': { get: {} } }`,
      '/paths/~1a~1{y}/get',
      /matches the same requests as \/paths\/~1a~1{x}\/get/,
    ],
    [
      'that is not an object',
      `paths: { /things: { get: null, put: {} } }`,
      '/paths/~1things/get',
      /expected an object, found null/,
    ],
    [
      'whose path item is not an object',
      `paths: { /things: [], /others: { get: {} } }`,
      '/paths/~1things',
      /expected an object, found an array/,
    ],
    [
      'whose operationId is not text',
      operation('operationId: 5'),
      '/paths/~1things/get/operationId',
      /expected a string, found a number/,
    ],
    [
      'whose summary is not text',
      operation('summary: [x]'),
      '/paths/~1things/get/summary',
      /expected a string, found an array/,
    ],
    [
      'whose responses are not an object',
      operation('responses: []'),
      '/paths/~1things/get/responses',
      /expected an object, found an array/,
    ],
    [
      'whose security is not an array',
      operation('security: {}'),
      '/paths/~1things/get/security',
      /expected an array of security requirements, found an object/,
    ],
    [
      'whose security requirement is not an object',
      operation('security: [key]'),
      '/paths/~1things/get/security/0',
      /such as { "PersonalAPIKeyAuth": \["experiment:read"\] }/,
    ],
    [
      'whose scopes are not an array of text',
      `${operation('security: [{ key: read }]')}\ncomponents: { securitySchemes: { key: { type: http, scheme: basic } } }`,
      '/paths/~1things/get/security/0/key',
      /expected an array of scopes, found a string/,
    ],
    [
      'whose servers are not an array',
      operation('servers: /v2'),
      '/paths/~1things/get/servers',
      /expected an array of servers, found a string/,
    ],
    [
      'whose server has no url',
      operation('servers: [{}]'),
      '/paths/~1things/get/servers/0',
      /expected a server with a "url"/,
    ],
  ])('%s', (_, body, pointer, detail) => {
    expect(findings(body)).toEqual([{ pointer, detail: expect.stringMatching(detail) }]);
  });
});

describe('a response is refused', () => {
  it.each(['20', '2000', '600', '099', '2xy', 'ok'])('of status %s', (status) => {
    expect(findings(operation(`responses: { '${status}': {} }`))).toEqual([
      {
        pointer: `/paths/~1things/get/responses/${status}`,
        detail: `"${status}" is not a status; expected one from "100" to "599", a range such as "4XX", or "default".`,
      },
    ]);
  });

  it.each([
    [
      'whose content is not an object',
      operation(`responses: { '200': { content: x } }`),
      '/paths/~1things/get/responses/200/content',
      /expected an object, found a string/,
    ],
    [
      'whose header is not an object',
      operation(`responses: { '200': { headers: { Allow: GET } } }`),
      '/paths/~1things/get/responses/200/headers/Allow',
      /expected an object, found a string/,
    ],
    [
      'whose examples are not a map',
      media('examples: []'),
      `${MEDIA}/examples`,
      /expected an object, found an array/,
    ],
    [
      'whose example stands elsewhere',
      media(`examples: { small: { externalValue: 'small.json' } }`),
      `${MEDIA}/examples/small/externalValue`,
      /external examples are not supported; put the example under "value"/,
    ],
    [
      'whose example has no value',
      media('examples: { small: { summary: Small }}'),
      `${MEDIA}/examples/small`,
      /the example has no "value"/,
    ],
    [
      'whose named example breaks the schema',
      media('examples: { small: { value: { size: 1.5 } } }'),
      `${MEDIA}/examples/small/value/size`,
      /the example breaks its schema: expected integer, found 1\.5\./,
    ],
    [
      'whose only example breaks the schema',
      media('example: {}'),
      `${MEDIA}/example`,
      /the example breaks its schema: "size" is missing\./,
    ],
  ])('%s', (_, body, pointer, detail) => {
    expect(findings(body)).toEqual([{ pointer, detail: expect.stringMatching(detail) }]);
  });
});

describe('a scenario is refused', () => {
  it.each([
    [
      'without a reply',
      'slow: {}',
      '/slow/reply',
      'expected one of empty, network-error, timeout, malformed; found nothing.',
    ],
    [
      'with a reply that does not exist',
      'slow: { reply: slow }',
      '/slow/reply',
      'expected one of empty, network-error, timeout, malformed; found "slow".',
    ],
    ['that is not an object', 'slow: timeout', '/slow', 'expected an object, found a string.'],
    [
      'named ok',
      'ok: { reply: timeout }',
      '/ok',
      '"ok" is reserved for the answer that forces nothing; rename the scenario.',
    ],
  ])('%s', (_, scenario, pointer, detail) => {
    expect(findings(operation(`x-scenarios: { ${scenario} }`))).toEqual([
      { pointer: `/paths/~1things/get/x-scenarios${pointer}`, detail },
    ]);
  });
});

describe('the refusal', () => {
  const wrong = (count: number) =>
    `paths: { ${Array.from({ length: count }, (_, n) => `t${n}: { get: {} }`).join(', ')} }`;

  it('lists every mistake on a line of its own, with the file', () => {
    const { message } = refusal(
      yaml(
        `servers: 5\npaths: { things: { get: { operationId: 7, responses: { '99': {}, '200': { $ref: '#/gone' } } } } }`,
      ),
    );
    expect(message.split('\n').map((line) => line.split(': ')[0])).toEqual([
      'things.yaml#/paths/things/get/responses/200/$ref',
      'things.yaml#/servers',
      'things.yaml#/paths/things',
      'things.yaml#/paths/things/get/operationId',
      'things.yaml#/paths/things/get/responses/99',
    ]);
  });

  it('shows ten findings of many and holds them all', () => {
    const error = refusal(yaml(wrong(12)));
    expect(error.findings).toHaveLength(12);
    expect(error.message.split('\n')).toHaveLength(11);
    expect(error.message).toMatch(/… and 2 more\.$/);
    expect(error.file).toBe('things.yaml');
  });

  it('reports a mistake in a shared object once', () => {
    const shared = `components: { responses: { Shared: { content: { application/json: { schema: { type: integer }, examples: { one: { value: x } } } } } } }
security: 5
paths:
  /a: { get: { responses: { '200': { $ref: '#/components/responses/Shared' } } } }
  /b: { get: { responses: { '200': { $ref: '#/components/responses/Shared' } } } }`;
    expect(findings(shared).map(({ pointer }) => pointer)).toEqual([
      '/security',
      '/components/responses/Shared/content/application~1json/examples/one/value',
    ]);
  });
});

describe('an invalid schema is refused, not the example beside it:', () => {
  const withSchema = (schema: string) =>
    `components: { responses: { A: { content: { application/json: { schema: ${schema}, example: 1 } } } } }`;
  const SCHEMA = '/components/responses/A/content/application~1json/schema';

  it.each([
    {
      schema: '{ properties: { a: null } }',
      at: '/properties/a',
      detail: /expected a schema, .* found null/,
    },
    {
      schema: '{ properties: null }',
      at: '/properties',
      detail: /expected an object of schemas, found null/,
    },
    { schema: '{ allOf: {} }', at: '/allOf', detail: /expected an array of schemas, found an object/ },
    {
      schema: '{ items: { type: intger } }',
      at: '/items/type',
      detail: /expected one of array, .*found "intger"/,
    },
    { schema: '{ type: 7 }', at: '/type', detail: /found 7/ },
    { schema: "{ pattern: '(' }", at: '/pattern', detail: /expected a regular expression, found "\("/ },
    { schema: '{ required: [1] }', at: '/required', detail: /expected an array of names/ },
    { schema: '{ maximum: many }', at: '/maximum', detail: /expected a number, found "many"/ },
    { schema: '{ minLength: -1 }', at: '/minLength', detail: /expected a whole number, 0 or more/ },
    { schema: '{ $ref: 5 }', at: '/$ref', detail: /expected a reference such as .*, found a number/ },
  ])('$schema', ({ schema, at, detail }) => {
    expect(findings(withSchema(schema))).toContainEqual({
      pointer: `${SCHEMA}${at}`,
      detail: expect.stringMatching(detail),
    });
  });

  it.each(['true', '{ properties: { $ref: true, default: { type: string } } }', '{ default: { type: 7 } }'])(
    'but a valid schema is accepted: %s',
    (schema) => {
      expect(() => readContract(yaml(withSchema(schema)))).not.toThrow();
    },
  );
});

describe('a parameter is refused', () => {
  const withParameters = (parameters: string) =>
    `paths: { /things: { parameters: ${parameters}, get: { responses: { 204: {} } } } }`;

  it.each([
    { parameters: 'null', at: '', detail: 'expected an array of parameters, found null.' },
    { parameters: '[7]', at: '/0', detail: 'expected an object, found a number.' },
    { parameters: '[{ in: query }]', at: '/0', detail: 'the parameter has no "name".' },
    {
      parameters: '[{ name: a, in: url }]',
      at: '/0',
      detail: '"in" of the parameter "a" has to be one of path, query, header, cookie.',
    },
    {
      parameters: '[{ name: a, in: query }, { name: a, in: query }]',
      at: '/1',
      detail: 'there is already a query parameter "a".',
    },
    {
      parameters: '[{ name: a, in: query, schema: { type: integer }, example: b }]',
      at: '/0/example',
      detail: expect.stringContaining('the example breaks its schema'),
    },
    {
      parameters:
        '[{ name: a, in: query, content: { application/json: { schema: { type: array }, example: {} } } }]',
      at: '/0/content/application~1json/example',
      detail: expect.stringContaining('the example breaks its schema'),
    },
  ])('$parameters', ({ parameters, at, detail }) => {
    expect(findings(withParameters(parameters))).toEqual([
      { pointer: `/paths/~1things/parameters${at}`, detail },
    ]);
  });
});

describe('a value that is not JSON is refused', () => {
  it.each([
    { what: 'a Date', value: new Date(0), detail: 'expected a JSON value, found a Date.' },
    { what: 'a Map', value: new Map(), detail: 'expected a JSON value, found a Map.' },
    { what: 'bytes', value: new Uint8Array(3), detail: 'expected a JSON value, found a Uint8Array.' },
    { what: 'a BigInt', value: 10n, detail: 'expected a JSON value, found 10n.' },
    { what: 'NaN', value: Number.NaN, detail: 'expected a JSON value, found NaN.' },
  ])('$what', ({ value, detail }) => {
    const document = { openapi: '3.1.0', paths: {}, 'x-a': { b: value } };
    expect(refusal(document).findings).toMatchObject([{ pointer: '/x-a/b', detail }]);
  });

  it('bytes in YAML', () => {
    const { findings } = refusal(yaml('paths: {}\nx-a: !!binary aGVsbG8='));
    expect(findings).toMatchObject([{ detail: expect.stringContaining('unknown scalar tag') }]);
  });

  it('an object shared so often that it cannot be traversed', () => {
    let schema: object = { type: 'object' };
    for (let level = 0; level < 40; level += 1) schema = { properties: { a: schema, b: schema } };
    const { message } = refusal({ openapi: '3.1.0', paths: {}, components: { schemas: { A: schema } } });
    expect(message).toContain('the document is too large');
  });
});

it('a media type that cannot be sent is refused', () => {
  expect(
    findings(operation(`responses: { 200: { content: { 'text/plain; note=☃': { example: a } } } }`)),
  ).toEqual([
    {
      pointer: '/paths/~1things/get/responses/200/content/text~1plain; note=☃',
      detail: expect.stringContaining('the media type cannot be sent'),
    },
  ]);
});

it('a method in upper case is refused', () => {
  expect(findings('paths: { /things: { GET: { responses: { 204: {} } } } }')).toEqual([
    { pointer: '/paths/~1things/GET', detail: 'methods are in lower case here: "get".' },
  ]);
});

describe('a schema that no body fits is refused', () => {
  const SCHEMA = `${MEDIA}/schema`;
  const withBody = (schema: string, rest = '') =>
    operation(
      `responses: { 200: { description: d, content: { application/json: { schema: ${schema}${rest} } } } }`,
    );

  it.each([
    ['bounds that cross', '{ type: integer, minimum: 5, maximum: 4 }', /no body was found.*5.*4/],
    ['oneOf with equal shapes', '{ oneOf: [{ type: string }, { type: string }] }', /no body was found/],
  ])('%s', (_, schema, detail) => {
    expect(findings(withBody(schema))).toEqual([{ pointer: SCHEMA, detail: expect.stringMatching(detail) }]);
    const { warnings } = readContract(yaml(withBody(schema)));
    expect(warnings).toEqual([]);
  });

  it('once, where many responses refer to it', () => {
    const ref = "$ref: '#/components/schemas/None'";
    const response = `{ description: d, content: { application/json: { schema: { ${ref} } } } }`;
    const body = `${operation(`responses: { 200: ${response}, 201: ${response} }`)}
components: { schemas: { None: { type: integer, minimum: 5, maximum: 4 } } }`;
    expect(findings(body)).toMatchObject([{ pointer: '/components/schemas/None' }]);
  });

  it('but not where an example fits that was not found', () => {
    const schema = "{ type: string, pattern: '^(?=a)(?=.*b)[ab]{40}$' }";
    const example = `a${'b'.repeat(39)}`;
    readContract(yaml(withBody(schema, `, example: ${example}`)), 'x', { strict: true });
  });
});
