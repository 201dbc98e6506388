// 50 tests at the same time, in all scenarios of an operation: each has a mock of its own, and what it asks reaches that one.
import { createMock } from 'posthog-experiments-mock';
import { test } from 'posthog-experiments-mock/vitest';
import { describe } from 'vitest';

const STATS = 'https://us.posthog.com/api/projects/1/experiments/stats/';
const OPERATION = 'experiments_stats_retrieve';
const headers = { Authorization: 'Bearer phx_experiment_read' };

const scenarios = createMock().scenarios.filter(
  ({ operations, status, name }) => operations.includes(OPERATION) && (status !== null || name === 'ok'),
);
const cases = [...scenarios, ...scenarios].slice(0, 50).map((scenario, number) => ({ number, scenario }));

describe.concurrent('the answers of stats', () => {
  test.for(cases)('$number: $scenario.name', async ({ scenario: { name, status } }, { mock, expect }) => {
    mock.use(name);
    for (let count = 0; count < 3; count += 1) {
      const response = await fetch(STATS, { headers });
      // A change request is opened once; then it is pending.
      if (status !== null && name !== 'ok') expect(response.status).toBe(status);
      if (name !== 'malformed-json') await expect(response).toConformToContract();
    }
    expect(mock).toHaveReceived(OPERATION, { times: 3 });
  });
});
