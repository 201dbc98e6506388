/**
 * Builds the package: `dist/index.js` and `dist/cli.js` for Node, `dist/browser.js` for browsers, and their types.
 *
 * ```sh
 * npm run build
 * ```
 */
import { rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import ts from 'typescript';
import packageJson from '../package.json' with { type: 'json' };

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

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SOURCES = fileURLToPath(new URL('./', import.meta.url));
const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

const SHARED: BuildOptions = {
  bundle: true,
  format: 'esm',
  target: 'es2023',
  outdir: DIST,
  plugins: [withoutHandlersOfData],
};

/** Bundled, so that it comes without its own msw and graphql. */
const BUNDLED: ReadonlySet<string> = new Set(['@mswjs/data']);

async function buildPackage(): Promise<void> {
  await rm(DIST, { recursive: true, force: true });
  const others = Object.keys(packageJson.dependencies).filter((name) => !BUNDLED.has(name));
  await build({
    ...SHARED,
    entryPoints: [`${SOURCES}index.ts`, `${SOURCES}cli.ts`],
    platform: 'node',
    splitting: true,
    external: ['msw', 'msw/*', ...others],
    banner: {
      // For what is bundled and asks for modules as CommonJS does.
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  await build({
    ...SHARED,
    entryPoints: [`${SOURCES}browser.ts`],
    platform: 'browser',
    external: ['msw', 'msw/*'],
  });
  writeTypes();
}

/** @throws {Error} when the types are wrong. */
function writeTypes(): void {
  const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const program = ts.createProgram([`${SOURCES}index.ts`, `${SOURCES}browser.ts`], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: DIST,
    rootDir: SOURCES,
  });
  const diagnostics = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (diagnostics.length > 0) {
    throw new Error(
      ts.formatDiagnostics(diagnostics, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => ROOT,
        getNewLine: () => '\n',
      }),
    );
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildPackage();
