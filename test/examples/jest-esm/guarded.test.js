// Each test has a mock of its own, and fails when it asks what the mock does not answer.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeLaunches } from './launches.js';
import { server, withMock } from './with-mock.js';

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

it(
  'repeats what PostHog says',
  withMock(async (mock) => {
    mock.use('missing-scope');
    expect(await describeLaunches(1, 'phx_experiment_read')).toMatch('missing required scope');
    expect(mock.journal.entries).toHaveLength(1);
  }),
);

it(
  'starts anew',
  withMock(async () => {
    expect(await describeLaunches(1, 'phx_experiment_read')).toBe('8 launched in 30 days');
  }),
);

it('fails when it misspells', async () => {
  const misspelt = withMock(() =>
    fetch('https://us.posthog.com/api/projects/1/experiment/stats/').catch(() => {}),
  );
  await expect(misspelt()).rejects.toThrow(/Nearest operation: GET .* the contract has "experiments"/);
});
