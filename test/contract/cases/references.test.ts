import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { ask, documentWith, refusalsOf, response, serve, verdictOf, warningsOf } from './serving.ts';

describe('references within a document', () => {
  const schemas: JsonObject = {
    Anchored: { $anchor: 'number', type: 'integer', default: 1 },
    Identified: {
      $id: 'https://example.org/models/identified',
      type: 'object',
      required: ['deep'],
      properties: { deep: { $ref: '#/$defs/deep' } },
      $defs: { deep: { $anchor: 'inner', const: 2 } },
    },
  };

  it.each<[string, string, unknown]>([
    ['a pointer', '#/components/schemas/Anchored', 1],
    ['an anchor', '#number', 1],
    ['an id, with pointers that are relative to it', 'https://example.org/models/identified', { deep: 2 }],
    ['an anchor below an id', 'https://example.org/models/identified#inner', 2],
    ['a pointer with escapes', '#/paths/~1a/get/responses/200/content/application~1json/schema/$defs/own', 3],
  ])('%s', async (_, $ref, expected) => {
    const schema = { $ref, $defs: { own: { const: 3 } } };
    const contract = documentWith({ '/a': { 200: response({ schema }) } }, { components: { schemas } });
    const { status, body } = await ask(serve(contract), '/a');
    expect([status, JSON.parse(body)]).toEqual([200, expected]);
  });

  it.each([
    'https://example.org/pet.yaml',
    '//example.org/pet.yaml',
    '#/components/schemas/Nowhere',
    '#nowhere',
  ])('%s is reported with its pointer', ($ref) => {
    const contract = documentWith({ '/a': { 200: response({ schema: { $ref } }) } });
    const refusals = refusalsOf(contract);
    const complaints = refusals.length > 0 ? refusals : warningsOf(contract);
    const pointer = expect.stringMatching(/^\/paths\/~1a\/get\/responses\/200\/content\/.*\/schema/);
    expect(complaints).toContainEqual(expect.objectContaining({ pointer }));
  });

  it('a path item, a response and a parameter may be elsewhere', async () => {
    const contract = {
      ...documentWith({}),
      paths: { '/a': { $ref: '#/components/pathItems/A' } },
      components: {
        pathItems: {
          A: {
            get: {
              parameters: [{ $ref: '#/components/parameters/Page' }],
              responses: { 200: { $ref: '#/components/responses/One' } },
            },
          },
        },
        parameters: { Page: { name: 'page', in: 'query', schema: { type: 'integer' } } },
        responses: { One: response({ schema: { const: 1 } }) },
      },
    };
    expect(await verdictOf(contract, '/a')).toBeNull();
  });
});

describe('references to files', () => {
  let folder = '';
  const write = (path: string, content: object) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(content));
    return file;
  };
  const withRef = ($ref: string) => documentWith({ '/a': { 200: response({ schema: { $ref } }) } });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'references-'));
    write('api/models/a.yaml', {
      type: 'object',
      required: ['b', 'c'],
      properties: {
        b: { $ref: './b.json#/definitions/B' },
        c: { $ref: '../api.yaml#/components/schemas/C' },
      },
    });
    write('api/models/b.json', { definitions: { B: { const: 'b' } } });
    write('api/paths/a.yaml', {
      get: { responses: { 200: response({ schema: { $ref: '../models/a.yaml' } }) } },
    });
    write('outside.yaml', { const: 'outside' });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each<[string, JsonObject]>([
    ['a schema', withRef('./models/a.yaml')],
    ['a path item', { ...documentWith({}), paths: { '/a': { $ref: './paths/a.yaml' } } }],
  ])('%s below the folder of the document', async (_, document) => {
    const file = write('api/api.yaml', { ...document, components: { schemas: { C: { const: 'c' } } } });
    const { status, body } = await ask(serve(file), '/a');
    expect([status, JSON.parse(body)]).toEqual([200, { b: 'b', c: 'c' }]);
  });

  it.each(['../outside.yaml', '/etc/hostname', './models/../../outside.yaml', './models/missing.yaml'])(
    '%s is reported and not read',
    async ($ref) => {
      const file = write('api/api.yaml', withRef($ref));
      const refusals = refusalsOf(file);
      const complaints = refusals.length > 0 ? refusals : warningsOf(file);
      expect(complaints).toContainEqual(
        expect.objectContaining({ pointer: expect.stringContaining('/paths/~1a/get/responses/200') }),
      );
      if (refusals.length === 0) expect((await ask(serve(file), '/a')).body).not.toContain('outside');
    },
  );
});

describe('a reference that leads through another one is followed', () => {
  const R2 = { type: 'object', properties: { k: { const: 'found' } } };
  const withRef = ($ref: string) => documentWith({ '/a': { 200: response({ schema: { $ref } }) } });

  it.each<[string, JsonObject]>([
    ['once', { R1: { $ref: '#/components/schemas/R2' }, R2 }],
    ['twice', { R1: { $ref: '#/components/schemas/R3' }, R3: { $ref: '#/components/schemas/R2' }, R2 }],
  ])('%s', async (_, schemas) => {
    const contract = { ...withRef('#/components/schemas/R1/properties/k'), components: { schemas } };
    expect((await ask(serve(contract), '/a')).body).toBe('"found"');
    const detail = expect.stringContaining('expected "#/components/schemas/R2/properties/k"');
    expect(warningsOf(contract)).toMatchObject([{ kind: 'through-reference', detail }]);
  });

  it('unless the other one leads back', () => {
    const schemas = { R1: { $ref: '#/components/schemas/R1' } };
    const contract = { ...withRef('#/components/schemas/R1/properties/k'), components: { schemas } };
    const kinds = warningsOf(contract).map((warning) => Reflect.get(warning, 'kind'));
    expect(kinds.toSorted()).toEqual(['circle', 'reference']);
  });
});
