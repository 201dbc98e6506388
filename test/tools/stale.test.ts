import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** A copy of the project with all that is generated and all that it is generated from. */
const copy = mkdtempSync(join(tmpdir(), 'generated-'));

beforeAll(() => {
  for (const name of ['package.json', 'tsconfig.json', 'openapi.yaml', 'fixtures', 'src']) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => rmSync(copy, { recursive: true }));

function generate(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', TSX, join(copy, 'src/tools/generate.ts'), ...args],
    { cwd: copy, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

function replaceIn(file: string, from: string, to: string): void {
  const text = readFileSync(join(copy, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(copy, file), text.replaceAll(from, to));
}

describe('what is generated', () => {
  it('is up to date', () => {
    expect(generate('--check')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('is stale, by name, when the contract or a fixture schema has changed, and then written again', () => {
    replaceIn('openapi.yaml', 'trend-up:', 'trend-upwards:');
    replaceIn('fixtures/schema/users.schema.json', '"first_name"', '"given_name"');
    const { status, stderr } = generate('--check');
    expect(status).toBe(1);
    expect(stderr.trim().split('\n').toSorted()).toEqual(
      ['names.ts', 'packaged.json', 'rows.ts'].map(
        (file) => `src/generated/${file}: stale: run \`npm run generate\` and commit the result`,
      ),
    );
    expect(generate().status).toBe(0);
    expect(readFileSync(join(copy, 'src/generated/names.ts'), 'utf8')).toContain('"trend-upwards"');
    expect(generate('--check').status).toBe(0);
  });
});
