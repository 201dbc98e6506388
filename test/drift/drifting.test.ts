import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMock, startServer } from '../../src/index.ts';
import { contractFile, lines, live, report, run } from './support/live.ts';

const STATS = 'experiments_stats_retrieve';
const GOOD = {
  launched_last_30d: 8,
  launched_previous_30d: 6,
  percent_change: 33.3,
  active_experiments: 11,
  completed_last_30d: 6,
};
const HEADERS = { 'Content-Type': 'application/json', Allow: 'GET, HEAD, OPTIONS' };
const ONLY_STATS = { operation: [STATS], project: '7' };

/** Compares with a server that answers everything with one body. */
async function compareWith(body: unknown, { status = 200, headers = {} } = {}) {
  const { url } = await live((_, response) => {
    response.writeHead(status, { ...HEADERS, ...headers });
    response.end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body));
  });
  return report({ target: url, ...ONLY_STATS });
}

it('finds nothing in the mock itself, served over HTTP', async () => {
  const server = await startServer(createMock({ auth: 'off' }), { port: 0 });
  onTestFinished(() => server.close());
  const { code, findings, operations } = await report({ target: server.url });
  expect(findings).toEqual([]);
  expect(operations.map(({ status, reason }) => ({ status, reason }))).toEqual([
    { status: 200, reason: null },
    { status: 200, reason: null },
  ]);
  expect(code).toBe(0);
});

it('finds nothing in a live server that agrees, and sends it the key and the project', async () => {
  const { url, requests } = await live((_, response) => {
    response.writeHead(200, { ...HEADERS, 'Content-Encoding': 'gzip', Date: 'now', 'Cf-Ray': '1' });
    response.end(gzipSync(JSON.stringify(GOOD)));
  });
  const { code, out } = await run({ target: url, ...ONLY_STATS, format: 'text' });
  expect(out).toBe(`1 of 1 operation compared with ${url}: no drift.\n`);
  expect(code).toBe(0);
  const [{ method, url: path, headers } = {}] = requests;
  expect({ method, path, key: headers?.authorization, agent: headers?.['user-agent'] }).toEqual({
    method: 'GET',
    path: '/api/projects/7/experiments/stats/',
    key: 'Bearer zq7-S3cr3t/K3y-0f-live',
    agent: expect.stringMatching(/^posthog-experiments-mock\/\d/),
  });
});

it('shows its progress on a terminal, and takes it away at the end', async () => {
  const { url } = await live((_, response) => {
    response.writeHead(200, HEADERS);
    response.end(JSON.stringify(GOOD));
  });
  const { err } = await run({ target: url }, true);
  expect(err.split('\r\x1b[K')).toEqual([
    '',
    expect.stringMatching(/^\[1\/2\] GET \/api\/.*requires_flag/),
    '[2/2] GET /api/projects/{project_id}/experiments/stats/',
    '',
  ]);
});

const { percent_change: _, ...WITHOUT_CHANGE } = GOOD;

describe('a live server that breaks the contract', () => {
  it.each([
    ['adds a member', { ...GOOD, extra: 1 }, 'body | /extra | expected no such member, found integer'],
    ['lacks a member', WITHOUT_CHANGE, 'body |  | expected the member "percent_change", found nothing'],
    [
      'has another type',
      { ...GOOD, percent_change: '33.3' },
      'body | /percent_change | expected number, found string',
    ],
    [
      'has null',
      { ...GOOD, active_experiments: null },
      'body | /active_experiments | expected integer, found null',
    ],
    [
      'is out of range',
      { ...GOOD, active_experiments: -4711 },
      'body | /active_experiments | expected at least 0, found another integer',
    ],
    ['has a list', [GOOD], 'body |  | expected object, found array'],
    ['sends no JSON', 'Hello', 'body |  | expected JSON, found text that is not JSON'],
    ['sends no body', '', 'body |  | expected application/json, found no body'],
    [
      'sends a page that says it is JSON',
      '<!DOCTYPE html><p>Log in</p>',
      'body |  | expected JSON, found HTML, probably a page of a proxy or of a login',
    ],
  ])('%s', async (_, body, line) => {
    const { code, ...found } = await compareWith(body);
    expect(lines(found)).toEqual([`error | live-breaks-contract | 200 | ${line}`]);
    expect(code).toBe(1);
  });

  it('sends a page', async () => {
    const found = await compareWith('<html>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
    expect(lines(found)).toEqual([
      'error | live-breaks-contract | 200 | body |  | expected application/json, found text/html, probably a page of a proxy or of a login',
    ]);
  });

  it('has a status that is not documented', async () => {
    const found = await compareWith({}, { status: 418 });
    expect(lines(found)).toEqual([
      'error | live-breaks-contract | 418 | status |  | expected one of 200, 400, 401, 403, 404, 405, 406, 409, 429, 500, 502, found 418',
    ]);
    // Success could not be compared.
    expect(found.code).toBe(2);
  });

  it('has an error in another form', async () => {
    const found = await compareWith({ error: 'No.' }, { status: 404 });
    expect(lines(found)).toEqual([
      'error | live-breaks-contract | 404 | body |  | expected the members "type", "code", "detail", "attr", found nothing',
      'error | live-breaks-contract | 404 | body | /error | expected no such member, found string',
    ]);
  });

  it('has a header that does not keep its pattern', async () => {
    const error = { type: 'authentication_error', code: 'x', detail: 'x', attr: null };
    const found = await compareWith(error, { status: 401, headers: { 'WWW-Authenticate': 'Basic' } });
    expect(lines(found)).toEqual([
      'error | live-breaks-contract | 401 | header | WWW-Authenticate | expected a value that fits the schema, found another value',
    ]);
  });
});

it('says that the mock breaks the contract, where its rows give what the contract does not allow', async () => {
  const { paths, components, ...document } = createMock().contract.document;
  const { ExperimentStats: stats, ...schemas } = components?.schemas ?? {};
  const active = { type: 'integer', enum: [4, 7, 9, 12] };
  const ExperimentStats = { ...stats, properties: { ...stats?.properties, active_experiments: active } };
  const contract = contractFile({
    ...document,
    paths,
    components: { ...components, schemas: { ...schemas, ExperimentStats } },
  });
  const { url } = await live((_, response) => {
    response.writeHead(200, HEADERS);
    response.end(JSON.stringify({ ...GOOD, active_experiments: 9 }));
  });
  const found = await report({ target: url, ...ONLY_STATS, contract });
  expect(lines(found)).toEqual([
    'error | mock-breaks-contract | 200 | body | /active_experiments | expected one of 4, 7, 9, 12, found another integer',
  ]);
});

it('a name with a line break or an escape forges no line of the report', async () => {
  const { url } = await live((_, response) => {
    response.writeHead(200, HEADERS);
    response.end(JSON.stringify({ ...GOOD, 'x\nERROR: forged\u001b[31m': 1 }));
  });
  const { out } = await run({ target: url, ...ONLY_STATS, format: 'text' });
  expect(out).toContain('body /x%0AERROR: forged%1B[31m:');
  expect(out.split('\n').filter((line) => line.startsWith('ERROR'))).toEqual([]);
});

describe('what differs where nothing is broken', () => {
  it('is an optional header that only the mock sends, which is a note and fails nothing', async () => {
    const { url } = await live((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(GOOD));
    });
    const { code, ...found } = await report({ target: url, ...ONLY_STATS });
    expect(lines(found)).toEqual([
      'note | both-keep-contract | 200 | header | allow | expected a header (mock), found nothing',
    ]);
    expect(code).toBe(0);
  });

  it('is a header that only live sends, which is a note and fails nothing', async () => {
    const { code, ...found } = await compareWith(GOOD, { headers: { 'X-New': 'secret value' } });
    expect(lines(found)).toEqual([
      'note | not-in-contract | 200 | header | x-new | expected no such header (contract), found a header',
    ]);
    expect(code).toBe(0);
  });

  it('is a redirect, which is followed on the same origin', async () => {
    const { url, requests } = await live((request, response) => {
      const isMoved = request.url?.startsWith('/v2/') === true;
      response.writeHead(isMoved ? 200 : 308, isMoved ? HEADERS : { Location: `/v2${request.url}` });
      response.end(isMoved ? JSON.stringify(GOOD) : '');
    });
    const found = await report({ target: url, ...ONLY_STATS });
    expect(lines(found)).toEqual([
      'warning | not-in-contract | 200 | status |  | expected no redirect (contract), found a redirect (308) to the same origin',
    ]);
    expect(requests.map(({ headers }) => headers.authorization?.slice(0, 10))).toEqual([
      'Bearer zq7',
      'Bearer zq7',
    ]);
  });
});

it.each([
  ['br', brotliCompressSync],
  ['gzip', gzipSync],
])('reads bodies in %s', async (encoding, compress) => {
  const body = compress(JSON.stringify({ ...GOOD, extra: true }));
  const found = await compareWith(body, { headers: { 'Content-Encoding': encoding } });
  expect(lines(found)).toEqual([
    'error | live-breaks-contract | 200 | body | /extra | expected no such member, found boolean',
  ]);
});

it.each([
  [401, /^live answers 401: it does not accept the key; check the variable/],
  [403, /^live answers 403: the key may not do this; .*experiment:read.*--project ID\.$/],
  [404, /^live answers 404: .*--project ID/],
  [500, /^live answers 500\.$/],
])('says what to do about a %i, which tells nothing of success', async (status, reason) => {
  const error = { type: 'server_error', code: 'x', detail: 'x', attr: null };
  const headers = {
    'WWW-Authenticate':
      'Bearer resource_metadata="https://us.posthog.com/.well-known/oauth-protected-resource"',
  };
  const { code, findings, operations } = await compareWith(
    error,
    status === 401 ? { status, headers } : { status },
  );
  expect(findings).toEqual([]);
  expect(operations[0]?.reason).toMatch(reason);
  expect(code).toBe(2);
});
