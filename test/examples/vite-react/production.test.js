import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { build } from 'vite';

/** The line of `src/main.tsx` that loads the mock, removed. */
const withoutMock = {
  name: 'without-mock',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/src/main.tsx')) return undefined;
    const without = code.replace(/^if \(import\.meta\.env\.DEV\).*\n/m, '');
    assert.notEqual(without, code);
    return without;
  },
};

/** Builds for production. @returns the files that are shipped, without their hashes, and their bytes. */
async function ship(plugins) {
  const outDir = mkdtempSync(join(tmpdir(), 'dist-'));
  try {
    await build({ logLevel: 'warn', plugins, build: { outDir } });
    const files = readdirSync(outDir, { recursive: true }).filter((file) => /\.\w+$/.test(file));
    const sizes = files.map((file) => statSync(join(outDir, file)).size);
    return {
      files: files.map((file) => file.replace(/-[\w-]{8}\./, '.')).sort(),
      bytes: sizes.reduce((sum, size) => sum + size),
    };
  } finally {
    rmSync(outDir, { recursive: true });
  }
}

it('ships nothing of the mock to production, not a byte', async () => {
  const { files, bytes } = await ship([]);
  assert.deepEqual(files, [join('assets', 'index.js'), 'index.html']);
  const without = await ship([withoutMock]);
  console.log(`${bytes} bytes with the mock, ${without.bytes} without`);
  assert.equal(bytes, without.bytes);
});
