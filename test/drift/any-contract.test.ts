import { describe, expect, it } from 'vitest';
import { contractFile, lines, live, report } from './support/live.ts';
import { contractWith, MOCKED, ONLY_THING, THING } from './support/things.ts';

const UNDESCRIBED = 'not-in-contract | 200 | body |  | expected no body (contract), found ';
/** What the mock sends there. */
const MOCK_TYPE = 'application/json';

/** Compares with a server that answers with a thing. */
async function compareWith(body: object, contract = contractWith(), headers = {}) {
  const { url } = await live((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', Allow: 'GET', ...headers });
    response.end(JSON.stringify(body));
  });
  return report({ target: url, contract, ...ONLY_THING });
}

describe('where live and mock are both valid', () => {
  it.each([
    ['live is as the mock', MOCKED, 0, []],
    [
      'live has a member that the schema allows but does not name',
      { ...MOCKED, extra: { a: [1] } },
      1,
      ['warning | not-in-contract | 200 | body | /extra | expected no such member (contract), found object'],
    ],
    [
      'items have one, which counts once',
      {
        ...MOCKED,
        tags: [
          { label: 'a', colour: 'red' },
          { label: 'b', colour: null },
        ],
      },
      1,
      [
        'warning | not-in-contract | 200 | body | /tags/*/colour | expected no such member (contract), found null or string',
      ],
    ],
    [
      'the schema does not say the type',
      { ...MOCKED, free: 'text' },
      1,
      ['warning | not-in-contract | 200 | body | /free | expected number (mock), found string'],
    ],
    [
      'live is null where that is allowed, which is a note',
      { ...MOCKED, note: null },
      0,
      ['note | both-keep-contract | 200 | body | /note | expected string (mock), found null'],
    ],
    [
      'live lacks an optional member, which is a note',
      { ...MOCKED, tags: undefined },
      0,
      ['note | both-keep-contract | 200 | body | /tags | expected array (mock), found nothing'],
    ],
    [
      'lists are empty, and maps have other keys',
      { ...MOCKED, tags: [], owners: { 'b@c.example': { age: 2 } } },
      0,
      [],
    ],
  ])('%s', async (_, body, code, expected) => {
    const found = await compareWith(body);
    expect(lines(found)).toEqual(expected);
    expect(found.code).toBe(code);
  });
});

describe('a body that the contract does not describe', () => {
  const contract = () =>
    contractFile({
      openapi: '3.1.0',
      info: { title: 'Bare', version: '1' },
      paths: {
        '/api/projects/{project_id}/experiments/stats/': {
          get: {
            // The mock computes its answer.
            operationId: 'experiments_stats_retrieve',
            parameters: [{ name: 'project_id', in: 'path', required: true, schema: {}, example: 1 }],
            responses: { 200: { description: 'Fine.' } },
          },
        },
      },
    });

  it.each<[string, string | undefined, number, readonly string[]]>([
    ['of live and mock is a note, once', MOCK_TYPE, 0, [`note | ${UNDESCRIBED}${MOCK_TYPE} (live and mock)`]],
    [
      'that differs is a warning for each side',
      'text/csv',
      1,
      [`warning | ${UNDESCRIBED}text/csv (live)`, `warning | ${UNDESCRIBED}${MOCK_TYPE} (mock)`],
    ],
    [
      'of the mock alone is said to be its own',
      undefined,
      1,
      [`warning | ${UNDESCRIBED}${MOCK_TYPE} (mock)`],
    ],
  ])('%s', async (_, type, code, expected) => {
    const { url } = await live((_request, response) => {
      response.writeHead(200, { Allow: 'GET', ...(type && { 'Content-Type': type }) });
      response.end(type && 'null');
    });
    const found = await report({ target: url, contract: contract() });
    expect(lines(found)).toEqual(expected);
    expect(found.code).toBe(code);
  });
});

it('says once what is wrong with all items, and hides the keys of maps', async () => {
  const found = await compareWith({
    id: 1,
    tags: [{ label: 1 }, { label: 2 }],
    owners: { 'nora@fernweh.example': { age: 'old' } },
  });
  expect(lines(found).filter((line) => line.startsWith('error'))).toEqual([
    'error | live-breaks-contract | 200 | body | /tags/*/label | expected string, found integer',
    'error | live-breaks-contract | 200 | body | /owners/*/age | expected integer, found string',
  ]);
});

it('finds that a required header is missing', async () => {
  const headers = { 'X-Total': { required: true, schema: { type: 'integer' }, example: 3 } };
  const contract = contractWith({ headers });
  expect(lines(await compareWith(MOCKED, contract))).toEqual([
    'error | live-breaks-contract | 200 | header | X-Total | expected a header, found nothing',
  ]);
  expect(lines(await compareWith(MOCKED, contract, { 'X-Total': '12' }))).toEqual([]);
  expect(lines(await compareWith(MOCKED, contract, { 'X-Total': 'many' }))).toEqual([
    'error | live-breaks-contract | 200 | header | X-Total | expected a value that fits the schema, found another value',
  ]);
});

it('an answer of an operation without responses is not mentioned; nobody breaks anything', async () => {
  const contract = contractFile({
    openapi: '3.1.0',
    info: { title: 'Silent', version: '1' },
    paths: { '/silent': { get: { operationId: 'silent', responses: {} } } },
  });
  const statusOf = async (status: number) => {
    const { url } = await live((_, response) => response.writeHead(status).end());
    return lines(await report({ target: url, contract }));
  };
  const found = 'not-in-contract | 202 | status |  | expected no response (contract), found 202';
  expect(await statusOf(202)).toEqual([`warning | ${found}`]);
  expect(await statusOf(200)).toEqual([`note | ${found.replaceAll('202', '200')}`]);
});

it('an error that a contract may leave out breaks nothing, and is the reason why nothing is compared', async () => {
  const { url } = await live((_, response) =>
    response.writeHead(503, { 'Content-Type': 'text/html' }).end('<p>'),
  );
  const found = await report({
    target: url,
    contract: contractWith(),
    ...ONLY_THING,
  });
  expect(lines(found)).toEqual(['note | not-in-contract | 503 | status |  | expected one of 200, found 503']);
  expect(found.operations.map(({ reason }) => reason)).toEqual(['live answers 503.']);
  expect(found.code).toBe(2);
});

it('expects no body with a status that has none in HTTP, whatever the contract says', async () => {
  const contract = contractFile({
    openapi: '3.1.0',
    info: { title: 'Nothing', version: '1' },
    paths: {
      '/nothing': {
        get: {
          operationId: 'nothing',
          responses: { 204: { description: 'None.', content: { 'application/json': { schema: THING } } } },
        },
      },
    },
  });
  const { url } = await live((_, response) => response.writeHead(204).end());
  const { code, findings } = await report({ target: url, contract });
  expect({ code, findings }).toEqual({ code: 0, findings: [] });
});

it('sends HEAD where the contract has it, and compares all but the body', async () => {
  const headers = { 'X-Total': { required: true, schema: { type: 'integer' }, example: 3 } };
  const { url, requests } = await live((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100', Allow: 'GET' });
    response.end();
  });
  const found = await report({ target: url, contract: contractWith({ headers }), operation: ['look'] });
  expect(requests.map(({ method }) => method)).toEqual(['HEAD']);
  expect(lines(found)).toEqual([
    'error | live-breaks-contract | 200 | header | X-Total | expected a header, found nothing',
  ]);
});

it('sends nothing but GET and HEAD', async () => {
  const { url, requests } = await live((_, response) => response.end());
  const contract = contractWith();
  await report({ target: url, contract });
  expect(requests.map(({ method }) => method)).toEqual(['GET', 'HEAD']);
  await expect(report({ target: url, contract, operation: ['remove'] })).rejects.toMatchObject({
    exitCode: 2,
    message: '--operation "remove": it is a DELETE; only GET and HEAD are sent to a live server.',
  });
  expect(requests).toHaveLength(2);
});

it('finds operations where the mock does: with a query in the key, without a slash, with methods in upper case', async () => {
  const responses = {
    200: {
      description: 'Found.',
      content: { 'application/json': { schema: { type: 'array' }, example: [] } },
    },
  };
  const contract = contractFile({
    openapi: '3.1.0',
    info: { title: 'Odd', version: '1' },
    paths: {
      '/search?sort=name&kind={kind}': {
        get: {
          operationId: 'search',
          parameters: [{ name: 'kind', in: 'query', schema: { type: 'string' }, example: 'a' }],
          responses,
        },
      },
      list: { GET: { operationId: 'list', responses } },
    },
  });
  const { url, requests } = await live((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end('{}');
  });
  const found = await report({ target: url, contract });
  expect(requests.map(({ url: sent }) => sent)).toEqual(['/search?sort=name&kind=a', '/list']);
  expect(lines(found)).toEqual([
    'error | live-breaks-contract | 200 | body |  | expected array, found object',
    'error | live-breaks-contract | 200 | body |  | expected array, found object',
  ]);
});
