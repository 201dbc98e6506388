// Run by ../leaks.test.ts, in the worker of leaks.ts where files share one.
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect } from 'vitest';
import { test } from '../../../../src/adapters/vitest/vitest.ts';

// As a setup file may do; it would refuse what it does not know.
const own = setupServer();
beforeAll(() => own.listen({ onUnhandledRequest: 'error' }));
afterAll(() => own.close());

test('is in another file', async ({ mock }) => {
  mock.use('throttled');
  const response = await fetch('https://us.posthog.com/api/projects/1/experiments/stats/');
  expect(response.status).toBe(429);
  expect(mock).toHaveReceived('experiments_stats_retrieve', { times: 1 });
});
