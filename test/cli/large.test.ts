import { exec } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { describeWarnings } from '../../src/cli/describe-warnings.ts';
import { createMock } from '../../src/index.ts';
import { table } from '../../src/text/table.ts';
import { largeContract } from '../contract/large.ts';
import { CLI, run } from './running.ts';

const COUNT = 223;
const OPERATION = 'insights_transferred_ownership_of_resource_9_retrieve';
/** It has one scenario more. */
const OTHER = 'rare_tag_16_transferred_ownership_of_resource_16_retrieve';
const PATH = '/api/projects/{project_id}/insights/{insights_id}/transferred_ownership_of_resource_9/';

const folder = mkdtempSync(join(tmpdir(), 'mock-'));
const document = largeContract(COUNT);
const contract = join(folder, "large 'one'.json");
writeFileSync(contract, JSON.stringify(document));

afterAll(() => rmSync(folder, { recursive: true }));

async function outputOf(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await run([...args, '--contract', contract]).finished;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out.trimEnd();
}

/** What a server prints until it is ready. */
async function bannerOf(...args: readonly string[]): Promise<string> {
  const { child, texts, url } = run(['--port', '0', '--contract', contract, ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  await url();
  await expect.poll(() => texts.out).toMatch(/Try it: .*\n|\}\n/);
  return texts.out.trimEnd();
}

const shell = promisify(exec);

describe('the banner of a large contract', () => {
  it('counts operations in groups, and its curl command works when pasted', async () => {
    const banner = await bannerOf();
    const lines = banner.split('\n');
    expect(lines.slice(1, 4)).toEqual([`${COUNT} operations`, '  24 feature_flags', '  24 insights']);
    expect(lines.length).toBeLessThan(16);
    const [, command = ''] = /^Try it: (curl .*)$/m.exec(banner) ?? [];
    expect((await shell(command.replace('curl', 'curl -s -w "%{http_code}"'))).stdout).toBe('200');
  });

  it('names a command that lists them all', async () => {
    const [, command = ''] = /^ {2}All of them: posthog-experiments-mock (.*)$/m.exec(await bannerOf()) ?? [];
    expect(command).toMatch(/^operations --contract /);
    const { stdout } = await shell(`node ${CLI} ${command}`);
    expect(stdout.trimEnd().split('\n')).toHaveLength(COUNT + 1);
  });

  it('has numbers in its JSON line', async () => {
    const line = await bannerOf('--json');
    expect(JSON.parse(line)).toMatchObject({ operations: COUNT });
    expect(line.length).toBeLessThan(500);
  });
});

describe('operations', () => {
  it('lists id, method, path and summary of each', async () => {
    const lines = (await outputOf('operations')).split('\n');
    expect(lines).toHaveLength(COUNT + 1);
    const [line = ''] = lines.filter((text) => text.startsWith(`${OPERATION} `));
    expect(line.split(/ {2,}/)).toEqual([OPERATION, 'GET', PATH, expect.stringMatching(/^Read who owns/)]);
  });

  it.each([
    ['of the id', 'resource_9_ret'],
    ['of the path', '/INSIGHTS/ resource_9/'],
    ['of the summary, and of the id', 'Before WHO resource_9_'],
  ])('lists those that have all words: %s', async (_, words) => {
    const lines = (await outputOf('operations', ...words.split(' '))).split('\n');
    expect(lines.slice(1)).toEqual([expect.stringContaining(OPERATION)]);
  });

  it('lists those of a tag', async () => {
    expect((await outputOf('operations', 'rare_tag_4')).split('\n')).toHaveLength(4);
  });

  it('lists them as JSON', async () => {
    const listed = JSON.parse(await outputOf('operations', 'resource_9/', '--json'));
    expect(listed).toEqual([expect.objectContaining({ id: OPERATION, path: PATH, tags: ['insights'] })]);
  });

  it('says that no operation has the words', async () => {
    const { code, err } = await run(['operations', 'bill', 'Gates']).finished;
    expect({ code, err }).toEqual({ code: 1, err: 'error: No operation has "bill gates".\n' });
  });
});

describe('scenarios of a large contract', () => {
  it('are listed with the number of operations that have them', async () => {
    const out = await outputOf('scenarios');
    expect(out).toMatch(/^answer-500-4 +500 +.* \(111 of 223 operations\)$/m);
    expect(out).not.toContain('223 of');
    expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThan(120);
  });

  it('are listed with the operations on request', async () => {
    const lines = (await outputOf('scenarios', '--all', 'answer-500-4')).split('\n');
    expect(lines).toHaveLength(1 + 1 + 111);
    expect(lines).toContain(`  ${OTHER}`);
  });

  it('are those of one operation on request', async () => {
    const names = async (id: string) =>
      (await outputOf('scenarios', '--operation', id))
        .split('\n')
        .filter((line) => line.startsWith('answer-'));
    expect(await names(OPERATION)).toHaveLength(19);
    expect(await names(OTHER)).toHaveLength(20);
    expect((await names(OPERATION)).join()).not.toContain('operations)');
  });

  it('are filtered by name, status and summary', async () => {
    expect((await outputOf('scenarios', 'NUMBERED', '403', '-2')).split('\n').slice(1)).toEqual([
      expect.stringMatching(/^answer-403-2 /),
    ]);
  });

  it('keep their shape as JSON', async () => {
    const { scenarios } = createMock({ contract: document });
    expect(JSON.parse(await outputOf('scenarios', '--json'))).toEqual(scenarios);
    expect(JSON.parse(await outputOf('scenarios', '--json', 'answer-500-4'))).toEqual(scenarios.slice(-1));
  });

  it.each([
    [['--operation', 'insights_16'], 2, 'error: --operation: There is no operation "insights_16". The '],
    [['nonsense'], 1, 'error: No scenario has "nonsense".'],
  ])('are not there: %j', async (args, expected, message) => {
    const { code, out, err } = await run(['scenarios', ...args, '--contract', contract]).finished;
    expect({ code, out }).toEqual({ code: expected, out: '' });
    expect(err).toContain(message);
    expect(err.length).toBeLessThan(700);
  });
});

describe('the warnings of a contract', () => {
  it('are counted by kind, the most frequent first', () => {
    const kinds = [
      'path',
      'method',
      'header',
      'status',
      'circle',
      'security',
      'pattern',
      'reference',
    ] as const;
    const warnings = kinds.flatMap((kind, index) =>
      Array.from({ length: index + 3 }, () => ({ kind, pointer: '/paths', detail: 'odd' })),
    );
    const lines = describeWarnings(warnings);
    expect(lines[0]).toBe('52 warnings about the contract');
    expect(lines.map((line) => Number.parseInt(line, 10))).toEqual([52, 10, 9, 8, 7, 6, 5, 7]);
    expect(lines[1]).toMatch(/^ {2}10 A reference leads nowhere; /);
    expect(lines[2]).toMatch(/^ {3}9 A pattern /);
    expect(lines.at(-1)).toBe('  7 of 2 more kinds');
  });

  it('are none', () => {
    expect(describeWarnings([])).toEqual([]);
  });

  it('are in the banner, with the command that lists them', async () => {
    const odd = join(folder, 'odd.json');
    writeFileSync(odd, JSON.stringify({ ...document, servers: 1 }));
    const banner = await bannerOf('--contract', odd);
    expect(banner).toMatch(/^1 warning about the contract\n {2}1 A value is of another type /m);
    expect(banner).toMatch(/^ {2}All of them: posthog-experiments-mock validate --contract \S+odd\.json$/m);
  });
});

describe('a table', () => {
  const rows = [
    ['experiments_stats_retrieve', 'GET', '/api/projects/{project_id}/experiments/stats/', 'Count'],
  ];
  const head = ['OPERATION', 'METHOD', 'PATH', 'SUMMARY'];

  it('is as wide as its cells where there is room', () => {
    for (const room of [200, Number.POSITIVE_INFINITY]) {
      expect(table(head, rows, room)[1]).toBe(
        'experiments_stats_retrieve  GET     /api/projects/{project_id}/experiments/stats/  Count',
      );
    }
  });

  it('is cut from the right to the width of the terminal, and keeps the names', () => {
    const [, row = ''] = table(head, rows, 70);
    expect(row).toBe('experiments_stats_retrieve  GET     /api/projects/{project...  Count');
    expect(table(head, rows, 20)[1]).toBe('experiments_s...  GET     /api/projects...  Count');
  });

  it('has a row on one line, whatever its cells have', () => {
    expect(table(['A'], [['a\nb\u001b[31m']], 80)[1]).toBe('a%0Ab%1B[31m');
  });
});
