import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FIXTURE_FILES } from '../../src/database/rows/types.ts';
import { createMock } from '../../src/index.ts';
import { run } from './running.ts';

const folder = mkdtempSync(join(tmpdir(), 'mock-'));

afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('wrong usage exits with 2', () => {
  it.each([
    [
      ['--port', 'x'],
      "error: option '-p, --port <number>' argument 'x' is invalid. Expected a port, 0 to 65535.",
    ],
    [['--port', '70000'], 'Expected a port, 0 to 65535.'],
    [
      ['--delay', 'soon'],
      "option '--delay <ms>' argument 'soon' is invalid. Expected milliseconds from 0 to 60000, or a range such as 100-500.",
    ],
    [
      ['--delay', '70000'],
      "option '--delay <ms>' argument '70000' is invalid. Expected milliseconds from 0 to 60000",
    ],
    [
      ['--delay', '500-100'],
      "option '--delay <ms>' argument '500-100' is invalid. Expected milliseconds from 0",
    ],
    [
      ['--scenario', 'missing-scop'],
      'error: --scenario: There is no scenario "missing-scop". Did you mean "missing-scope"?',
    ],
    [
      ['--scenario', 'experiments_stats_retrieve=flag-required'],
      'error: --scenario: experiments_stats_retrieve has no scenario "flag-required". It has: ok, ',
    ],
    [['--scenario', 'ok', 'throttled'], '--scenario "throttled": the whole mock has "ok" already; give one.'],
    [
      ['--scenario', 'experiments_stats_retrieve=ok', 'experiments_stats_retrieve=throttled'],
      'experiments_stats_retrieve has "ok" already; give one.',
    ],
    [
      ['--scenario', '=ok'],
      '--scenario "=ok": give the name of a scenario for the whole mock, or "operationId',
    ],
    [['--scenario', 'default=ok'], '--scenario "default=ok": give the name of a scenario'],
    [['--scenario', '__proto__=ok'], 'There is no operation "__proto__".'],
    [
      ['--now', 'yesterday'],
      "option '--now <time>' argument 'yesterday' is invalid. The clock takes a valid Date",
    ],
    [['--auth', 'maybe'], 'Allowed choices are enforce, off.'],
    [['--colour'], "error: unknown option '--colour'"],
    [
      ['scenari'],
      'error: There is no command "scenari". Did you mean "scenarios"? The commands are: serve, ',
    ],
    [['--strict', 'validate'], 'error: The command comes first: posthog-experiments-mock validate …'],
    [['--json', 'scenarios', '--all'], 'The command comes first: posthog-experiments-mock scenarios …'],
    [['serve', 'validate'], 'error: serve takes no words; found "validate".'],
    [['--token', '--watch'], "error: option '--token <token>' argument missing; found --watch"],
    [['--token', '-p0'], "error: option '--token <token>' argument missing; found -p0"],
    [['--coverage-file', '--port=0'], "option '--coverage-file <file>' argument missing; found --port=0"],
    [['validate', '--contract', '--strict'], "option '--contract <file>' argument missing; found --strict"],
  ])('%j', async (args, message) => {
    const { code, out, err } = await run(args).finished;
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

it('with --json, wrong usage is a JSON line, too', async () => {
  const { code, err } = await run(['--json', '--colour']).finished;
  expect(code).toBe(2);
  expect(JSON.parse(err)).toMatchObject({
    level: 'error',
    message: expect.stringMatching(/^unknown option '--colour'/),
  });
});

describe('a value from the environment is blamed on its variable', () => {
  it.each([
    [{ PORT: 'x' }, "value 'x' from env 'PORT' is invalid. Expected a port, 0 to 65535."],
    [{ HOST: '0.0.0.0' }, 'error: HOST=0.0.0.0 lets other machines reach the control plane'],
    [{ MOCK_TOKEN: '' }, 'error: MOCK_TOKEN is empty'],
  ])('%j', async (env, message) => {
    const { code, err } = await run([], env).finished;
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});

describe('unusable input exits with 1 and a one-line error', () => {
  it.each([
    [['--contract', 'no/such.yaml'], 'error: no/such.yaml: there is no such file'],
    [
      ['--contract', 'https://shop.example/a.yaml'],
      'a.yaml: a URL is not fetched; download the document first',
    ],
    [['--contract', 'file:///no/such.yaml'], 'error: /no/such.yaml: there is no such file'],
    [['--contract', 'file://host/a.yaml'], 'error: file://host/a.yaml: there is no such file'],
    [['--contract', 'fixtures'], 'error: fixtures: it is a directory'],
    [['--fixtures', 'no/such'], 'error: The fixture directory no/such cannot be read (ENOENT'],
    [['--host', 'http://localhost'], 'error: http://localhost is not an address of this machine'],
    [
      ['--host', 'localhost:4010'],
      'not an address of this machine; --host takes one, such as 127.0.0.1, with',
    ],
    [
      ['--host', '203.0.113.7', '--port', '0', '--no-control'],
      'error: 203.0.113.7 is not an address of this machine',
    ],
  ])('%j', async (args, message) => {
    const { code, out, err } = await run(args).finished;
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect({ code, out }).toEqual({ code: 1, out: '' });
  });

  it('a contract that is not YAML', async () => {
    const contract = file('broken.yaml', 'openapi: [3.1.0\n');
    const { code, err } = await run(['--contract', contract]).finished;
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`^error: ${contract}: .*line \\d`));
  });
});

it('prints its version', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await run(['--version']).finished).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

describe('scenarios', () => {
  it('lists the catalogue', async () => {
    const { code, out } = await run(['scenarios']).finished;
    expect(code).toBe(0);
    for (const { name } of createMock().scenarios) expect(out).toMatch(new RegExp(`^${name} `, 'm'));
    expect(out).not.toContain('\u001b');
  });

  it('lists it as JSON', async () => {
    const { out } = await run(['scenarios', '--json']).finished;
    expect(JSON.parse(out)).toEqual(createMock().scenarios);
  });
});

describe('validate', () => {
  it('prints what it found and exits with 0', async () => {
    const { code, out, err } = await run(['validate']).finished;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /^openapi.yaml: 2 operations, \d+ scenarios\nfixtures: \d+ rows \(.*personalApiKeys 11.*\)\n$/,
    );
  });

  it('counts one as one, and no rows where the API has none', async () => {
    const contract = file('one.yaml', 'openapi: 3.1.0\npaths: { /a: { get: { responses: { 204: {} } } } }\n');
    const { out } = await run(['validate', '--contract', contract]).finished;
    expect(out).toBe(`${contract}: 1 operation, 3 scenarios\n`);
    const { code, err } = await run(['validate', '--contract', contract, '--fixtures', 'fixtures']).finished;
    expect([code, err]).toEqual([2, expect.stringContaining('"fixtures" are rows of PostHog')]);
  });

  it('counts rows in the singular, too', async () => {
    const rows = mkdtempSync(join(folder, 'rows-'));
    for (const { file: name } of FIXTURE_FILES) writeFileSync(join(rows, name), '[]');
    writeFileSync(
      join(rows, 'organizations.json'),
      '[{ "id": "0f1e2d3c-0001-4a6b-8c9d-000000000001", "name": "A" }]',
    );
    const { out } = await run(['validate', '--fixtures', rows]).finished;
    expect(out).toContain(`\n${rows}: 1 row (`);
  });

  it('reports contract and fixtures together and exits with 1', async () => {
    const contract = file('old.yaml', 'openapi: 3.3.0\n');
    file('experiments.json', '[{ "id": "one", "project_id": 1 }]');
    const { code, out, err } = await run(['validate', '--contract', contract, '--fixtures', folder]).finished;
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`error: ${contract}#/openapi: `);
    expect(err).toContain(`error: ${join(folder, 'experiments.json')}#/0/id: `);
  });

  it('reports rows for which Node has too little memory, before Node runs out of it', async () => {
    const large = mkdtempSync(join(folder, 'large-'));
    const rows = Array.from({ length: 200_000 }, (_, index) => `{"id":${index + 1},"project_id":1}`);
    writeFileSync(join(large, 'experiments.json'), `[${rows.join()}]`);
    const small = { NODE_OPTIONS: '--max-old-space-size=100' };
    const { code, err } = await run(['validate', '--fixtures', large], small).finished;
    expect([code, err]).toEqual([1, expect.stringContaining('are too large: the 200000 rows need 287 MiB')]);
    expect(err).toContain('or NODE_OPTIONS=--max-old-space-size=287.');
  });

  it('reports YAML for which Node has too little memory, which JSON does not need', async () => {
    const small = { NODE_OPTIONS: '--max-old-space-size=100' };
    const long = `"x-long":"${'a'.repeat(4_000_000)}"`;
    const yaml = file('long.yaml', `openapi: 3.1.0\n? ${long.replace(':', '\n: ')}\n`);
    const { code, err } = await run(['validate', '--contract', yaml], small).finished;
    expect([code, err]).toEqual([1, expect.stringContaining('long.yaml: 4 MiB of YAML may need 191 MiB')]);
    const paths = '"paths":{"/a":{"get":{"responses":{"200":{"description":"d"}}}}}';
    const json = file('long.json', `{"openapi":"3.1.0","info":{"title":"t","version":"1"},${paths},${long}}`);
    expect((await run(['validate', '--contract', json], small).finished).code).toBe(0);
  });

  describe('of an odd contract', () => {
    const statuses = Array.from({ length: 15 }, (_, index) => `        '${600 + index}': {}\n`).join('');
    const odd = () =>
      file('odd.yaml', `openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses:\n${statuses}`);

    it('groups what is odd, and exits with 0', async () => {
      const { code, out, err } = await run(['validate', '--contract', odd()]).finished;
      expect(code).toBe(0);
      expect(out).toMatch(/: 1 operation, /);
      expect(err.match(/#\/paths\/~1a\/get\/responses\/6\d\d: /g)).toHaveLength(3);
      expect(err).toMatch(/^warning: status \(15\): A status is not one; its response is left out\.\n/);
      expect(err).toContain('  … and 12 more, which --all lists.\nwarning: missing-member (1): ');
    });

    it('lists everything with --all', async () => {
      const { err } = await run(['validate', '--contract', odd(), '--all']).finished;
      expect(err.match(/#\/paths\/~1a\/get\/responses\/6\d\d: /g)).toHaveLength(15);
      expect(err).not.toContain('more');
    });

    it('exits with 1 with --strict', async () => {
      const { code, err } = await run(['validate', '--contract', odd(), '--strict']).finished;
      expect([code, err]).toEqual([1, expect.stringMatching(/^error: status \(15\): /)]);
      expect(err).not.toContain('warning:');
    });

    it('writes JSON', async () => {
      const { code, out, err } = await run(['validate', '--contract', odd(), '--json']).finished;
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(JSON.parse(out)).toMatchObject({
        isValid: true,
        errors: [],
        warnings: [
          { kind: 'status', count: 15, findings: [{}, {}, {}] },
          { kind: 'missing-member', count: 1 },
        ],
      });
    });
  });

  it('reports a file that is not a collection, and one that is not JSON', async () => {
    const stray = mkdtempSync(join(folder, 'stray-'));
    writeFileSync(join(stray, 'experiment.json'), '[]');
    const { err } = await run(['validate', '--fixtures', stray]).finished;
    expect(err).toContain('there is no such collection. Did you mean "experiments.json"?');
    rmSync(join(stray, 'experiment.json'));
    writeFileSync(join(stray, 'experiments.json'), '[\n  { "id": 1, }\n]');
    const { err: second } = await run(['validate', '--fixtures', stray]).finished;
    expect(second).toContain(`${join(stray, 'experiments.json')}: this is not JSON (`);
    expect(second).toContain('line 2, column 14');
  });

  it('takes no hidden file for a collection, such as the lock of an editor', async () => {
    const rows = mkdtempSync(join(folder, 'hidden-'));
    writeFileSync(join(rows, '.#experiments.json'), 'somebody@somewhere');
    expect(await run(['validate', '--fixtures', rows]).finished).toMatchObject({ code: 0, err: '' });
  });
});

describe('a bug exits with 1 and a stack trace', () => {
  it.each([
    [['scenarios'], "String.prototype.padEnd = () => { throw new TypeError('seeded') }"],
    [['validate'], "process.stdout.write = () => { throw new RangeError('seeded') }"],
    [
      ['validate', '--contract', 'openapi.yaml'],
      "import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module'; fs.statSync = () => { throw new TypeError('seeded') }; syncBuiltinESMExports()",
    ],
    [
      ['serve'],
      "import { Server } from 'node:http'; Server.prototype.listen = () => { throw new TypeError('seeded') }",
    ],
  ])('in %j', async (args, bug) => {
    const seed = `data:text/javascript,${encodeURIComponent(bug)}`;
    const { code, out, err } = await run(args, { NODE_OPTIONS: `--import=${seed}` }).finished;
    expect(err).toMatch(/^error: (Type|Range)Error: seeded\n +at .*data:text\/javascript/);
    expect({ code, out }).toEqual({ code: 1, out: '' });
  });
});
