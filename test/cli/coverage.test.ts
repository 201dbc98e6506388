import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Coverage, createMock, mergeCoverage, renderCoverage } from '../../src/index.ts';
import { ask, NOW, PATHS, prefer, STATS } from '../mock/asking.ts';
import { type Finished, run } from './running.ts';

const folder = mkdtempSync(join(tmpdir(), 'mock-'));

afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

const coverageOf = (...codes: readonly number[]): Coverage => {
  const mock = createMock({ now: NOW });
  for (const code of codes) prefer(mock, `code=${code}`);
  return mock.coverage();
};

const report = (...args: readonly string[]): Promise<Finished> => run(['coverage', ...args]).finished;

describe('coverage', () => {
  const [one, other] = [coverageOf(200, 429), coverageOf(500)];
  const files = [file('one.json', one), file('other.json', other)] as const;
  const merged = mergeCoverage([one, other]);

  it('adds up files, and shows them as a table', async () => {
    expect(await report(...files)).toEqual({ code: 0, out: `${renderCoverage(merged)}\n`, err: '' });
  });

  it('writes JSON that it can read again', async () => {
    const { out } = await report(...files, '--format', 'json');
    expect(JSON.parse(out)).toEqual(merged);
    expect((await report(file('merged.json', out))).out).toBe(`${renderCoverage(merged)}\n`);
  });

  it('reads standard input', async () => {
    const { child, finished } = run(['coverage', '-', files[1]]);
    child.stdin?.end(JSON.stringify(one));
    expect((await finished).out).toBe(`${renderCoverage(merged)}\n`);
  });

  it('waits for standard input, and adds up what it has written itself', async () => {
    const { child, finished } = run(['coverage', '-']);
    const { out } = await report(...files, '--format', 'json');
    child.stdin?.write(out.slice(0, 100));
    // By then the first command, which started earlier, is reading.
    await report(...files);
    child.stdin?.end(out.slice(100));
    expect(await finished).toEqual({ code: 0, out: `${renderCoverage(merged)}\n`, err: '' });
  });

  it('exits with 1 when a threshold is missed', async () => {
    const { code, err } = await report(
      ...files,
      ...['--threshold', 'operations=50', '--threshold', 'scenarios=99.5', '--threshold', 'statuses=100'],
    );
    expect(code).toBe(1);
    const [first, second, ...others] = err.split('\n');
    expect(first).toMatch(/^error: statuses: \d+ of \d+ \(\d+ %\) are covered, less than 100 %\.$/);
    expect(second).toMatch(/^error: scenarios: 3 of \d+ \(\d+ %\) are covered, less than 99\.5 %\.$/);
    expect(others).toEqual(['']);
  });

  it.each([
    { what: 'a file that is not there', args: ['none.json'], err: '"none.json" cannot be read: ENOENT' },
    {
      what: 'text',
      args: [file('text.json', 'x')],
      err: 'text.json" is not a file of coverage: it is not JSON.',
    },
    {
      what: 'something else',
      args: [file('else.json', { ...one, version: 2 })],
      err: 'else.json" is not a file of coverage: /version: expected 1, found 2. It takes',
    },
    {
      what: 'a file with more wrong than one thing',
      args: [file('package.json', { name: 'x', version: '0.1.0' })],
      err: 'package.json" is not a file of coverage: "operations", "totals" are missing, and 2 more. It takes',
    },
    { what: 'no file', args: [], err: "missing required argument 'files'" },
    {
      what: 'a kind that does not exist',
      args: [files[0], '--threshold', 'lines=80'],
      err: 'Expected a kind and a percentage, such as operations=80. The kinds are: operations, statuses,',
    },
    { what: 'more than all', args: [files[0], '--threshold', 'operations=101'], err: 'Expected a kind and' },
  ])('exits with 2 on $what', async ({ args, err }) => {
    const finished = await report(...args);
    expect(finished.code).toBe(2);
    expect(finished.err).toContain(err);
    expect(finished.out).toBe('');
  });
});

describe('serve --coverage-file', () => {
  it('writes what the server and its sessions have answered when it ends', async () => {
    const path = join(folder, 'served.json');
    const { child, url, finished } = run(['--port', '0', '--now', NOW, '--coverage-file', path]);
    onTestFinished(() => void child.kill('SIGKILL'));
    const base = await url();
    const opened = await fetch(`${base}/__mock__/sessions`, { method: 'POST' });
    const { baseUrl }: { readonly baseUrl: string } = await opened.json();
    const headers = { authorization: 'Bearer phx_experiment_read' };
    await fetch(base + PATHS[STATS], { headers });
    await fetch(baseUrl + PATHS[STATS], { headers: { ...headers, prefer: 'scenario=throttled' } });
    child.kill('SIGTERM');
    expect((await finished).code).toBe(0);
    const mock = createMock({ now: NOW });
    ask(mock);
    prefer(mock, 'scenario=throttled');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(mock.coverage());
  });

  it('does not start when the file cannot be written', async () => {
    const path = join(folder, 'none', 'served.json');
    const { code, err } = await run(['--port', '0', '--coverage-file', path]).finished;
    expect(code).toBe(2);
    expect(err).toContain(`--coverage-file "${path}" cannot be written: ENOENT`);
  });
});
