import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { CONTRACT_FILE, CONTRACT_TEXT } from './copies.ts';

const { resolve } = createRequire(import.meta.url);
const manifest = resolve('@redocly/cli/package.json');
const REDOCLY = join(dirname(manifest), createRequire(manifest)('./package.json').bin.redocly);
const RULES = fileURLToPath(new URL('./redocly.yaml', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'lint-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** The linter's findings in a document. */
function lint(file: string) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [REDOCLY, 'lint', file, '--config', RULES, '--format', 'json'],
    {
      encoding: 'utf8',
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  );
  if (!stdout.includes('{')) throw new Error(stderr);
  const { totals, problems } = JSON.parse(stdout.slice(stdout.indexOf('{'), stdout.lastIndexOf('}') + 1));
  return { status, totals, rules: problems.map(({ ruleId }: { ruleId: string }) => ruleId) };
}

const CONTROL_PLANE_FILE = fileURLToPath(
  new URL('../../src/server/control/control-plane.yaml', import.meta.url),
);

it.each([
  { document: 'openapi.yaml', file: CONTRACT_FILE },
  { document: 'control-plane.yaml', file: CONTROL_PLANE_FILE },
])('$document passes the recommended rules without warnings', ({ file }) => {
  expect(lint(file)).toEqual({
    status: 0,
    totals: { errors: 0, warnings: 0, ignored: 0 },
    rules: [],
  });
});

it('the linter reports an example that breaks its schema', () => {
  const broken = join(folder, 'openapi.yaml');
  writeFileSync(broken, CONTRACT_TEXT.replace('result: true', 'result: 1'));
  const { status, totals, rules } = lint(broken);
  expect({ status, errors: totals.errors }).toEqual({ status: 1, errors: 1 });
  expect(rules).toEqual(['no-invalid-media-type-examples']);
});
