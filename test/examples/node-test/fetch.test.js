// Code that accepts a `fetch` function needs no interception, so tests may run at the same time.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMock } from 'posthog-experiments-mock';
import { describeLaunches } from './launches.js';

const mock = createMock({ now: '2026-01-31T12:00:00Z' });

describe('the launches of a project', { concurrency: true }, () => {
  for (const [scenario, expected] of Object.entries({
    ok: /^8 launched/,
    'few-launches': /^3 launched/,
    throttled: /^Too many requests/,
    'missing-scope': /missing required scope/,
  })) {
    it(`are told in the scenario ${scenario}`, async () => {
      const session = mock.session({ scenario });
      assert.match(await describeLaunches(1, 'phx_experiment_read', session.fetch), expected);
      assert.equal(session.journal.entries.length, 1);
    });
  }
});
