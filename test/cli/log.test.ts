import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createLog, type LogOptions } from '../../src/cli/log.ts';
import type { HttpRequest } from '../../src/contract/message.ts';
import { mockOf, response } from '../provider/contract/by-contract.ts';

function openLog(options: Partial<LogOptions> = {}) {
  const mock = mockOf({ '/a': { get: { responses: { 200: response({ 'application/json': undefined }) } } } });
  const out = new PassThrough({ encoding: 'utf8' });
  const log = createLog({ level: 'info', json: false, ...options }, { out, err: out });
  const reply = (given: Partial<HttpRequest> = {}) => {
    const request = { method: 'GET', path: '/a', query: '', headers: {}, body: null, ...given };
    log.reply(request, mock.answer(request), 1);
  };
  return { log, out, reply };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it.each([
  ['GET', 'GET /a → 200 ok (schema) 1 ms\n'],
  ['OPTIONS', 'OPTIONS /a → 204 ok 1 ms\n'],
])('the line of %s has a source where there is one', (method, line) => {
  const { log, out, reply } = openLog();
  reply({ method });
  log.flush();
  expect(out.read()).toBe(line);
});

it('replies of one turn of the event loop are written together, at its end', async () => {
  const { out, reply } = openLog();
  const writes: string[] = [];
  out.on('data', (text: string) => writes.push(text));
  for (const query of ['n=1', 'n=2', 'n=3']) reply({ query });
  expect(writes).toEqual([]);
  await turn();
  reply({ query: 'n=4' });
  await turn();
  expect(writes.map((text) => text.match(/n=\d/g))).toEqual([['n=1', 'n=2', 'n=3'], ['n=4']]);
});

it.each([false, true])('messages follow the replies before them (json: %s)', async (json) => {
  const { log, out, reply } = openLog({ json });
  reply({ query: 'n=1' });
  log.write('error', 'n=2');
  reply({ query: 'n=3' });
  log.ready(['n=4'], {});
  reply({ query: 'n=5' });
  await turn();
  expect([...new Set(out.read().match(/n=\d/g))]).toEqual(['n=1', 'n=2', 'n=3', 'n=4', 'n=5']);
});

it('JSON lines leave out what a reply does not have', () => {
  const { log, out, reply } = openLog({ json: true });
  reply();
  log.flush();
  expect(Object.keys(JSON.parse(out.read()))).toEqual([
    'time',
    'level',
    'message',
    'method',
    'url',
    'status',
    'operation',
    'scenario',
    'source',
    'milliseconds',
  ]);
});
