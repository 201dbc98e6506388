import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMock } from '../../../src/index.ts';
import { type RunningServer, startServer } from '../../../src/server/server.ts';

const BUG = "Cannot read properties of undefined (reading 'phx_secret')";

/** A mock with the same bug behind every member: what a slip in its code throws. */
function brokenMock(): ReturnType<typeof createMock> {
  return new Proxy(createMock(), {
    get: (_, member) => {
      if (member === Symbol.dispose) return () => {};
      throw new TypeError(BUG);
    },
  });
}

/** Every route that asks its mock for something. */
const ROUTES: readonly (readonly [method: string, path: string, body?: object])[] = [
  ['GET', '/contract'],
  ['GET', '/scenarios'],
  ['PUT', '/scenario', { scenario: 'throttled' }],
  ['POST', '/reset'],
  ['GET', '/requests'],
  ['DELETE', '/requests'],
  ['GET', '/events'],
  ['POST', '/sessions'],
  ['GET', '/fixtures'],
  ['PUT', '/fixtures', createMock().snapshot()],
  ['GET', '/clock'],
  ['PUT', '/clock', { now: '2026-01-01' }],
  ['PUT', '/clock', { advance: 1 }],
  ['GET', '/change-requests'],
  ['POST', '/change-requests/1/approve'],
  ['POST', '/change-requests/1/reject', { reason: 'No.' }],
  ['POST', '/change-requests/1/cancel'],
  ['POST', '/change-requests/1/expire'],
];

describe('A bug of the mock', () => {
  const caught: unknown[] = [];
  let server: RunningServer;

  beforeAll(async () => {
    const mock = brokenMock();
    server = await startServer(() => mock, { port: 0, onError: (cause) => void caught.push(cause) });
  });
  afterAll(() => server.close(0));

  it.each(ROUTES.map(([method, path, body]) => ({ method, path, body })))(
    'is a 500 of $method $path, and onError gets its stack',
    async ({ method, path, body }) => {
      caught.length = 0;
      const json = { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
      const init = body === undefined ? { method } : { method, ...json };
      const response = await fetch(`${server.url}/__mock__${path}`, init);
      expect(response.status).toBe(500);
      const text = await response.text();
      expect(JSON.parse(text).code).toBe('MOCK_FAILED');
      expect(text).not.toContain('Cannot read');
      expect(caught).toEqual([new TypeError(BUG)]);
      expect(caught[0]).toHaveProperty('stack', expect.stringContaining('bugs.test.ts'));
    },
  );

  it('is a 500 of the API, too', async () => {
    caught.length = 0;
    const response = await fetch(`${server.url}/api/projects/1/experiments/stats/`);
    expect(response.status).toBe(500);
    expect(caught).toEqual([new TypeError(BUG)]);
  });
});
