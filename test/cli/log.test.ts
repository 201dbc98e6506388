import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createLog } from '../../src/cli/log.ts';
import { mockOf, response } from '../provider/contract/by-contract.ts';

it.each([
  ['GET', 'GET /a → 200 ok (schema) 1 ms\n'],
  ['OPTIONS', 'OPTIONS /a → 204 ok 1 ms\n'],
])('the line of %s has a source where there is one', (method, line) => {
  const mock = mockOf({ '/a': { get: { responses: { 200: response({ 'application/json': undefined }) } } } });
  const request = { method, path: '/a', query: '', headers: {}, body: null };
  const out = new PassThrough();
  createLog({ level: 'info', json: false }, { out, err: out }).reply(request, mock.answer(request), 1);
  expect(String(out.read())).toBe(line);
});
