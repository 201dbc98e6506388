import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createMock, type RunningServer, startServer, UsageTypeError } from '../../../src/index.ts';
import type { CoreMock } from '../../../src/mock/mock.ts';
import { CONTROL, JSON_BODY } from '../support/server.ts';

let server: RunningServer;

beforeAll(async () => {
  let mock: CoreMock = createMock();
  server = await startServer(() => mock, { port: 0 });
  // The control plane is loaded by the first request to it.
  await fetch(`${server.url}${CONTROL}/scenario`);
  vi.resetModules();
  const copy = await import('../../../src/index.ts');
  expect(copy.UsageTypeError).not.toBe(UsageTypeError);
  mock = copy.createMock();
});
afterAll(() => server.close());

it.each([
  { method: 'GET', path: '/requests?operation=nothing', status: 400 },
  { method: 'PUT', path: '/scenario', body: { scenario: 'nope' }, status: 404 },
  { method: 'PUT', path: '/scenario', body: { scenario: 'throttled', times: 0 }, status: 400 },
  { method: 'PUT', path: '/clock', body: { now: 'yesterday' }, status: 400 },
  { method: 'PUT', path: '/fixtures', body: {}, status: 400 },
  { method: 'POST', path: '/sessions', body: { fixtures: { experiments: [{ id: 'one' }] } }, status: 400 },
  { method: 'POST', path: '/change-requests/1/approve', body: {}, status: 404 },
])(
  '$method $path tells the mistakes of $body where another copy of the package made the mock',
  async (request) => {
    const { method, path, body, status } = request;
    const init = body === undefined ? { method } : { method, headers: JSON_BODY, body: JSON.stringify(body) };
    expect((await fetch(server.url + CONTROL + path, init)).status).toBe(status);
  },
);
