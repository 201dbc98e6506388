import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { CONTRACT_TEXT, copyWith, type Document } from '../contract/copies.ts';
import { ask } from '../server/support/server.ts';
import { run } from './running.ts';

/** A terminal obeys or hides these, but for the line breaks that a command writes itself. */
const OBEYED = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;
const HOSTILE = '\u001b[31m\u0007\u009b2J\u202eevil\u2066\u200b\ufeff\u2028\u007f';

const folder = mkdtempSync(join(tmpdir(), 'mock-'));

afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function directory(name: string, files: Readonly<Record<string, string>>): string {
  mkdirSync(join(folder, name));
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, name, file), content);
  return join(folder, name);
}

/** openapi.yaml with hostile names and texts, and one path more. */
const contract = file(
  `hostile${HOSTILE}.json`,
  JSON.stringify(
    copyWith(({ paths }: Document) => {
      for (const item of Object.values<Document>(paths)) {
        item.get.summary = HOSTILE;
        const [response] = Object.values<Document>(item.get.responses);
        response['x-scenarios'] = { [`s${HOSTILE}`]: { summary: HOSTILE, reply: 'empty' } };
      }
      const responses = { 204: { description: HOSTILE } };
      paths[`/x${HOSTILE}/`] = { get: { operationId: `x${HOSTILE}`, summary: HOSTILE, responses } };
    }),
  ),
);

it.each<{ readonly of: string; readonly args: readonly string[]; readonly env?: NodeJS.ProcessEnv }>([
  { of: 'the list of scenarios', args: ['scenarios', '--contract', contract] },
  { of: 'the list of scenarios as JSON', args: ['scenarios', '--json', '--contract', contract] },
  { of: 'the operations of each scenario', args: ['scenarios', '--all', '--contract', contract] },
  { of: 'the list of operations', args: ['operations', '--contract', contract] },
  { of: 'an operation that is not there', args: ['scenarios', '--operation', HOSTILE] },
  { of: 'words that no operation has', args: ['operations', HOSTILE] },
  { of: 'what validate counts', args: ['validate', '--contract', contract] },
  {
    of: 'the findings of a contract',
    args: ['validate', '--contract', file(`a${HOSTILE}.yaml`, `openapi: 3.1.0\n"x\\e\\n": "\\e": 1`)],
  },
  {
    of: 'a pointer into a contract',
    args: [
      'validate',
      '--contract',
      file('b.json', JSON.stringify(copyWith(({ paths }) => Object.assign(paths, { [HOSTILE]: 1 })))),
    ],
  },
  { of: 'a contract that is not there', args: ['validate', '--contract', HOSTILE] },
  {
    of: 'a stray fixture file',
    args: ['validate', '--fixtures', directory('a', { [`${HOSTILE}.json`]: '' })],
  },
  {
    of: 'fixtures with a wrong row',
    args: [
      'validate',
      '--fixtures',
      directory(`b${HOSTILE}`, { 'users.json': JSON.stringify([{ id: HOSTILE, [HOSTILE]: HOSTILE }]) }),
    ],
  },
  {
    of: 'fixtures that are not JSON',
    args: ['validate', '--fixtures', directory(`c${HOSTILE}`, { 'users.json': `[${HOSTILE}` })],
  },
  { of: 'a fixture directory that is not there', args: ['--fixtures', HOSTILE] },
  { of: 'a scenario', args: ['--scenario', HOSTILE] },
  { of: 'two scenarios', args: ['--scenario', 'ok', HOSTILE] },
  { of: 'a scenario of an operation, as JSON', args: ['--json', '--scenario', `${HOSTILE}=${HOSTILE}`] },
  { of: 'a scenario of a hostile contract', args: ['--contract', contract, '--scenario', 'nope'] },
  { of: 'a command', args: [HOSTILE] },
  { of: 'a flag', args: [`--${HOSTILE}`] },
  { of: 'the value of a flag', args: ['--now', HOSTILE] },
  { of: 'a choice', args: ['--auth', HOSTILE] },
  { of: 'a host', args: ['--no-control', '--host', HOSTILE] },
  { of: 'an origin', args: ['--cors-origin', HOSTILE] },
  { of: 'a public URL', args: ['--public-url', HOSTILE] },
  { of: 'a name of a host', args: ['--allowed-host', HOSTILE] },
  { of: 'a port in the environment', args: [], env: { PORT: HOSTILE } },
])('escapes what a terminal would obey in $of', async ({ args, env }) => {
  const { out, err } = await run(args, env).finished;
  expect(out + err).not.toBe('');
  expect(out + err).not.toMatch(OBEYED);
});

it('keeps the JSON of a listing as it was', async () => {
  const { out } = await run(['scenarios', '--json', '--contract', contract]).finished;
  expect(JSON.parse(out).map(({ name }: { name: string }) => name)).toContain(`s${HOSTILE}`);
});

it('escapes a line break in a name, which would forge a line', async () => {
  const fixtures = directory('d', { 'x\nerror: forged.json': '' });
  const { err } = await run(['validate', '--fixtures', fixtures]).finished;
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});

it.each([{ args: [] }, { args: ['--json'] }])(
  'escapes what a terminal would obey in banner, index and log %j',
  async ({ args }) => {
    const options = ['--port', '0', '--log-level', 'debug', '--contract', contract];
    const env = { HOST: HOSTILE };
    const server = run([...options, ...args, '--scenario', `s${HOSTILE}`], env);
    const url = await server.url();
    const index = await (await fetch(url)).text();
    expect(index).toContain('The API');
    expect(index).not.toMatch(OBEYED);
    const body = HOSTILE;
    await fetch(`${url}/api/nope/${encodeURIComponent(HOSTILE)}`, { method: 'POST', body });
    const { headers } = await ask(url, { prefer: 'scenario="\u009b\u0085"', 'x-other': '\u009b31m' });
    expect(headers.get('x-mock-hint')).not.toMatch(OBEYED);
    await fetch(`${url}/end`);
    await expect.poll(() => server.texts.out).toContain('/end');
    server.child.kill('SIGKILL');
    await server.finished;
    expect(server.texts.out + server.texts.err).not.toMatch(OBEYED);
  },
);

it('shows text of any language as it is', async () => {
  const path = file('ž.yaml', CONTRACT_TEXT.replace('summary: ', 'summary: Zahlen für Führung ☃ 数 '));
  const { out } = await run(['scenarios', '--contract', path]).finished;
  expect(out).not.toContain('%C3');
});
