import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

it('an edit of openapi.yaml counts at the next start, before npm run generate', () => {
  const copy = mkdtempSync(join(tmpdir(), 'from-source-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  for (const name of ['package.json', 'src', 'fixtures']) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const contract = readFileSync(join(ROOT, 'openapi.yaml'), 'utf8');
  const namesWith = (text: string): readonly string[] => {
    writeFileSync(join(copy, 'openapi.yaml'), text);
    const args = ['src/cli/start.cjs', 'scenarios', '--json'];
    const catalogue: { name: string }[] = JSON.parse(
      execFileSync(process.execPath, args, { cwd: copy, encoding: 'utf8' }),
    );
    return catalogue.map(({ name }) => name);
  };
  expect(namesWith(contract)).toContain('server-error');
  const names = namesWith(contract.replaceAll('server-error', 'server-trouble'));
  expect(names).toContain('server-trouble');
  expect(names).not.toContain('server-error');
});
