import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { setupServer } from 'msw/node';
import { createMock, unhandled } from 'posthog-experiments-mock';
import { describeLaunches } from './launches.js';

const mock = createMock({ now: '2026-01-31T12:00:00Z' });
const server = setupServer(...mock.handlers);

beforeAll(() => server.listen(unhandled(mock)));
afterEach(() => mock.reset());
afterAll(() => server.close());

it('counts the launches', async () => {
  expect(await describeLaunches(1, 'phx_experiment_read')).toBe('8 launched in 30 days');
});

it('repeats what PostHog says to a key without the scope', async () => {
  expect(await describeLaunches(1, 'phx_no_experiment_scope')).toBe(
    "API key missing required scope 'experiment:read'",
  );
});

it('asks again after it has been throttled', async () => {
  mock.use('throttled', { times: 1 });
  expect(await describeLaunches(1, 'phx_experiment_read')).toMatch('Too many requests');
  expect(await describeLaunches(1, 'phx_experiment_read')).toBe('8 launched in 30 days');
  expect(mock.journal.entries.map(({ status }) => status)).toEqual([429, 200]);
});
