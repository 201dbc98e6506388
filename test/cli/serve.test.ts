import { exec } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { openControl } from '../server/support/control.ts';
import { readEvents } from '../server/support/events.ts';
import { API, KEY } from '../server/support/server.ts';
import { freePort, type Running, run } from './running.ts';

const CONTRACT = new URL('../../openapi.yaml', import.meta.url);

const started: Running[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  await Promise.all(started.splice(0).map(({ finished }) => finished));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function serve(...args: string[]): Running {
  return serveWith({}, ...args);
}

function serveWith(env: NodeJS.ProcessEnv, ...args: string[]): Running {
  const running = run(['serve', '--port', '0', ...args], env);
  started.push(running);
  return running;
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'mock-'));
  folders.push(made);
  return made;
}

describe('serve', () => {
  it('prints its URL, its routes and a curl command that works when pasted', async () => {
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

  it('says what is not the default, and nothing where everything is', async () => {
    const { url, texts } = serve();
    await url();
    await expect.poll(() => texts.out).toContain('Try it: ');
    expect(texts.out).not.toContain('Not default');
  });

  const EVERYTHING = () => [
    ...['--scenario', 'throttled', 'experiments_stats_retrieve=trend-up', '--now', '2026-01-31T12:00:00Z'],
    ...['--delay', '1-5', '--auth', 'off', '--throttle', 'enforce', '--validate', 'off', '--watch'],
    ...['--provider', 'posthog', '--strict'],
    ...[
      '--contract',
      fileURLToPath(CONTRACT),
      '--fixtures',
      fileURLToPath(new URL('../../fixtures', import.meta.url)),
    ],
    ...['--coverage-file', join(folder(), 'coverage.json')],
    ...['--cors-origin', 'http://localhost:5173', '--token', 'Token4711', '--allowed-host', 'mock.internal'],
  ];

  it('says all of it in one line', async () => {
    const { url, texts } = serve(...EVERYTHING());
    await url();
    await expect.poll(() => texts.out).toContain('Not default: ');
    const [, line] = /^Not default: (.*)$/m.exec(texts.out) ?? [];
    expect(line?.replaceAll(/ \/\S+\//g, ' ')).toBe(
      'scenario throttled, experiments_stats_retrieve=trend-up; clock fixed at 2026-01-31T12:00:00.000Z; delay 1 to 5 ms; auth off; throttle enforce; validate off; contract openapi.yaml; provider posthog; strict; fixtures fixtures; watch; coverage into coverage.json; CORS for http://localhost:5173; control plane with a token; control plane also at mock.internal',
    );
    expect(texts.out).not.toContain('4711');
  });

  it('says all of it as fields of the JSON line', async () => {
    const { url, texts } = serve('--json', ...EVERYTHING());
    await url();
    expect(JSON.parse(texts.out.trim().split('\n')[0] ?? '')).toMatchObject({
      scenario: { default: 'throttled', operations: { experiments_stats_retrieve: 'trend-up' } },
      now: '2026-01-31T12:00:00.000Z',
      delay: [1, 5],
      auth: 'off',
      throttle: 'enforce',
      validate: 'off',
      contract: fileURLToPath(CONTRACT),
      provider: 'posthog',
      strict: true,
      fixtures: expect.stringContaining('fixtures'),
      watch: true,
      coverageFile: expect.stringContaining('coverage.json'),
      corsOrigins: ['http://localhost:5173'],
      token: true,
      allowedHosts: ['mock.internal'],
    });
    expect(texts.out).not.toContain('4711');
  });

  it('says that there is no control plane', async () => {
    const { url, texts } = serve('--no-control', '--json');
    await url();
    expect(JSON.parse(texts.out.trim().split('\n')[0] ?? '')).toMatchObject({ panel: null, control: false });
  });

  it('logs each request without its secrets', async () => {
    const { url, texts } = serve();
    const base = await url();
    await fetch(`${base}${API}?personal_api_key=phx_experiment_read`);
    await expect
      .poll(() => texts.out)
      .toMatch(/GET \/api\S+\?personal_api_key=\[redacted\] → 200 ok \(database\)/);
  });

  it('cuts a long path or query in a line of text', async () => {
    const { url, texts } = serve();
    const base = await url();
    await fetch(`${base}${API}?q=${'y'.repeat(9_000)}`, { headers: KEY });
    await fetch(`${base}/api/${'z'.repeat(9_000)}/`);
    await expect.poll(() => texts.out).toMatch(/^GET \/api\/zz\S*\.\.\. → 404 .* ms$/m);
    expect(Math.max(...texts.out.split('\n').map(({ length }) => length))).toBeLessThan(1_000);
  });

  it('logs one JSON line per event', async () => {
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

  it('logs only errors at log level error', async () => {
    const port = await freePort();
    const running = run(['--port', port, '--log-level', 'error', '--host', '127.0.0.1']);
    started.push(running);
    await expect
      .poll(
        () =>
          fetch(`http://127.0.0.1:${port}${API}`, { headers: KEY }).then(
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
    [['--scenario', 'throttled', '--scenario', 'experiments_stats_retrieve=missing-scope'], 403],
    [['--scenario', 'experiments_stats_retrieve=missing-scope', 'throttled'], 403],
    [['--scenario', 'throttled', 'experiments_requires_flag_implementation_retrieve=ok'], 429],
    [['--auth', 'off'], 200],
    [['--now', '2026-01-01T00:00:00Z', '--delay', '0-5', '--validate', 'off', '--throttle', 'enforce'], 401],
  ])('started with %j, answers a request without a key with %i', async (args, status) => {
    const base = await serve(...args).url();
    expect((await fetch(base + API)).status).toBe(status);
  });

  it('takes the port from the environment unless a flag gives it', async () => {
    const taken = serve();
    const base = await taken.url();
    const { port } = new URL(base);
    const { code, err } = await run([], { PORT: port }).finished;
    expect({ code, err }).toEqual({
      code: 1,
      err: `error: Port ${port} (from PORT) on 127.0.0.1 is in use; choose another with PORT, or any free one with --port 0.\n`,
    });
    const other = run(['--port', '0'], { PORT: port });
    started.push(other);
    expect(await other.url()).not.toBe(base);
  });

  it('ignores a HOST that cannot be meant, as conda sets it, and says so', async () => {
    const running = run(['--port', '0'], { HOST: 'x86_64-conda-linux-gnu' });
    started.push(running);
    expect(new URL(await running.url()).hostname).toBe('127.0.0.1');
    expect(running.texts.out).toContain('HOST=x86_64-conda-linux-gnu is ignored');
  });

  it('takes an IPv6 address as it is in a URL', async () => {
    expect(await serve('--host', '[::1]').url()).toMatch(/^http:\/\/\[::1\]:\d+$/);
  });

  it('shows its public URL', async () => {
    const running = serve('--public-url', 'https://mock.example/posthog/');
    const url = await running.url();
    await expect.poll(() => running.texts.out).toContain('Try it: ');
    expect(running.texts.out).toContain(`Listening on ${url}, public at https://mock.example/posthog\n`);
    expect(running.texts.out).toContain('Panel: https://mock.example/posthog/__mock__/\n');
    expect(running.texts.out).toMatch(/Try it: curl .* https:\/\/mock\.example\/posthog\/api\//);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('drains and exits with 0 on %s', async (signal) => {
    const running = serve();
    const base = await running.url();
    await fetch(base + API, { headers: KEY });
    running.child.kill(signal);
    expect((await running.finished).code).toBe(0);
  });

  it('answers what is in progress and exits with 1 when it cannot close its server', async () => {
    const preload = join(folder(), 'preload.mjs');
    writeFileSync(
      preload,
      `import { Server } from 'node:http';
      Server.prototype.close = () => { throw new Error('cannot close it'); };`,
    );
    const running = serveWith({ NODE_OPTIONS: `--import=${pathToFileURL(preload)}` }, '--json', '--watch');
    const base = await running.url();
    const answer = fetch(base + API, { headers: { ...KEY, prefer: 'delay=700' } }).then(
      ({ status }) => status,
      () => null,
    );
    const journal = () => fetch(`${base}/__mock__/requests`).then((response) => response.text());
    await expect.poll(journal).toContain('delay=700');
    running.child.kill('SIGTERM');
    const { code, err } = await running.finished;
    expect([code, await answer]).toEqual([1, 200]);
    expect(JSON.parse(err)).toMatchObject({
      level: 'error',
      message: expect.stringContaining('Error: cannot close it'),
    });
  });
});

describe('serve --watch', () => {
  it('reloads a changed contract, and keeps the last good one when an edit breaks it', async () => {
    const contract = join(folder(), 'openapi.yaml');
    const text = readFileSync(CONTRACT, 'utf8');
    writeFileSync(contract, text);
    const { url, texts } = serve('--watch', '--contract', contract);
    const base = await url();
    const at = (path: string) => fetch(base + path, { headers: KEY }).then(({ status }) => status);
    expect(await at(API)).toBe(200);

    writeFileSync(contract, text.replaceAll('/experiments/stats/', '/experiments/figures/'));
    await expect.poll(() => at('/api/projects/1/experiments/figures/'), { timeout: 10_000 }).toBe(200);
    expect(await at(API)).toBe(404);

    writeFileSync(contract, 'openapi: 3.1.0\npaths: 7\n');
    await expect.poll(() => texts.err, { timeout: 10_000 }).toContain('the last good version stays in use');
    expect(texts.err).toContain(`${contract}#`);
    expect(await at('/api/projects/1/experiments/figures/')).toBe(200);
  });

  it('reloads changed fixtures, and names file and row when an edit breaks them', async () => {
    const fixtures = folder();
    const file = join(fixtures, 'experiments.json');
    writeFileSync(file, '[]');
    const { url, texts } = serve('--watch', '--fixtures', fixtures);
    const base = await url();
    const active = () =>
      fetch(base + API, { headers: KEY })
        .then((response) => response.json())
        .then(({ active_experiments }) => active_experiments);
    expect(await active()).toBe(0);

    writeFileSync(file, '[{ "id": 1, "project_id": 1, "start_date": "now-1d" }]');
    await expect.poll(active, { timeout: 10_000 }).toBe(1);

    writeFileSync(file, '[{ "id": 1, "project_id": 1, "start_dat": "now-1d" }]');
    await expect.poll(() => texts.err, { timeout: 10_000 }).toContain(`${file}#/0/start_dat`);
    expect(await active()).toBe(1);
  });

  it('keeps scenario, clock, journal and event streams, and says which scenario is gone', async () => {
    const contract = join(folder(), 'openapi.yaml');
    const text = readFileSync(CONTRACT, 'utf8');
    writeFileSync(contract, text);
    const { url, texts } = serve('--watch', '--contract', contract, '--now', '2026-03-15T12:00:00Z');
    const base = await url();
    const control = await openControl(base);
    const stats = 'experiments_stats_retrieve';
    await control('PUT', '/scenario', { body: { scenario: 'throttled' } });
    await control('PUT', '/scenario', { body: { scenario: 'trend-up', operation: stats } });
    await control('PUT', '/clock', { body: { advance: 60_000 } });
    await fetch(base + API, { headers: KEY });
    using events = readEvents(await control.events());

    writeFileSync(contract, text.replaceAll('trend-up:', 'trend-upwards:'));
    expect(await events.next('change')).toEqual({ parts: ['scenario', 'rows', 'change-requests'] });
    const { json: kept } = await control<{ selected: object }>('GET', '/scenarios');
    expect(kept.selected).toEqual({ default: 'throttled', operations: {} });
    const { json: clock } = await control('GET', '/clock');
    expect(clock).toEqual({ now: '2026-03-15T12:01:00.000Z', kind: 'fixed' });
    const { json: journal } = await control('GET', '/requests');
    expect(journal).toMatchObject({ requests: [{ scenario: 'trend-up' }] });
    await expect
      .poll(() => texts.out)
      .toContain('A scenario is no longer selected. There is no scenario "trend-up".');
  });

  it('refuses an edit after which nothing would be served', async () => {
    const contract = join(folder(), 'openapi.yaml');
    const text = readFileSync(CONTRACT, 'utf8');
    writeFileSync(contract, text);
    const { url, texts } = serve('--watch', '--contract', contract);
    const base = await url();
    writeFileSync(contract, text.replace(/^paths:/m, 'pathz:'));
    await expect.poll(() => texts.err).toContain('there is no operation to serve; expected "paths"');
    expect((await fetch(base + API, { headers: KEY })).status).toBe(200);
  });
});

describe('serve --watch exits', () => {
  it.each([
    { case: 'without a contract', args: ['--contract', 'no/such.yaml'], code: 1 },
    { case: 'without fixtures', args: ['--fixtures', 'no/such'], code: 1 },
    { case: 'with an unknown scenario', args: ['--scenario', 'nope'], code: 2 },
  ])('$case', async ({ args, code }) => {
    const { finished } = run(['--watch', '--port', '0', ...args]);
    expect((await finished).code).toBe(code);
  });

  it('when the port is in use', async () => {
    const { port } = new URL(await serve().url());
    expect((await run(['--watch', '--port', port]).finished).code).toBe(1);
  });
});

describe('serve --watch notices every edit of a contract', () => {
  const text = readFileSync(CONTRACT, 'utf8');
  const contractWith = (path: string) => text.replaceAll('/experiments/stats/', `/experiments/${path}/`);
  const statusOf = async (base: string, name: string) => {
    const answer = await fetch(`${base}/api/projects/1/experiments/${name}/`, { headers: KEY });
    return answer.status;
  };
  /** Waits until a server has noticed that its files are gone. */
  const noticed = async ({ texts }: Running): Promise<void> => {
    await expect.poll(() => texts.err, { timeout: 10_000 }).toContain('the last good version stays in use');
    texts.err = '';
  };

  it.each<{ kind: string; save: (file: string, content: string, server: Running) => void | Promise<void> }>([
    {
      kind: 'deletes it and writes it again',
      save: (file, content) => {
        rmSync(file);
        writeFileSync(file, content);
      },
    },
    {
      kind: 'deletes it and writes it again a moment later',
      save: async (file, content, server) => {
        rmSync(file);
        await noticed(server);
        writeFileSync(file, content);
      },
    },
    {
      kind: 'moves it away, writes it, and deletes the backup',
      save: (file, content) => {
        renameSync(file, `${file}~`);
        writeFileSync(file, content);
        rmSync(`${file}~`);
      },
    },
    {
      kind: 'moves another file over it',
      save: (file, content) => {
        writeFileSync(`${file}.new`, content);
        renameSync(`${file}.new`, file);
      },
    },
  ])('by an editor that $kind', async ({ save }) => {
    const contract = join(folder(), 'openapi.yaml');
    writeFileSync(contract, text);
    const server = serve('--watch', '--contract', contract);
    const base = await server.url();
    for (const name of ['first', 'second', 'third']) {
      await save(contract, contractWith(name), server);
      await expect.poll(() => statusOf(base, name), { timeout: 10_000 }).toBe(200);
    }
  });

  it('in a file that it refers to, also one that is missing at first', async () => {
    const directory = folder();
    const [contract, paths] = [join(directory, 'openapi.yaml'), join(directory, 'stats.yaml')];
    writeFileSync(
      contract,
      `openapi: 3.1.0
info: { title: Split, version: '1' }
paths:
  /health: { get: { responses: { 200: { description: Up } } } }
  /stats: { $ref: stats.yaml }`,
    );
    const stats = (status: number) => `get: { responses: { ${status}: { description: Stats } } }`;
    const base = await serve('--watch', '--contract', contract).url();
    const status = () => fetch(`${base}/stats`).then((answer) => answer.status);
    expect(await status()).toBe(404);
    writeFileSync(paths, stats(204));
    await expect.poll(status, { timeout: 10_000 }).toBe(204);
    writeFileSync(paths, stats(202));
    await expect.poll(status, { timeout: 10_000 }).toBe(202);
  });

  it('behind a link to a folder that is replaced, as Kubernetes does', async () => {
    const directory = folder();
    for (const name of ['first', 'second']) {
      mkdirSync(join(directory, name));
      writeFileSync(join(directory, name, 'openapi.yaml'), contractWith(name));
    }
    symlinkSync('first', join(directory, 'current'));
    const base = await serve('--watch', '--contract', join(directory, 'current', 'openapi.yaml')).url();
    expect(await statusOf(base, 'first')).toBe(200);
    symlinkSync('second', join(directory, 'next'));
    renameSync(join(directory, 'next'), join(directory, 'current'));
    await expect.poll(() => statusOf(base, 'second'), { timeout: 10_000 }).toBe(200);
  });

  it.each(['rows', 'below/rows'])(
    'also of fixtures in a directory, %s, that is deleted and created again',
    async (name) => {
      const parent = folder();
      const fixtures = join(parent, name);
      const write = (rows: string) => {
        mkdirSync(fixtures, { recursive: true });
        writeFileSync(join(fixtures, 'experiments.json'), rows);
      };
      write('[]');
      const server = serve('--watch', '--fixtures', fixtures);
      const base = await server.url();
      const active = async () => {
        const answer = await fetch(base + API, { headers: KEY });
        return (await answer.json()).active_experiments;
      };
      rmSync(join(parent, name.split('/', 1).join()), { recursive: true });
      await noticed(server);
      write('[{ "id": 1, "project_id": 1, "start_date": "now-1d" }]');
      await expect.poll(active, { timeout: 10_000 }).toBe(1);
      write('[]');
      await expect.poll(active, { timeout: 10_000 }).toBe(0);
    },
  );
});

describe('the log', () => {
  it('escapes line breaks and terminal control characters in requests', async () => {
    const { url, texts } = serve('--log-level', 'debug');
    const base = await url();
    await fetch(`${base}/api/phx_a%0aFORGED%1b[31m/x?a=phx_b%0aFORGED`, { headers: { 'x-c1': '\u009b31m' } });
    await expect.poll(() => texts.out).toContain('phx_…%0AFORGED');
    expect(texts.out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(texts.out).not.toMatch(/^FORGED/m);
  });

  it.each(['network-error', 'timeout'])(
    'has one line for a request that gets no response: %s',
    async (scenario) => {
      const { url, texts } = serve();
      const base = await url();
      const headers = { ...KEY, prefer: `scenario=${scenario}` };
      await fetch(base + API, { headers, signal: AbortSignal.timeout(300) }).catch(() => undefined);
      await expect.poll(() => texts.out).toContain('no response');
      await fetch(base + API, { headers: KEY });
      await expect.poll(() => texts.out).toContain('→ 200');
      expect(texts.out.match(/no response/g)).toHaveLength(1);
    },
  );

  it.each([
    { log: 'text', args: [] },
    { log: 'JSON', args: ['--json'] },
  ])(
    'has the hint of an answer, with the keys of the fixtures and without the one that was sent: $log',
    async ({ args }) => {
      const { url, texts } = serve(...args);
      const base = await url();
      const answer = await fetch(base + API, {
        headers: { authorization: 'Bearer phx_Mine4711', prefer: 'delay=1' },
      });
      const hint = answer.headers.get('x-mock-hint') ?? '';
      expect(hint).toContain('phx_experiment_read (experiment:read)');
      expect(hint).toContain('--auth off');
      await expect
        .poll(() => texts.out)
        .toContain(args.length > 0 ? JSON.stringify(hint).slice(1, -1) : `\n  ${hint}\n`);
      expect(texts.out).not.toContain('4711');
    },
  );

  it('has a warning for what is most likely a mistake, and none for an answer that was asked for', async () => {
    const { url, texts } = serve('--json');
    const base = await url();
    for (const prefer of [
      'code=403',
      'scenario=flag-required',
      'scenario=approval-required',
      'return=minimal',
    ]) {
      await fetch(base + API, { headers: { ...KEY, prefer } });
    }
    const lines = () =>
      texts.out
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => JSON.parse(line));
    await expect.poll(() => lines().length).toBe(4);
    expect(lines().map(({ level, status, hint }) => [level, status, hint?.split(':')[0]])).toEqual([
      ['info', 403, undefined],
      ['warn', 200, 'Answers as "ok"'],
      ['info', 409, expect.stringContaining('waits for a decision')],
      ['info', 200, undefined],
    ]);
  });

  it('can lose its reader without stopping the server', async () => {
    const running = serve();
    const base = await running.url();
    running.child.stdout?.destroy();
    for (let count = 0; count < 3; count += 1) {
      expect((await fetch(base + API, { headers: KEY })).status).toBe(200);
    }
  });

  it('shows a request refused for a body that is too long', async () => {
    const { url, texts } = serve();
    const base = await url();
    await fetch(base + API, { method: 'POST', body: 'x'.repeat(2_000_000) }).catch(() => undefined);
    await expect.poll(() => texts.out).toMatch(/POST \S+ → 413/);
  });
});

it('an empty HOST counts as unset', async () => {
  const running = run(['--port', '0'], { HOST: '' });
  started.push(running);
  expect(await running.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

describe('fixtures', () => {
  it('in a directory replace the packaged collections', async () => {
    const fixtures = folder();
    cpSync(new URL('../../fixtures', import.meta.url), fixtures, { recursive: true });
    const base = await serve('--fixtures', fixtures).url();
    expect((await fetch(base + API, { headers: KEY })).status).toBe(200);
  });
});
