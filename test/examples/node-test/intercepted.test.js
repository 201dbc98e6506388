// Code that calls the global `fetch`: MSW intercepts it.
import assert from 'node:assert/strict';
import { after, afterEach, before, it } from 'node:test';
import { setupServer } from 'msw/node';
import { createMock, unhandled } from 'posthog-experiments-mock';
import { describeLaunches } from './launches.js';

const mock = createMock({ now: '2026-01-31T12:00:00Z' });
const server = setupServer(...mock.handlers);

before(() => server.listen(unhandled(mock)));
afterEach(() => mock.reset());
after(() => server.close());

it('asks again after it has been throttled', async () => {
  mock.use('throttled', { times: 1 });
  assert.match(await describeLaunches(1, 'phx_experiment_read'), /^Too many requests/);
  assert.match(await describeLaunches(1, 'phx_experiment_read'), /^8 launched/);
  assert.deepEqual(
    mock.journal.entries.map(({ status }) => status),
    [429, 200],
  );
});

it('counts again after the clock has moved', async () => {
  mock.clock.advance(20 * 24 * 60 * 60 * 1000);
  assert.match(await describeLaunches(1, 'phx_experiment_read'), /^5 launched/);
});
