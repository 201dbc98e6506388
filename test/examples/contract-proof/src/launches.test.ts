import { createTest } from 'posthog-experiments-mock/vitest';
import { describe, expect } from 'vitest';
import { describeLaunches } from './launches.ts';

const test = createTest({ now: '2026-01-31T12:00:00Z' });
const KEY = 'phx_experiment_read';

test('counts the launches', async ({ mock }) => {
  mock.database.experiments.create({ id: 100, project_id: 1, name: 'New checkout', start_date: 'now-1d' });
  expect(await describeLaunches(1, KEY)).toBe('9 launched in 30 days');
  expect(mock).toHaveReceived('experiments_stats_retrieve', { times: 1, status: 200 });
});

test('starts anew', async ({ mock }) => {
  expect(await describeLaunches(1, KEY)).toBe('8 launched in 30 days');
  expect(mock.journal.entries).toHaveLength(1);
});

describe('while PostHog throttles', () => {
  test.override({ mockOptions: { scenario: 'throttled' } });

  test('asks to wait', async () => {
    expect(await describeLaunches(1, KEY)).toMatch('Too many requests');
  });
});

// The guard fails it: `.fails` turns that into a pass.
test.fails('asks for what is not there', async () => {
  await fetch('https://us.posthog.com/api/projects/1/experiment/stats/').catch(() => {});
});

// Names are checked by tsc.
// @ts-expect-error: there is no such scenario
createTest({ scenario: 'trottled' });
// @ts-expect-error: there is no such field
createTest({ fixtures: { experiments: [{ id: 1, project_id: 1, nmae: 'New checkout' }] } });
