// Run by ../coverage.test.ts.
import { expect } from 'vitest';
import { test } from '../../../../src/adapters/vitest/vitest.ts';

const STATS = 'https://us.posthog.com/api/projects/1/experiments/stats/';

test.concurrent.for([
  ['trend-up', 200],
  ['server-error', 500],
  ['missing-scope', 403],
] as const)('answers %s', async ([scenario, status], { mock }) => {
  mock.use(scenario);
  expect((await fetch(STATS)).status).toBe(status);
});
