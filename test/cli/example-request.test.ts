import { describe, expect, it } from 'vitest';
import { curlOf, findExampleRequest } from '../../src/cli/example-request.ts';
import { readContract } from '../../src/contract/reading/read-contract.ts';
import { createMock } from '../../src/index.ts';
import { assembleMock } from '../../src/mock/assemble-mock.ts';
import type { ProviderCall, ProviderKind } from '../../src/provider/provider.ts';
import { readFiles } from '../../src/read-files.ts';

type IsAllowed = (request: ProviderCall['request']) => boolean;

/** An API that answers 204 to whoever it allows, and else 401. */
const guarded = (isAllowed: IsAllowed): ProviderKind => ({
  keyVariable: '$API_KEY',
  noRows: null,
  okSummary: 'Forces nothing',
  scenarios: () => () => new Map(),
  routing: {
    allowsDots: true,
    ignoresTrailingSlash: false,
    takesFormatSuffix: false,
    splitsEncodedSlashes: false,
    methodDecides: true,
  },
  open: () => ({
    respond: ({ request }) => ({
      answer: { status: isAllowed(request) ? 204 : 401, headers: [], contentType: null, body: null },
      scenario: 'ok',
      source: 'database',
      synthetic: false,
      reached: true,
    }),
    headers: () => [],
    unmatched: () => null,
    changeRequests: null,
    rearm: () => {},
    reset: () => {},
    state: () => ({}),
    readState: () => () => {},
  }),
});

/** The curl command for an API whose only operation has these parameters and this security scheme. */
function commandFor(isAllowed: IsAllowed, scheme: object | null, parameters: readonly object[] = []) {
  const contract = readContract({
    openapi: '3.1.0',
    ...(scheme && { security: [{ scheme: [] }], components: { securitySchemes: { scheme } } }),
    paths: { '/files/{name}': { get: { parameters, responses: { 204: { description: 'Fine.' } } } } },
  });
  const { mock } = assembleMock({ ...readFiles({}), contract, provider: guarded(isAllowed) }, {});
  const found = findExampleRequest(mock);
  return found && curlOf(found, 'http://localhost');
}

describe('the example request', () => {
  it.each<[string, object, IsAllowed, string]>([
    [
      'a header',
      { type: 'apiKey', in: 'header', name: 'X-Key' },
      ({ headers }) => headers['x-key'] !== undefined,
      "curl -H 'X-Key: example' http://localhost/files/1",
    ],
    [
      'a query parameter',
      { type: 'apiKey', in: 'query', name: 'key' },
      ({ query }) => query.includes('key='),
      "curl 'http://localhost/files/1?key=example'",
    ],
    [
      'a cookie',
      { type: 'apiKey', in: 'cookie', name: 'sid' },
      ({ headers }) => headers.cookie?.startsWith('sid=') === true,
      "curl -H 'Cookie: sid=example' http://localhost/files/1",
    ],
    [
      'HTTP basic',
      { type: 'http', scheme: 'basic' },
      ({ headers }) => atob(headers.authorization?.replace('Basic ', '') ?? '') === 'user:password',
      "curl -H 'Authorization: Basic dXNlcjpwYXNzd29yZA==' http://localhost/files/1",
    ],
    [
      'OAuth',
      { type: 'oauth2', flows: {} },
      ({ headers }) => headers.authorization?.startsWith('Bearer ') === true,
      "curl -H 'Authorization: Bearer example' http://localhost/files/1",
    ],
  ])('has a credential that the contract describes: %s', (_, scheme, isAllowed, command) => {
    expect(commandFor(isAllowed, scheme)).toBe(command);
  });

  it('has no credential where none is needed', () => {
    expect(commandFor(() => true, null)).toBe('curl http://localhost/files/1');
  });

  it('has the values of the contract in path and query', () => {
    const parameters = [
      { name: 'name', in: 'path', required: true, example: 'read me.md', schema: { type: 'string' } },
      { name: 'since', in: 'query', required: true, example: 'last week', schema: { type: 'string' } },
      { name: 'until', in: 'query', example: 'now', schema: { type: 'string' } },
    ];
    expect(commandFor(() => true, null, parameters)).toBe(
      "curl 'http://localhost/files/read%20me.md?since=last+week'",
    );
  });

  it('is none where none succeeds', () => {
    expect(commandFor(() => false, { type: 'http', scheme: 'bearer' })).toBeNull();
  });
});

it('has the query that a path key pins, and no fragment', () => {
  const responses = { 200: { description: 'd', content: { 'application/json': { example: 1 } } } };
  const contract = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/s?beta=true#x': { get: { responses } } },
  };
  const found = findExampleRequest(createMock({ contract }));
  expect(found).toMatchObject({ path: '/s', query: 'beta=true' });
});
