import { appendFile, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { generate } from '../../src/tools/generate.ts';

const GENERATED = new URL('../../src/generated/', import.meta.url);

let folder: URL;

beforeAll(async () => {
  folder = pathToFileURL(`${await mkdtemp(join(tmpdir(), 'generated-'))}/`);
  await cp(GENERATED, folder, { recursive: true });
});

afterEach(() => vi.restoreAllMocks());

afterAll(() => rm(folder, { recursive: true }));

it('finds stale and missing generated files, and writes them', async () => {
  await appendFile(new URL('names.ts', folder), 'export type Removed = 1;\n');
  await rm(new URL('packaged.json', folder));
  const error = vi.spyOn(console, 'error').mockReturnValue();
  const log = vi.spyOn(console, 'log').mockReturnValue();

  expect(await generate(true, folder)).toBe(false);
  expect(error.mock.calls).toEqual(
    ['names.ts', 'packaged.json'].map((file) => [
      `src/generated/${file}: stale: run \`npm run generate\` and commit the result`,
    ]),
  );

  expect(await generate(false, folder)).toBe(true);
  expect(log.mock.calls).toEqual([
    ['src/generated/names.ts: written'],
    ['src/generated/packaged.json: written'],
  ]);
  const names = await readFile(new URL('names.ts', folder), 'utf8');
  expect(names).toBe(await readFile(new URL('names.ts', GENERATED), 'utf8'));
});
