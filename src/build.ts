/**
 * Builds the package: `dist/index.js` and `dist/cli.js` for Node, `dist/browser.js` for browsers.
 *
 * ```sh
 * tsx src/build.ts
 * ```
 */
import { rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';

/** @mswjs/data imports all of msw and graphql for request handlers that nobody here asks it for. */
export const withoutHandlersOfData: Plugin = {
  name: 'without-handlers-of-data',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(msw|graphql)(\/|$)/ }, ({ path, importer }) =>
      importer.includes('@mswjs/data') ? { path, namespace: 'left-out' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents: 'module.exports = new Proxy({}, { get: () => function () {} });',
    }));
  },
};

const SHARED: BuildOptions = {
  bundle: true,
  format: 'esm',
  target: 'es2023',
  outdir: fileURLToPath(new URL('../dist', import.meta.url)),
  plugins: [withoutHandlersOfData],
};

const source = (file: string) => fileURLToPath(new URL(file, import.meta.url));

async function buildPackage(): Promise<void> {
  await rm(fileURLToPath(new URL('../dist', import.meta.url)), { recursive: true, force: true });
  await build({
    ...SHARED,
    entryPoints: [source('index.ts'), source('cli.ts')],
    platform: 'node',
    splitting: true,
    external: ['msw', 'msw/*', '@cfworker/json-schema', '@date-fns/tz', 'chokidar', 'commander', 'yaml'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  await build({
    ...SHARED,
    entryPoints: [source('browser.ts')],
    platform: 'browser',
    external: ['msw', 'msw/*'],
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildPackage();
