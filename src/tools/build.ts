/**
 * Builds the package: `dist/index` and `dist/cli.js` for Node, `dist/browser` for browsers, `dist/panel.js` for the page
 * of the server, the helpers for test suites, and the types. The two entries are ES modules and CommonJS. In Node both load the same CommonJS chunks,
 * so that an error thrown by one is an instance of the other's class; only the entries import msw, and each gets the
 * msw that its user gets.
 *
 * ```sh
 * npm run build
 * ```
 */
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type BuildOptions, type BuildResult, build, type Plugin, transform } from 'esbuild';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import ts from 'typescript';
import packageJson from '../../package.json' with { type: 'json' };
import packaged from '../generated/packaged.json' with { type: 'json' };
import { digestOf } from '../packaged.ts';
import { PANEL } from './bundle-panel.ts';

/**
 * Bundles only the part of @mswjs/data that is used. The package imports all of msw and graphql for request handlers
 * that we do not use, and all of lodash and date-fns for a function of each.
 */
export const leanData: Plugin = {
  name: 'lean-data',
  setup({ onResolve, onLoad, initialOptions }) {
    onResolve({ filter: /^(msw|graphql)(\/|$)|^(lodash|date-fns)$/ }, ({ path, importer, resolveDir }) =>
      importer.includes('@mswjs/data') ? { path, namespace: 'lean-data', pluginData: resolveDir } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'lean-data' }, ({ path, pluginData: resolveDir }) => ({
      contents: USED_BY_DATA[path] ?? 'module.exports = new Proxy({}, { get: () => function () {} });',
      resolveDir,
    }));
    // In a bundle, a plain `require` loads on demand as well.
    onLoad({ filter: /[\\/](mswjs-data|js-yaml|negotiator|re2js|regexpp)\.cjs$/ }, ({ path }) => ({
      contents: `module.exports = () => ${loadOf(basename(path, '.cjs'), initialOptions.platform)};`,
      resolveDir: ROOT,
    }));
  },
};

/** Pages do without these: re2js alone would be a third of their build. */
const NOT_IN_PAGES = new Set(['re2js', 'regexpp']);
/** The packages that are not called as the file that loads them. */
const PACKAGES: Readonly<Record<string, string>> = {
  'mswjs-data': '@mswjs/data',
  negotiator: 'negotiator/lib/mediaType.js',
  regexpp: '@eslint-community/regexpp',
};

function loadOf(name: string, platform: string | undefined): string {
  if (NOT_IN_PAGES.has(name) && platform === 'browser') return 'null';
  return `require('${PACKAGES[name] ?? name}')`;
}

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

/**
 * Empties `dist/` and builds all of the package but the types.
 * @throws {Error} when `openapi.yaml` has been edited since `npm run generate`.
 */
export async function buildScripts(): Promise<void> {
  const text = await readFile(`${ROOT}openapi.yaml`, 'utf8');
  if (digestOf(text) !== packaged.contractDigest)
    throw new Error('openapi.yaml has been edited: run `npm run generate` first.');
  await rm(DIST, { recursive: true, force: true });
  await mkdir(DIST);
  const node = await buildNode();
  const browser = { ...SHARED, entryPoints: [`${SOURCES}browser.ts`], external: OF_USERS };
  const browsers = await Promise.all([
    // The panel is loaded when it is mounted.
    build({ ...browser, platform: 'browser', splitting: true, chunkNames: 'browser-[hash]' }),
    // Bundlers take the one above, so nobody reads this.
    build({ ...browser, platform: 'browser', format: 'cjs', outExtension: CJS, minify: true }),
  ]);
  const helpers = await buildHelpers();
  await writeFile(`${DIST}openapi.json`, JSON.stringify(packaged.contract));
  const panel = await build({ ...PANEL, outdir: DIST, entryNames: 'panel', metafile: true });
  await writeLicenses([node, ...browsers, ...helpers, panel]);
}

/** The user and the entries have to load the same msw. */
const OF_USERS = ['msw', 'msw/*'];
const CJS = { '.js': '.cjs' };

/** The helpers for test suites. Vitest runs no CommonJS, and says so when it is required. */
const HELPERS = {
  vitest: `${SOURCES}adapters/vitest/vitest.ts`,
  'vitest-reporter': `${SOURCES}adapters/vitest/coverage-reporter.ts`,
  playwright: `${SOURCES}adapters/playwright/playwright.ts`,
} as const;

/** What has types. */
const ENTRIES = { index: `${SOURCES}index.ts`, browser: `${SOURCES}browser.ts`, ...HELPERS };

/** Helpers load the package as their users do, so that its mocks and its errors are the users' own. */
function packageEntry(entry: string): Plugin {
  return {
    name: 'package-entry',
    setup: ({ onResolve }) => {
      onResolve({ filter: /\/(index|usage-error)\.ts$/ }, () => ({ path: entry, external: true }));
    },
  };
}

/** For packages that are loaded on demand. */
const WITH_REQUIRE = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);`;

async function buildHelpers(): Promise<BuildResult[]> {
  const packages = Object.keys({ ...packageJson.peerDependencies, ...packageJson.dependencies });
  const builds = (['esm', 'cjs'] as const).map((format) => {
    const extension = format === 'esm' ? 'mjs' : 'cjs';
    return build({
      ...SHARED,
      entryPoints: HELPERS,
      format,
      platform: 'node',
      outExtension: { '.js': `.${extension}` },
      banner: format === 'esm' ? { js: WITH_REQUIRE } : {},
      plugins: [packageEntry(`./index.${extension}`), leanData],
      external: [...OF_USERS, ...packages],
    });
  });
  return Promise.all(builds);
}

/** esbuild splits ES modules only; what the entries share is turned into CommonJS afterwards. */
async function buildNode(): Promise<BuildResult> {
  const result = await build({
    ...SHARED,
    entryPoints: {
      index: `${SOURCES}index.ts`,
      cli: `${SOURCES}cli/main.ts`,
      'explain-msw': `${SOURCES}explain-msw.ts`,
    },
    platform: 'node',
    splitting: true,
    outExtension: CJS,
    // @mswjs/data is not among them: bundled, it comes without most of what it depends on.
    external: [...OF_USERS, ...Object.keys(packageJson.dependencies)],
    write: false,
  });
  const { exports = [] } = result.metafile?.outputs['dist/index.cjs'] ?? {};
  for (const { path, text } of result.outputFiles) {
    const name = basename(path, '.cjs');
    if (name === 'index') {
      await writeFile(`${DIST}index.js`, text);
      await writeFile(`${DIST}required.cjs`, await toCommonJs(text));
    } else await writeFile(path, await toCommonJs(text));
  }
  await writeFile(`${DIST}index.mjs`, importing(exports));
  await writeFile(`${DIST}index.cjs`, REQUIRING);
  await writeFile(`${DIST}cli.js`, COMMAND);
  await chmod(`${DIST}cli.js`, 0o755);
  return result;
}

/**
 * The entry of Node and of test runners, which says what to install when msw is missing. Bundlers take `index.js`: they
 * say so themselves, and some cannot bundle the `await`.
 */
function importing(names: readonly string[]): string {
  return `import { explainMsw } from './explain-msw.cjs';
export const { ${names.join(', ')} } = await import('./index.js').catch(explainMsw);
`;
}

/** The same for `require`. */
const REQUIRING = `const { explainMsw } = require('./explain-msw.cjs');
try {
  module.exports = require('./required.cjs');
} catch (cause) {
  explainMsw(cause);
}
`;

/** The command. When Node imports CommonJS, it parses all of it to find the names of its exports. */
const COMMAND = `#!/usr/bin/env node
import { createRequire } from 'node:module';
createRequire(import.meta.url)('./cli.cjs');
`;

async function toCommonJs(module: string): Promise<string> {
  const { code } = await transform(module, {
    format: 'cjs',
    platform: 'node',
    target: 'es2023',
    // Jest runs no `import()` in CommonJS.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'moduleUrl' },
    banner: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;",
    // esbuild exports getters, which each use of a function of another chunk would call.
    footer: "module.exports = Object.defineProperty({ ...module.exports }, '__esModule', { value: true });",
  });
  return code;
}

const MODULES = 'node_modules/';

/** Writes the licences of the bundled packages. Their licences require this. */
async function writeLicenses(results: readonly BuildResult[]): Promise<void> {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  const folders = new Set(
    inputs.flatMap((file) => {
      const at = file.lastIndexOf(MODULES) + MODULES.length;
      const [name] = /^(?:@[^/]+\/)?[^/]+/.exec(file.slice(at)) ?? [];
      return at < MODULES.length || name === undefined ? [] : [file.slice(0, at) + name];
    }),
  );
  const texts = [...folders].sort().map(async (folder) => {
    const license = (await readdir(ROOT + folder)).find((name) => /^licen[cs]e/i.test(name));
    const text =
      license === undefined ? 'see its package.json' : await readFile(`${ROOT}${folder}/${license}`, 'utf8');
    const name = folder.slice(folder.lastIndexOf(MODULES) + MODULES.length);
    return `${name}\n\n${text.trim()}\n`;
  });
  await writeFile(`${DIST}licenses.txt`, (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`));
}

/**
 * Adds the types to `dist/`, in one file for each entry and module format.
 *
 * @param check `false` when `npm run types` has checked the sources already: it halves the time.
 * @throws {Error} when the types are wrong.
 */
export async function buildTypes({ check = true } = {}): Promise<void> {
  if (check) checkTypes();
  for (const [name, file] of Object.entries(ENTRIES)) {
    const isHelper = name in HELPERS;
    const bundle = await rollup({
      input: file,
      external: (id) => !/^[./]/.test(id) || (isHelper && id.endsWith('/index.ts')),
      plugins: [dts({ tsconfig: `${ROOT}tsconfig.json` })],
    });
    // For `Disposable`, which the types of Node bring, and those of browsers do not.
    const disposable = '/// <reference lib="esnext.disposable" preserve="true" />';
    // TypeScript 6 and later takes no types that a project does not name.
    const node = '/// <reference types="node" preserve="true" />';
    const banner = [disposable, ...(name === 'browser' ? [] : [node])].join('\n');
    const write = async (ending: string, entry: string): Promise<void> => {
      const paths = (id: string) => (id === `${SOURCES}index.ts` ? entry : id);
      const { output } = await bundle.generate({ banner, paths });
      await writeFile(`${DIST}${name}${ending}`, output[0].code);
    };
    await write('.d.ts', './index.js');
    await write('.d.cts', './index.cjs');
  }
}

/** @throws {Error} when the types of the entries are wrong. */
function checkTypes(): void {
  const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const program = ts.createProgram(Object.values(ENTRIES), options);
  const diagnostics = ts.getPreEmitDiagnostics(program);
  if (diagnostics.length === 0) return;
  throw new Error(
    ts.formatDiagnostics(diagnostics, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => ROOT,
      getNewLine: () => '\n',
    }),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildScripts();
  await buildTypes();
}
