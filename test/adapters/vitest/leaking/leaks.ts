// Run by ../leaks.test.ts: tests that fail because of what they ask, and others that may ask it.
import { describe, expect } from 'vitest';
import { createTest, test } from '../../../../src/adapters/vitest/vitest.ts';

const PROJECT = 'https://us.posthog.com/api/projects/1/experiments';
const headers = { Authorization: 'Bearer phx_experiment_read' };
const ask = (url: string) => fetch(url, { headers }).catch(() => null);

test('passes', async ({ mock }) => {
  expect((await ask(`${PROJECT}/stats/`))?.status).toBe(200);
  expect(mock).toHaveReceived('experiments_stats_retrieve', { times: 1 });
});

test('misspells', async () => {
  await ask(`${PROJECT}/stat/?personal_api_key=phx_experiment_read`);
});

test('asks another API', async () => {
  await ask('https://other.example/things/phx_experiment_read?key=secret');
});

test('breaks the contract', async () => {
  await ask(`${PROJECT}/requires_flag_implementation/?limit=ten&limt=5`);
});

test.concurrent('leaks while another test runs', async () => {
  for (let count = 0; count < 12; count += 1) await ask(`https://other.example/${count}`);
});

test.concurrent('runs while another test leaks', async () => {
  for (let count = 0; count < 12; count += 1) await ask(`${PROJECT}/stats/`);
});

test('asks in a loop', async () => {
  for (let count = 0; count < 3; count += 1) await ask('https://other.example/again');
});

test('gives the mock what it does not match', async ({ mock }) => {
  await mock.fetch('https://us.posthog.com/api/nothing/');
});

test('uses a method that the path does not have', async () => {
  await fetch(`${PROJECT}/stats/`, { method: 'POST', headers });
});

test('uses methods that the path has', async () => {
  for (const method of ['HEAD', 'OPTIONS']) await fetch(`${PROJECT}/stats/`, { method, headers });
});

describe('where it is ignored', () => {
  test.override({ guard: { unmatched: 'ignore' } });

  test('misspells without failing', async () => {
    expect(await ask(`${PROJECT}/stat/`)).toBeNull();
  });
});

describe('with a guard that is misspelt', () => {
  // @ts-expect-error: there is no such kind
  test.override({ guard: { invalide: 'ignore' } });

  test('does not run', () => {});
});

const unguarded = createTest({ guard: false });

unguarded('clears what it has asked', async ({ mock }) => {
  await mock.fetch('https://us.posthog.com/api/nothing/');
});

test('clears the journal', async ({ mock }) => {
  await mock.fetch('https://us.posthog.com/api/nothing/');
  mock.reset();
});

const things = createTest({
  contract: {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: { '/things': { get: { operationId: 'listThings', responses: { 204: { description: 'None' } } } } },
  },
});

things('asks the mock of other tests', async () => {
  await ask(`${PROJECT}/stats/`);
});

let tries = 0;
test('is tried again', { retry: 1 }, async ({ mock }) => {
  expect(mock.journal.entries).toHaveLength(0);
  tries += 1;
  await ask(tries === 1 ? `${PROJECT}/stat/` : `${PROJECT}/stats/`);
});
