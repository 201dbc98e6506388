import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMock, startServer } from '../../src/index.ts';
import { run } from './running.ts';

const folder = mkdtempSync(join(tmpdir(), 'drift-'));
const ENV = { LIVE_KEY: 'phx_experiment_read' };
const AT_ONCE = ['--rate', '100'];

let mockUrl = '';
let closeMock = async () => {};
/** Answers everything with an empty object. */
const other = createServer((_, response) => {
  response.setHeader('Content-Type', 'application/json');
  response.end('{}');
});
let otherUrl = '';

beforeAll(async () => {
  const server = await startServer(createMock(), { port: 0 });
  mockUrl = server.url;
  closeMock = () => server.close();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  otherUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  other.close();
  await closeMock();
});

it('exits with 0 where nothing differs', async () => {
  const finished = await run(['drift', '--target', mockUrl, '--key-env', 'LIVE_KEY', ...AT_ONCE], ENV)
    .finished;
  expect(finished).toEqual({
    code: 0,
    out: `2 of 2 operations compared with ${mockUrl}: no drift.\n`,
    err: '',
  });
});

it('exits with 1 on findings, and writes the report into a file', async () => {
  const output = join(folder, 'report.json');
  const args = [
    'drift',
    '--target',
    otherUrl,
    '--key-env',
    'LIVE_KEY',
    '--format',
    'json',
    '--output',
    output,
  ];
  const { code, out } = await run([...args, '--rate', '100/s'], ENV).finished;
  expect(code).toBe(1);
  expect(out).toBe(`2 of 2 operations compared with ${otherUrl}: 2 findings, 2 notes.\n`);
  const { findings } = JSON.parse(readFileSync(output, 'utf8'));
  expect(findings).toHaveLength(4);
});

it('shows findings by operation', async () => {
  const stats = ['--operation', 'experiments_stats_retrieve'];
  const args = ['drift', '--target', otherUrl, '--key-env', 'LIVE_KEY', ...stats, ...AT_ONCE];
  const { out } = await run(args, ENV).finished;
  expect(out).toBe(`experiments_stats_retrieve (GET /api/projects/{project_id}/experiments/stats/)
  note: both keep to the contract, and differ: 200 header allow: expected a header (mock), but it is missing
  error: live breaks the contract: 200 body: expected the members "launched_last_30d", "launched_previous_30d", "percent_change", "active_experiments", "completed_last_30d", but they are missing

1 of 1 operation compared with ${otherUrl}: 1 finding, 1 note.
`);
});

it('exits with 2 where nothing could be compared', async () => {
  const { code, out } = await run(['drift', '--target', mockUrl, ...AT_ONCE], ENV).finished;
  expect(code).toBe(2);
  expect(out).toContain(
    'could not be compared: it needs a key; give the variable that has it with --key-env NAME.',
  );
  expect(out).toContain(`0 of 2 operations compared with ${mockUrl}: 2 could not be compared.`);
});

describe('exits with 2 on wrong usage, and sends nothing', () => {
  const target = ['--target', 'http://127.0.0.1:9'];
  it.each([
    [[], "required option '--target <url>' not specified"],
    [
      ['--target', 'us.posthog.com'],
      '--target "us.posthog.com": expected a URL such as https://us.posthog.com.',
    ],
    [['--target', 'http://a/?b'], 'expected a URL without a query and without a fragment.'],
    [[...target, '--rate', '0'], 'Expected requests a second, more than 0 and at most 100, such as 0.5/s.'],
    [[...target, '--timeout', 'x'], 'Expected seconds, more than 0 and at most 300.'],
    [[...target, '--format', 'xml'], 'Allowed choices are text, json, sarif.'],
    [
      [...target, '--operation', 'experiments_stats_retrive'],
      '--operation: there is no operation "experiments_stats_retrive". Did you mean "experiments_stats_retrieve"?',
    ],
    [
      [...target, '--output', folder],
      `--output ${JSON.stringify(folder)}: it is a directory; expected a file.`,
    ],
    [[...target, '--param', 'x'], '--param: expected NAME=VALUE, such as project_id=1.'],
    [[...target, '--param', 'limt=1'], '--param: there is no parameter "limt". Did you mean "limit"?'],
    [[...target, '--key-env', 'NONE'], '--key-env: there is no such variable, or it is empty.'],
    [[...target, '--output', '/no/such/report'], '--output "/no/such/report": its directory does not exist'],
    [[...target, '--contract', 'no-such.yaml'], 'no-such.yaml'],
  ])('%j', async (args, message) => {
    const { code, out, err } = await run(['drift', ...args], ENV).finished;
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});
