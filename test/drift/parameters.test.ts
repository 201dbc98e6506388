import { describe, expect, it } from 'vitest';
import { planRequest } from '../../src/drift/plan.ts';
import { createMock } from '../../src/index.ts';
import { contractFile, live, report } from './support/live.ts';

function documentWith(parameters: readonly object[], path = '/things/{id}') {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' }, example: 5 };
  const own = path.includes('{id}') ? [id] : [];
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    servers: [{ url: 'https://things.example/v1' }],
    paths: {
      [path]: {
        get: {
          operationId: 'thing',
          parameters: [...own, ...parameters],
          responses: { 200: { description: 'A thing.' } },
        },
      },
    },
  };
}

function contractWith(parameters: readonly object[]): string {
  return contractFile(documentWith(parameters));
}

it('fills required parameters from examples, or with --param, and leaves out what it cannot fill', async () => {
  const parameters = [
    { name: 'since', in: 'query', required: true, schema: { type: 'string' } },
    { name: 'ids', in: 'query', required: true, schema: { type: 'array' }, example: [1, 2] },
    { name: 'page', in: 'query', schema: { type: 'integer' }, example: 3 },
    { name: 'X-Team', in: 'header', required: true, schema: { type: 'string', default: 'a' } },
  ];
  const contract = contractWith(parameters);
  const { url, requests } = await live((_, response) => response.end());
  const { operations } = await report({ target: url, contract });
  expect(operations.map(({ reason }) => reason)).toEqual([
    'the query parameter "since" has no example; give it with --param since=VALUE.',
  ]);
  await report({ target: url, contract, param: ['since=a&b', 'id=a/b'] });
  expect(requests.map(({ method, url: sent, headers }) => [method, sent, headers['x-team']])).toEqual([
    ['GET', '/v1/things/a%2Fb?since=a%26b&ids=1&ids=2', 'a'],
  ]);
});

it('sends no request whose path would lead elsewhere', async () => {
  const { url, requests } = await live((_, response) => response.end());
  const { operations } = await report({
    target: url,
    contract: contractWith([]),
    param: ['id=..'],
  });
  expect(operations[0]?.reason).toBe('the path parameter "id" cannot be what --param gives.');
  expect(requests).toEqual([]);
});

describe('sends a value in the style of its parameter, which the mock takes', () => {
  const LIST = { schema: { type: 'array', items: { type: 'string' } }, example: ['a b', 'c,d'] };
  const PAIR = {
    schema: { type: 'object', properties: { x: { type: 'integer' }, y: { type: 'string' } } },
    example: { x: 1, y: 'b' },
  };
  it.each<[string, object, string]>([
    ['form', { in: 'query', ...LIST }, '?p=a%20b&p=c%2Cd'],
    ['form, not exploded', { in: 'query', explode: false, ...LIST }, '?p=a%20b,c%2Cd'],
    [
      'spaceDelimited',
      { in: 'query', style: 'spaceDelimited', explode: false, schema: LIST.schema, example: ['a', 'b'] },
      '?p=a%20b',
    ],
    ['pipeDelimited', { in: 'query', style: 'pipeDelimited', explode: false, ...LIST }, '?p=a%20b%7Cc%2Cd'],
    ['form of an object', { in: 'query', ...PAIR }, '?x=1&y=b'],
    ['form of an object, not exploded', { in: 'query', explode: false, ...PAIR }, '?p=x,1,y,b'],
    ['deepObject', { in: 'query', style: 'deepObject', ...PAIR }, '?p%5Bx%5D=1&p%5By%5D=b'],
    ['simple', { in: 'path', ...LIST }, 'a%20b,c%2Cd'],
    ['simple of an object', { in: 'path', ...PAIR }, 'x,1,y,b'],
    ['simple of an object, exploded', { in: 'path', explode: true, ...PAIR }, 'x=1,y=b'],
    ['label', { in: 'path', style: 'label', explode: true, ...LIST }, '.a%20b.c%2Cd'],
    ['matrix', { in: 'path', style: 'matrix', ...LIST }, ';p=a%20b,c%2Cd'],
    ['matrix, exploded', { in: 'path', style: 'matrix', explode: true, ...LIST }, ';p=a%20b;p=c%2Cd'],
    ['matrix of an object, exploded', { in: 'path', style: 'matrix', explode: true, ...PAIR }, ';x=1;y=b'],
    [
      'JSON',
      { in: 'query', content: { 'application/json': { schema: PAIR.schema, example: PAIR.example } } },
      '?p=%7B%22x%22%3A1%2C%22y%22%3A%22b%22%7D',
    ],
  ])('%s', (_, parameter, sent) => {
    const isInPath = 'in' in parameter && parameter.in === 'path';
    const path = isInPath ? '/t/{p}' : '/t/';
    const mock = createMock({ contract: documentWith([{ name: 'p', required: true, ...parameter }], path) });
    const [operation] = mock.contract.operations;
    const plan = operation && planRequest(operation, new Map());
    if (typeof plan !== 'object') throw new Error(plan);
    const { method, path: sentPath, query, headers } = plan;
    expect(sentPath + (query && `?${query}`)).toBe(`/t/${sent}`);
    const reply = mock.answer({ method, path: `/v1${sentPath}`, query, headers, body: null });
    expect(reply.checks.findings).toEqual([]);
  });
});

it('sends no header of the connection, which belongs to the client', async () => {
  const names = ['Content-Length', 'Host', 'Connection', 'X-Own'];
  const parameters = names.map((name) => ({ name, in: 'header', required: true, schema: {}, example: '3' }));
  const { url, requests } = await live((_, response) => response.end());
  const { operations } = await report({ target: url, contract: contractWith(parameters) });
  expect(operations.map(({ reason }) => reason)).toEqual([null]);
  const [{ headers } = {}] = requests;
  expect([headers?.['content-length'], headers?.['x-own']]).toEqual([undefined, '3']);
  expect(headers?.host).toBe(new URL(url).host);
});
