import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { openTestSite } from '../conformance/fronts/chromium.ts';
import { outputAfter, theBlock } from './blocks.ts';
import { AS_BUNDLERS_DO, AS_NODE_DOES, findings } from './compiling.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGE = 'posthog-experiments-mock';
const run = promisify(execFile);
const { devDependencies } = packageJson;
const { resolve } = createRequire(import.meta.url);

/** Packages that the project installs itself, besides the package’s dependencies. */
const OF_PROJECT = ['msw', 'typescript', 'vitest', '@types', '@playwright'];

/** Leaves out this repository's own tools: the package must work without them. */
function isInstalled(name: string): boolean {
  return OF_PROJECT.includes(name) || !(name.startsWith('.') || name in devDependencies);
}

/** The scripts that import msw. */
const ENTRIES = /^(index\.js|required\.cjs|browser\.c?js|vitest\.[cm]js)$/;

/** A project with the package installed from `npm pack`, and one without msw beside it. */
const project = realpathSync(mkdtempSync(join(tmpdir(), 'project-')));
const bare = realpathSync(mkdtempSync(join(tmpdir(), 'project-')));
let tarball: Uint8Array<ArrayBuffer>;
const inProject = { cwd: project, env: { ...process.env, NO_COLOR: '1' } };

beforeAll(async () => {
  // `prepack` would build again.
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', project];
  const { stdout } = await run('npm', pack, { cwd: ROOT });
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[\n')));
  const file = join(project, filename);
  tarball = Uint8Array.from(readFileSync(file));
  await install(file, project, isInstalled);
  await install(file, bare, (name) => isInstalled(name) && name !== 'msw');
  write('package.json', '{ "type": "module" }');
}, 120_000);

afterAll(() => {
  rmSync(project, { recursive: true });
  rmSync(bare, { recursive: true });
});

/** Unpacks the package in a folder, and links the others. */
async function install(file: string, folder: string, isLinked: (name: string) => boolean): Promise<void> {
  const modules = join(folder, 'node_modules');
  const installed = join(modules, PACKAGE);
  mkdirSync(installed, { recursive: true });
  await run('tar', ['-xzf', file, '--strip-components=1', '-C', installed]);
  for (const name of readdirSync(join(ROOT, 'node_modules')).filter(isLinked)) {
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
}

function write(file: string, text: string): string {
  const path = join(project, file);
  writeFileSync(path, text);
  return path;
}

function bin(name: string, file: string): string {
  return join(dirname(resolve(`${name}/package.json`)), file);
}

describe('the three uses', () => {
  it.each([
    ['Node', AS_NODE_DOES],
    ['bundlers', AS_BUNDLERS_DO],
  ])('compile with the modules of %s, and only with scenario names that exist', (_, options) => {
    const wrong = (use: string) =>
      use === 'helpers' ? "createTest({ scenario: 'missing-scop' })" : "mock.use('missing-scop')";
    const files = ['browser', 'vitest', 'helpers', 'node'].map((use) => {
      const refused = `\n// @ts-expect-error: there is no such scenario\n${wrong(use)};\n`;
      return write(`${use}-types.ts`, theBlock(`ts ${use}`) + refused);
    });
    files.push(write('helpers-pact-types.ts', theBlock('ts helpers-pact')));
    expect(findings(project, files, options)).toEqual([]);
  });

  it.each([
    { use: 'node', options: {} },
    {
      use: 'browser',
      options: { types: [], lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'] },
    },
  ])('need only the types of msw and the platform: $use', ({ use, options }) => {
    const file = write(`${use}-strict.ts`, theBlock(`ts ${use}`));
    const strictest = { ...AS_NODE_DOES, exactOptionalPropertyTypes: true, ...options };
    expect(findings(project, [file], strictest)).toEqual([]);
  });

  it('work in a browser', async () => {
    const ready = "\nObject.assign(globalThis, { mock });\ndocument.body.dataset.ready = 'true';\n";
    const site = await openTestSite(pathToFileURL(write('browser.ts', theBlock('ts browser') + ready)));
    try {
      const page = await site.openPage();
      const statuses = await page.evaluate(async () => {
        const ask = async () => {
          const headers = { authorization: 'Bearer phx_experiment_read' };
          return (await fetch('/api/projects/1/experiments/stats/', { headers })).status;
        };
        const before = await ask();
        globalThis.mock.use('missing-scope');
        return [before, await ask()];
      });
      expect(statuses).toEqual([200, 403]);
    } finally {
      await site.close();
    }
  });

  it('work in integration tests', async () => {
    write('experiments.test.ts', theBlock('ts vitest'));
    const { stdout } = await run(
      process.execPath,
      [bin('vitest', 'vitest.mjs'), 'run', '--root', project, 'experiments'],
      inProject,
    ).catch((cause) => cause);
    expect(stdout).toMatch(/Tests +3 passed \(3\)/);
  });

  it('work with the helpers for Vitest', async () => {
    write('helpers.test.ts', theBlock('ts helpers'));
    write('helpers-pact.test.ts', theBlock('ts helpers-pact'));
    const { stdout } = await run(
      process.execPath,
      [bin('vitest', 'vitest.mjs'), 'run', '--root', project, 'helpers'],
      inProject,
    ).catch((cause) => cause);
    expect(stdout).toMatch(/Tests +4 passed \(4\)/);
    const { interactions } = JSON.parse(readFileSync(join(project, 'pact.json'), 'utf8'));
    expect(interactions).toMatchObject([
      { response: { status: 200 } },
      { response: { status: 429 }, providerStates: [{ name: 'throttled' }] },
    ]);
  });

  it('work over HTTP from code', async () => {
    const file = write('server.ts', theBlock('ts node'));
    const tsx = pathToFileURL(resolve('tsx')).href;
    const { stdout, stderr } = await run(process.execPath, ['--import', tsx, file], inProject);
    expect({ stdout, stderr }).toEqual({ stdout: '409\n', stderr: '' });
  });

  it('work with another contract', async () => {
    write('shop.yaml', theBlock('yaml shop'));
    const file = write('shop.ts', theBlock('ts shop'));
    const tsx = pathToFileURL(resolve('tsx')).href;
    const { stdout } = await run(process.execPath, ['--import', tsx, file], inProject);
    expect(stdout.trim()).toBe(outputAfter('ts shop'));
  });
});

describe('the package', () => {
  it('contains every file that its package.json names', () => {
    const { bin, exports } = packageJson;
    const named = JSON.stringify([bin, exports]).match(/(?<=")(?:\.\/)?dist\/[\w.-]+/g) ?? [];
    expect(new Set(named).size).toBe(22);
    for (const file of [...named, 'openapi.yaml', 'fixtures/users.json']) {
      expect(existsSync(join(project, 'node_modules', PACKAGE, file)), file).toBe(true);
    }
  });

  it('is found to be right by publint', async () => {
    const { messages } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
    expect(messages).toEqual([]);
  });

  it('has types for every way to resolve modules, as attw finds', async () => {
    const { types, ...checked } = await checkPackage(createPackageFromTarballData(tarball));
    expect(types).toMatchObject({ kind: 'included' });
    expect(checked).toMatchObject({ problems: [] });
  });

  it('has a command that starts from any directory', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const cli = join(project, 'node_modules', PACKAGE, 'dist/cli.js');
    const { stdout } = await run(process.execPath, [cli, '--version'], inProject);
    expect(stdout).toBe(`${version}\n`);
    expect((await run(process.execPath, [cli, 'validate'], inProject)).stdout).toContain('2 operations');
  });

  it('bundles @mswjs/data without the msw and graphql it imports', () => {
    const dist = join(project, 'node_modules', PACKAGE, 'dist');
    const licenses = readFileSync(join(dist, 'licenses.txt'), 'utf8');
    const bundled = [...licenses.matchAll(/(?:^|-\n\n)(\S+)\n/g)].map(([, name]) => name);
    expect(bundled).toContain('@mswjs/data');
    expect(bundled).not.toContain('graphql');
    expect(bundled).not.toContain('msw');
    const scripts = readdirSync(dist).filter((name) => /\.[cm]?js$/.test(name));
    expect(scripts.length).toBeGreaterThanOrEqual(4);
    for (const name of scripts) {
      const text = readFileSync(join(dist, name), 'utf8');
      expect(text).not.toMatch(/(?:from |require\()["']graphql/);
      if (!ENTRIES.test(name)) expect(text, name).not.toMatch(/(?:from |require\()["']msw/);
    }
  });

  it('has one copy of every class and function that does not need msw, loaded by import and require', async () => {
    const file = write(
      'both.mjs',
      `import { createRequire } from 'node:module';
      import * as imported from '${PACKAGE}';
      const required = createRequire(import.meta.url)('${PACKAGE}');
      const names = Object.keys({ ...imported, ...required });
      console.log(names.filter((name) => imported[name] !== required[name]).join());`,
    );
    const { stdout, stderr } = await run(process.execPath, [file], inProject);
    expect({ stdout, stderr }).toEqual({ stdout: 'createMock,unhandled\n', stderr: '' });
  });
});

describe('without msw', () => {
  it.each([
    { way: 'import', load: `import '${PACKAGE}'`, type: 'module' },
    { way: 'require', load: `require('${PACKAGE}')`, type: 'commonjs' },
  ])('says what to install on $way', async ({ load, type }) => {
    const args = [`--input-type=${type}`, '--eval', load];
    const { stderr } = await run(process.execPath, args, { cwd: bare }).catch((cause) => cause);
    expect(stderr).toContain(`${PACKAGE} needs msw`);
    expect(stderr).toContain('npm install --save-dev msw');
  });

  it('says on require that an old one will not do', async () => {
    const folder = join(project, 'old');
    mkdirSync(join(folder, 'msw'), { recursive: true });
    // What version 2.6 has of what the package imports.
    writeFileSync(join(folder, 'msw/index.js'), 'exports.HttpHandler = class {};');
    const args = ['--input-type=commonjs', '--eval', `require('${PACKAGE}')`];
    const env = { ...process.env, NODE_PATH: folder };
    const { stderr } = await run(process.execPath, args, { cwd: bare, env }).catch((cause) => cause);
    expect(stderr).toContain(`${PACKAGE} needs msw 2 (2.12.10 or later) or 3`);
  });

  it('has a command that works', async () => {
    const cli = join(bare, 'node_modules', PACKAGE, 'dist/cli.js');
    const { stdout } = await run(process.execPath, [cli, 'validate'], { cwd: bare });
    expect(stdout).toContain('2 operations');
  });
});
