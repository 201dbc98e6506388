import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMock } from '../../../src/index.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** A contract whose `GET /a` answers with a schema. */
function contractWith(schema: string): string {
  return write(
    'api/openapi.yaml',
    `
openapi: 3.1.0
info: { title: A, version: 1.0.0 }
paths: { /a: { get: { responses: { 200: { content: { application/json: { schema: ${schema} } } } } } } }
components: { schemas: { Name: { type: string, const: Ann } } }
`,
  );
}

async function answerOf(contract: string | URL) {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const mock = createMock({ contract });
  return { warnings: mock.contract.warnings, body: await (await mock.fetch('http://a.example/a')).json() };
}

describe('files below the folder of the contract are read', () => {
  beforeAll(() => {
    write(
      'api/models/pet.yaml',
      `type: object\nrequired: [name, tag]\nproperties: { name: { $ref: '../openapi.yaml#/components/schemas/Name' }, tag: { $ref: 'tags.json#/Tag' } }`,
    );
    write('api/models/tags.json', '{ "Tag": { "$ref": "#/Text" }, "Text": { "const": "good" } }');
  });

  it('from a path, on and back', async () => {
    const { warnings, body } = await answerOf(contractWith('{ $ref: ./models/pet.yaml }'));
    expect(warnings).toEqual([]);
    expect(body).toEqual({ name: 'Ann', tag: 'good' });
  });

  it('from a URL', async () => {
    const { body } = await answerOf(pathToFileURL(contractWith('{ $ref: models/tags.json#/Tag }')));
    expect(body).toBe('good');
  });

  it('of OpenAPI 3.0 too, as their own version says', async () => {
    write(
      'api/old.yaml',
      'openapi: 3.0.0\ncomponents: { schemas: { A: { type: string, nullable: true, enum: [null] } } }',
    );
    const { warnings, body } = await answerOf(contractWith('{ $ref: "old.yaml#/components/schemas/A" }'));
    expect({ warnings, body }).toEqual({ warnings: [], body: null });
  });

  it('and what is odd in them is found there', async () => {
    write('api/odd.yaml', 'properties: { a: { type: int } }');
    const { warnings } = await answerOf(contractWith('{ $ref: odd.yaml }'));
    expect(warnings).toEqual([
      { kind: 'schema-keyword', file: 'odd.yaml', pointer: '/properties/a/type', detail: expect.any(String) },
    ]);
  });
});

describe('a file is not read', () => {
  beforeAll(() => {
    write('secret.yaml', 'const: secret');
    write('api/list.yaml', '[1]');
    write('api/broken.yaml', '{');
    symlinkSync(join(folder, 'secret.yaml'), join(folder, 'api/link.yaml'));
  });

  it.each([
    ['../secret.yaml', 'file-reference', /not below the folder/],
    ['link.yaml', 'file-reference', /not below the folder/],
    ['%2e%2e/secret.yaml', 'file-reference', /not below the folder/],
    ['file:///etc/passwd', 'file-reference', /not below the folder/],
    ['missing.yaml', 'file-reference', /ENOENT/],
    ['list.yaml', 'file-reference', /expected an object/],
    ['broken.yaml', 'file-reference', /neither YAML nor JSON/],
    ['.', 'file-reference', /not a file/],
    ['http://a.example/b.yaml', 'remote-reference', /expected a reference within the document/],
  ])('by %s', async (ref, kind, detail) => {
    const { warnings } = await answerOf(contractWith(`{ $ref: '${ref}' }`));
    const pointer = '/paths/~1a/get/responses/200/content/application~1json/schema/$ref';
    expect(warnings).toEqual([{ kind, pointer, detail: expect.stringMatching(detail) }]);
  });

  it('for a contract that is given as text', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const contract = `openapi: 3.1.0\ninfo: {}\npaths: { /a: { $ref: 'models/pet.yaml' }, /b: { get: {} } }`;
    expect(createMock({ contract }).contract.warnings).toMatchObject([{ kind: 'file-reference' }]);
    createMock({ contract });
    expect(warn.mock.calls.flat().filter((text) => String(text).includes('models/pet.yaml'))).toHaveLength(1);
  });
});
