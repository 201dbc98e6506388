// Each test has a mock of its own, and fails when it asks what the mock does not answer.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { describeLaunches } from './launches.js';
import { server, withMock } from './with-mock.js';

before(() => server.listen({ onUnhandledRequest: 'error' }));
after(() => server.close());

describe('the launches of a project', { concurrency: true }, () => {
  for (const [scenario, expected] of Object.entries({
    ok: /^8 launched/,
    throttled: /^Too many requests/,
    'missing-scope': /missing required scope/,
  })) {
    it(
      `are told in the scenario ${scenario}`,
      withMock(async (mock) => {
        mock.use(scenario);
        assert.match(await describeLaunches(1, 'phx_experiment_read'), expected);
        assert.equal(mock.journal.entries.length, 1);
      }),
    );
  }
});

it('fails when it misspells', async () => {
  const misspelt = withMock(() =>
    fetch('https://us.posthog.com/api/projects/1/experiment/stats/').catch(() => {}),
  );
  await assert.rejects(misspelt(), /Nearest operation: GET .* the contract has "experiments"/);
});
