import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import type * as source from '../../src/public.ts';

const ERRORS = [
  'ChangeRequestError',
  'ContractError',
  'FixtureError',
  'UsageRangeError',
  'UsageTypeError',
] as const;

it('a bundle keeps the names of the exported errors', async () => {
  const entry = fileURLToPath(new URL('../../src/public.ts', import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    target: 'es2023',
    write: false,
  });
  const [{ text } = { text: '' }] = outputFiles;
  const bundled: typeof source = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  expect(
    Object.keys(bundled)
      .filter((name) => /^[A-Z]/.test(name))
      .toSorted(),
  ).toEqual(ERRORS);
  expect(ERRORS.map((name) => bundled[name].name)).toEqual(ERRORS);
});
