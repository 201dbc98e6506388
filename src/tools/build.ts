/**
 * Builds the package: `dist/index.js` and `dist/cli.js` for Node, `dist/browser.js` for browsers, `dist/panel.js` for
 * the page of the server, and the types.
 *
 * ```sh
 * npm run build
 * ```
 */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type BuildOptions, type BuildResult, build, type Plugin } from 'esbuild';
import ts from 'typescript';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };

/**
 * Bundles only the part of @mswjs/data that is used. The package imports all of msw and graphql for request handlers
 * that we do not use, and all of lodash and date-fns for a function of each.
 */
export const leanData: Plugin = {
  name: 'lean-data',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(msw|graphql)(\/|$)|^(lodash|date-fns)$/ }, ({ path, importer, resolveDir }) =>
      importer.includes('@mswjs/data') ? { path, namespace: 'lean-data', pluginData: resolveDir } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'lean-data' }, ({ path, pluginData: resolveDir }) => ({
      contents: USED_BY_DATA[path] ?? 'module.exports = new Proxy({}, { get: () => function () {} });',
      resolveDir,
    }));
    // In a bundle, a plain `require` loads on demand as well.
    onLoad({ filter: /[\\/]mswjs-data\.cjs$/ }, () => ({
      contents: "module.exports = () => require('@mswjs/data');",
      resolveDir: ROOT,
    }));
  },
};

const USED_BY_DATA: Readonly<Record<string, string>> = {
  lodash: "exports.isFunction = require('lodash/isFunction');",
  'date-fns': "exports.compareAsc = require('date-fns/compareAsc');",
};

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = fileURLToPath(new URL('../', import.meta.url));
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

const SHARED: BuildOptions = {
  bundle: true,
  format: 'esm',
  target: 'es2023',
  outdir: DIST,
  plugins: [leanData],
  metafile: true,
};

/** Empties `dist/` and builds all of the package but the types. */
export async function buildScripts(): Promise<void> {
  await rm(DIST, { recursive: true, force: true });
  const node = await build({
    ...SHARED,
    entryPoints: { index: `${SOURCES}index.ts`, cli: `${SOURCES}cli/main.ts` },
    platform: 'node',
    splitting: true,
    // @mswjs/data is not among them: bundled, it comes without most of what it depends on.
    external: ['msw', 'msw/*', ...Object.keys(packageJson.dependencies)],
    banner: {
      // For bundled CommonJS code.
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  const browser = await build({
    ...SHARED,
    entryPoints: [`${SOURCES}browser.ts`],
    platform: 'browser',
    // The panel is loaded when it is mounted.
    splitting: true,
    chunkNames: 'browser-[hash]',
    external: ['msw', 'msw/*'],
  });
  const contract: unknown = parse(await readFile(`${ROOT}openapi.yaml`, 'utf8'));
  await writeFile(`${DIST}openapi.json`, JSON.stringify(contract));
  const panel = await build({ ...PANEL, outdir: DIST, entryNames: 'panel', metafile: true });
  await writeLicenses([node, browser, panel]);
}

const PANEL: BuildOptions = {
  entryPoints: [`${SOURCES}panel/page.ts`],
  bundle: true,
  format: 'esm',
  target: 'es2023',
  platform: 'browser',
  minify: true,
};

/** The script of the panel's page, as `dist/panel.js` has it, from the sources. */
export async function bundlePanel(): Promise<string> {
  const { outputFiles } = await build({ ...PANEL, write: false });
  const [{ text } = { text: '' }] = outputFiles;
  return text;
}

/** Writes the licences of the bundled packages. Their licences require this. */
async function writeLicenses(results: readonly BuildResult[]): Promise<void> {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  const folders = new Set(
    inputs.flatMap((file) => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  const texts = [...folders].sort().map(async (folder) => {
    const license = (await readdir(ROOT + folder)).find((name) => /^licen[cs]e/i.test(name));
    const text =
      license === undefined ? 'see its package.json' : await readFile(`${ROOT}${folder}/${license}`, 'utf8');
    return `${folder.replace(/.*node_modules\//, '')}\n\n${text.trim()}\n`;
  });
  await writeFile(`${DIST}licenses.txt`, (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`));
}

/**
 * Adds the types to `dist/`.
 *
 * @param check `false` when `npm run types` has checked the sources already: it halves the time.
 * @throws {Error} when the types are wrong.
 */
export function buildTypes({ check = true } = {}): void {
  const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const program = ts.createProgram([`${SOURCES}index.ts`, `${SOURCES}browser.ts`], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: DIST,
    rootDir: SOURCES,
    noCheck: !check,
  });
  const found = check ? ts.getPreEmitDiagnostics(program) : [];
  const diagnostics = [...found, ...program.emit().diagnostics];
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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildScripts();
  buildTypes();
}
