import { exec } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { type Running, run } from './running.ts';

const PATH = '/api/projects/1/experiments/stats/';
const KEY = { authorization: 'Bearer phx_experiment_read' };
const CONTRACT = new URL('../../openapi.yaml', import.meta.url);

const started: Running[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  await Promise.all(started.splice(0).map(({ finished }) => finished));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function serve(...args: string[]): Running {
  const running = run(['serve', '--port', '0', ...args]);
  started.push(running);
  return running;
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'mock-'));
  folders.push(made);
  return made;
}

describe('serve', () => {
  it('says where it listens, what it answers, and a command that works when pasted', async () => {
    const { url, texts } = serve();
    const base = await url();
    await expect.poll(() => texts.out).toContain('Try it: ');
    expect(texts.out).toContain('GET /api/projects/{project_id}/experiments/stats/');
    expect(texts.out).not.toContain('\u001b');
    const [, command = ''] = /Try it: (curl .*)/.exec(texts.out) ?? [];
    const { stdout } = await promisify(exec)(command.replace('curl', 'curl -s'));
    expect(JSON.parse(stdout)).toMatchObject({ launched_last_30d: 8 });
    expect(command).toContain(base);
  });

  it('logs each request without its secrets', async () => {
    const { url, texts } = serve();
    const base = await url();
    await fetch(`${base}${PATH}?personal_api_key=phx_experiment_read`);
    await expect
      .poll(() => texts.out)
      .toMatch(/GET \/api\S+\?personal_api_key=\[redacted\] → 200 ok \(database\)/);
  });

  it('logs JSON lines, one for each event', async () => {
    const { url, texts } = serve('--json');
    const base = await url();
    await fetch(`${base}/nowhere`);
    await expect.poll(() => texts.out.trim().split('\n').length).toBe(2);
    const [ready, miss] = texts.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(ready).toMatchObject({ level: 'info', url: base });
    expect(miss).toMatchObject({ level: 'warn', method: 'GET', url: '/nowhere', status: 404 });
  });

  it('writes nothing but errors when told so', async () => {
    const running = run(['--port', '46017', '--log-level', 'error', '--host', '127.0.0.1']);
    started.push(running);
    await expect
      .poll(
        () =>
          fetch(`http://127.0.0.1:46017${PATH}`, { headers: KEY }).then(
            ({ status }) => status,
            () => 0,
          ),
        {
          timeout: 20_000,
        },
      )
      .toBe(200);
    expect(running.texts).toEqual({ out: '', err: '' });
  });

  it.each([
    [['--scenario', 'missing-scope'], 403],
    [['--scenario', 'experiments_stats_retrieve=throttled'], 429],
    [['--scenario', 'experiments_requires_flag_implementation_retrieve=throttled'], 401],
    [['--auth', 'off'], 200],
    [['--now', '2026-01-01T00:00:00Z', '--delay', '0-5', '--validate', 'off', '--throttle', 'enforce'], 401],
  ])('with %j answers a request without a key with %i', async (args, status) => {
    const base = await serve(...args).url();
    expect((await fetch(base + PATH)).status).toBe(status);
  });

  it('takes the port from the environment, and a flag before it', async () => {
    const taken = serve();
    const base = await taken.url();
    const { port } = new URL(base);
    const { code, err } = await run([], { PORT: port }).finished;
    expect({ code, err }).toEqual({
      code: 1,
      err: `error: Port ${port} on 127.0.0.1 is in use; choose another with --port, or any free one with --port 0.\n`,
    });
    const other = run(['--port', '0'], { PORT: port });
    started.push(other);
    expect(await other.url()).not.toBe(base);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('drains and ends with 0 on %s', async (signal) => {
    const running = serve();
    const base = await running.url();
    await fetch(base + PATH, { headers: KEY });
    running.child.kill(signal);
    expect((await running.finished).code).toBe(0);
  });
});

describe('serve --watch', () => {
  it('reads a changed contract, and keeps the last good one when an edit breaks it', async () => {
    const contract = join(folder(), 'openapi.yaml');
    const text = readFileSync(CONTRACT, 'utf8');
    writeFileSync(contract, text);
    const { url, texts } = serve('--watch', '--contract', contract);
    const base = await url();
    const at = (path: string) => fetch(base + path, { headers: KEY }).then(({ status }) => status);
    expect(await at(PATH)).toBe(200);

    writeFileSync(contract, text.replaceAll('/experiments/stats/', '/experiments/figures/'));
    await expect.poll(() => at('/api/projects/1/experiments/figures/'), { timeout: 10_000 }).toBe(200);
    expect(await at(PATH)).toBe(404);

    writeFileSync(contract, 'openapi: 3.1.0\npaths: 7\n');
    await expect.poll(() => texts.err, { timeout: 10_000 }).toContain('the last good version stays in use');
    expect(texts.err).toContain(`${contract}#`);
    expect(await at('/api/projects/1/experiments/figures/')).toBe(200);
  });

  it('reads changed fixtures, and names file and row when an edit breaks them', async () => {
    const fixtures = folder();
    const file = join(fixtures, 'experiments.json');
    writeFileSync(file, '[]');
    const { url, texts } = serve('--watch', '--fixtures', fixtures);
    const base = await url();
    const active = () =>
      fetch(base + PATH, { headers: KEY })
        .then((response) => response.json())
        .then(({ active_experiments }) => active_experiments);
    expect(await active()).toBe(0);

    writeFileSync(file, '[{ "id": 1, "project_id": 1, "start_date": "now-1d" }]');
    await expect.poll(active, { timeout: 10_000 }).toBe(1);

    writeFileSync(file, '[{ "id": 1, "project_id": 1, "start_dat": "now-1d" }]');
    await expect.poll(() => texts.err, { timeout: 10_000 }).toContain(`${file}#/0/start_dat`);
    expect(await active()).toBe(1);
  });
});

describe('fixtures', () => {
  it('replace the packaged collections of their names', async () => {
    const fixtures = folder();
    cpSync(new URL('../../fixtures', import.meta.url), fixtures, { recursive: true });
    const base = await serve('--fixtures', fixtures).url();
    expect((await fetch(base + PATH, { headers: KEY })).status).toBe(200);
  });
});
