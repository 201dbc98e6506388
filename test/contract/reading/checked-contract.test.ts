import { expect, it } from 'vitest';
import { readCheckedContract } from '../../../src/contract/reading/read-checked-contract.ts';

const withMedia = (media: object) =>
  readCheckedContract(
    {
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: { '/x': { get: { responses: { 200: { content: { 'application/json': media } } } } } },
    },
    'openapi.yaml',
  ).operations.map(({ ok: [{ body }] }) => body);

it('sends examples as they are, valid or not: they have been checked before', () => {
  expect(withMedia({ schema: { type: 'integer' }, example: 'text' })).toEqual(['"text"']);
});

it('makes no body: an answer without an example is named', () => {
  expect(() => withMedia({ schema: { type: 'integer' } })).toThrow(
    '/paths/~1x/get/responses/200/content/application~1json/schema: expected an example',
  );
});
