import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import {
  ask,
  documentWith,
  OK,
  OK_BODY,
  refusalsOf,
  response,
  serve,
  verdictOf,
  warningsOf,
} from './serving.ts';

/** A document of a version whose answer has this schema. */
const versioned = (openapi: string, schema: JsonObject) =>
  documentWith({ '/a': { 200: response({ schema }) } }, { openapi });

describe('every version of OpenAPI 3 is read', () => {
  it.each(['3.0.0', '3.0.3', '3.0.4', '3.1.0', '3.1.1', '3.2.0'])('%s', async (openapi) => {
    const { status, body } = await ask(serve(documentWith({ '/a': OK }, { openapi })), '/a');
    expect([status, body]).toEqual([200, OK_BODY]);
  });

  it.each<[string, JsonObject, string]>([
    ['nullable', { type: 'string', nullable: true, example: null }, 'null'],
    // Without a type, `nullable` has no effect by the letter.
    [
      'nullable beside oneOf',
      { oneOf: [{ type: 'integer', example: 3 }], nullable: true, example: null },
      '3',
    ],
    [
      'example',
      { type: 'object', required: ['id'], properties: { id: { type: 'integer', example: 5 } } },
      '{"id":5}',
    ],
    [
      'an exclusive bound',
      { type: 'integer', minimum: 4, exclusiveMinimum: true, example: 4, default: 5 },
      '5',
    ],
    ['an inclusive bound', { type: 'integer', minimum: 4, exclusiveMinimum: false, example: 4 }, '4'],
    ['no meaning beside $ref', { $ref: '#/components/schemas/Id', type: 'string' }, '7'],
  ])('3.0: %s', async (_, schema, expected) => {
    const components = { schemas: { Id: { type: 'integer', example: 7 } } };
    const contract = { ...versioned('3.0.3', schema), components };
    expect((await ask(serve(contract), '/a')).body).toBe(expected);
    expect(await verdictOf(contract, '/a')).toBeNull();
  });

  it('3.0: a file is uploaded and sent back', async () => {
    const file = { schema: { type: 'string', format: 'binary' } };
    const contract = versioned('3.0.3', {});
    const operation = {
      requestBody: { content: { 'multipart/form-data': file } },
      responses: { 200: response(file, 'application/octet-stream') },
    };
    expect(await verdictOf({ ...contract, paths: { '/a': { get: operation } } }, '/a')).toBeNull();
  });

  it.each([{ swagger: '2.0' }, { openapi: '4.0.0' }, { openapi: 4 }, {}])('%o is refused', (version) => {
    const { openapi: _, ...rest } = documentWith({ '/a': OK });
    expect(refusalsOf({ ...version, ...rest })).not.toEqual([]);
  });
});

describe('data is not taken for schemas', () => {
  it.each<[string, JsonObject]>([
    ['ids in examples', { properties: { a: { example: { id: 1 } }, b: { example: { id: 1 } } } }],
    ['$id in examples', { properties: { a: { examples: [{ $id: 'x' }] }, b: { examples: [{ $id: 'x' }] } } }],
    ['a $ref in a default', { properties: { a: { default: { $ref: '#/nowhere' } } } }],
    ['a $ref in enum', { enum: [{ $ref: 'https://example.org/' }] }],
    ['a property named $id', { properties: { $id: { type: 'string' }, $ref: { type: 'string' } } }],
    ['a property named example', { properties: { example: { $ref: '#/components/schemas/Text' } } }],
  ])('%s', async (_, schema) => {
    const components = { schemas: { Text: { type: 'string' } } };
    const contract = documentWith({ '/a': { 200: response({ schema }) } }, { components });
    expect(await verdictOf(contract, '/a')).toBeNull();
  });
});

describe('one bad example does not cost the document', () => {
  const media = '/paths/~1a/get/responses/200/content/application~1json';

  it.each<[string, JsonObject, string]>([
    ['example', { schema: { type: 'string' }, example: 1 }, `${media}/example`],
    ['examples', { schema: { type: 'string' }, examples: { one: { value: 1 } } }, `${media}/examples/one`],
    ['example of a schema', { schema: { type: 'string', example: 1 } }, `${media}/schema`],
    [
      'example of a property',
      { schema: { type: 'object', required: ['a'], properties: { a: { type: 'string', example: 1 } } } },
      `${media}/schema/properties/a`,
    ],
  ])('%s', async (_, mediaType, pointer) => {
    const contract = documentWith({ '/a': { 200: response(mediaType) } });
    expect(await verdictOf(contract, '/a')).toBeNull();
    expect(warningsOf(contract)).toContainEqual(
      expect.objectContaining({ pointer: expect.stringContaining(pointer) }),
    );
    expect(refusalsOf(contract, { strict: true })).not.toEqual([]);
  });

  it('a valid example is sent although another one is bad', async () => {
    const examples = { bad: { value: 1 }, good: { value: 'text' } };
    const contract = documentWith({ '/a': { 200: response({ schema: { type: 'string' }, examples }) } });
    expect((await ask(serve(contract), '/a')).body).toBe('"text"');
  });
});

describe('what a linter would say is a warning', () => {
  const get = (changes: JsonObject, schema: JsonObject = {}) => ({
    ...documentWith({}),
    paths: { '/a': { get: { responses: { 200: response({ schema, example: { a: 1 } }) }, ...changes } } },
  });
  const properties = (a: JsonObject) => get({}, { type: 'object', properties: { a } });
  it.each<[string, object, string]>([
    ['required in a property', properties({ required: true }), '/a/required'],
    ['nullable in 3.1', properties({ type: 'integer', nullable: true }), '/a'],
    ['an exclusive bound of 3.0', properties({ minimum: 0, exclusiveMinimum: true }), '/a'],
    ['a type that does not exist', properties({ type: 'int' }), '/a'],
    ['a pattern of another dialect', get({}, { properties: { b: { pattern: '(?i)a' } } }), '/b'],
    ['summary: null', get({ summary: null }), '/paths/~1a/get'],
    ['an unknown scheme', get({ security: [{ nowhere: [] }, {}] }), '/paths/~1a/get/security'],
    ['a parameter without a name', get({ parameters: [{ in: 'query' }] }), '/paths/~1a/get/parameters/0'],
  ])('%s', async (_, contract, pointer) => {
    const { status, body } = await ask(serve(contract), '/a');
    expect([status, body]).toEqual([200, OK_BODY]);
    expect(warningsOf(contract)).toContainEqual({
      kind: expect.stringMatching(/\w/),
      pointer: expect.stringContaining(pointer),
      detail: expect.stringMatching(/\w/),
    });
    expect(refusalsOf(contract, { strict: true })).not.toEqual([]);
  });

  it.each<[string, JsonObject]>([
    ['an Example Object without a value', { examples: { one: { summary: 'none' } } }],
    ['an external value', { examples: { one: { externalValue: 'https://example.org/one.json' } } }],
  ])('%s', async (_, changes) => {
    const schema = { type: 'integer', default: 3 };
    const contract = documentWith({ '/a': { 200: response({ schema, ...changes }) } });
    expect(await ask(serve(contract), '/a')).toMatchObject({ status: 200, body: '3' });
    expect(warningsOf(contract)).toContainEqual(
      expect.objectContaining({ pointer: expect.stringContaining('/examples/one') }),
    );
  });

  it('a repeated operationId', async () => {
    const operation = { operationId: 'same', responses: OK };
    const contract = { ...documentWith({}), paths: { '/a': { get: operation }, '/b': { get: operation } } };
    const mock = serve(contract);
    expect([(await ask(mock, '/a')).body, (await ask(mock, '/b')).body]).toEqual([OK_BODY, OK_BODY]);
    expect(warningsOf(contract)).toContainEqual(
      expect.objectContaining({ pointer: '/paths/~1b/get/operationId' }),
    );
  });

  it('a path beside itself with a slash', async () => {
    const contract = documentWith({ '/a': OK, '/a/': { 200: response({ example: 'slash' }) } });
    const mock = serve(contract);
    expect([(await ask(mock, '/a')).body, (await ask(mock, '/a/')).body]).toEqual([OK_BODY, '"slash"']);
  });

  it('a document without mistakes has no warnings, and is no problem for strict', () => {
    const contract = documentWith({ '/a': OK });
    expect([warningsOf(contract), refusalsOf(contract, { strict: true })]).toEqual([[], []]);
    expect(Reflect.get(serve(contract).contract, 'warnings')).toEqual([]);
  });
});
