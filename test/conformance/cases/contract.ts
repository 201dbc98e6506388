import { type Case, expectCase, type Received } from '../case.ts';

/** An API that is not PostHog's. */
const contract = {
  openapi: '3.1.0',
  info: { title: 'Files', version: '1.0.0' },
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
  paths: {
    '/files/{name}': {
      get: {
        operationId: 'file',
        security: [{ key: [] }],
        responses: {
          200: {
            description: 'A file.',
            content: { 'text/csv': { example: 'a,b\n1,2' }, 'application/json': { example: { a: 1 } } },
          },
          401: { description: 'Who?', content: { 'application/json': { example: { error: 'who?' } } } },
          '4XX': { description: 'No.', content: { 'application/json': { example: { error: 'no' } } } },
        },
      },
    },
    '/files?beta=true': { post: { operationId: 'upload', responses: { 201: { description: 'Made.' } } } },
  },
};

const KEY = { 'x-key': 'any' };
const ALLOW = 'GET, HEAD, OPTIONS';

function given(
  name: string,
  request: Partial<Case['request']>,
  { scenario = 'ok', operation = 'file', source = 'example', status, body, ...more }: Given,
): Case {
  const headers = {
    vary: 'Prefer',
    'x-mock-operation': operation,
    ...(scenario && { 'x-mock-scenario': scenario }),
    ...(source && { 'x-mock-source': source }),
    ...more.headers,
  };
  const asked = { path: '/files/a%2Fb.md', headers: KEY, ...request };
  return expectCase(
    `by contract: ${name}`,
    { options: { contract }, request: asked },
    { status, headers, body },
  );
}

interface Given extends Omit<Received, 'headers'> {
  readonly headers?: Received['headers'];
  readonly scenario?: string;
  readonly operation?: string;
  readonly source?: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const CHALLENGE = { 'www-authenticate': 'ApiKey in="header", name="X-Key"' };

export const BY_CONTRACT: readonly Case[] = [
  given('an example', {}, { status: 200, headers: JSON_TYPE, body: '{"a":1}' }),
  given(
    'another media type',
    { headers: { ...KEY, accept: 'text/csv' } },
    { status: 200, headers: { 'content-type': 'text/csv' }, body: 'a,b\n1,2' },
  ),
  given(
    'no media type',
    { headers: { ...KEY, accept: 'image/png' } },
    { status: 406, headers: JSON_TYPE, body: '{"error":"no"}' },
  ),
  given(
    'no credential',
    { headers: {} },
    {
      status: 401,
      headers: { ...JSON_TYPE, ...CHALLENGE },
      body: '{"error":"who?"}',
    },
  ),
  given(
    'a status of a range',
    { headers: { ...KEY, prefer: 'code=418' } },
    {
      status: 418,
      scenario: '4XX',
      headers: { ...JSON_TYPE, 'preference-applied': 'code=418' },
      body: '{"error":"no"}',
    },
  ),
  given('HEAD', { method: 'HEAD' }, { status: 200, headers: JSON_TYPE, body: '' }),
  given('OPTIONS', { method: 'OPTIONS' }, { status: 204, source: '', headers: { allow: ALLOW }, body: '' }),
  given(
    'a pinned query',
    { method: 'POST', path: '/files?beta=true' },
    {
      status: 201,
      operation: 'upload',
      body: '',
    },
  ),
  expectCase(
    'by contract: a broken connection',
    { options: { contract, scenario: 'network-error' }, request: { path: '/files/a' } },
    'network-error',
  ),
];
