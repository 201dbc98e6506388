// Starts the built app with a mock in this process as its PostHog, and opens it in Chromium.
import assert from 'node:assert/strict';
import { after, afterEach, before, it } from 'node:test';
import { chromium } from 'playwright-core';
import { createMock, startServer } from 'posthog-experiments-mock';
import { runNext } from './run-next.js';

const APP = 'http://127.0.0.1:4121';
const mock = createMock({ now: '2026-01-31T12:00:00Z' });
let server;
let stopNext;
let browser;

before(async () => {
  server = await startServer(mock, { port: 0 });
  const env = { POSTHOG_HOST: server.url, POSTHOG_PERSONAL_API_KEY: 'phx_experiment_read' };
  stopNext = await runNext('start', 4121, env);
  browser = await chromium.launch({ executablePath: process.env.CHROME_PATH });
});

after(async () => {
  await browser?.close();
  await stopNext?.();
  await server?.close();
});

afterEach(() => mock.reset());

async function open() {
  const page = await browser.newPage();
  await page.goto(APP);
  return page;
}

it('is rendered on the server with the numbers of the mock', async () => {
  assert.match(await (await fetch(APP)).text(), /8 launched in 30 days/);
  const [entry] = mock.journal.entries;
  assert.equal(entry.operation, 'experiments_stats_retrieve');
  assert.equal(entry.status, 200);
});

it('asks from the browser too', async () => {
  const page = await open();
  await page.getByText('Flag to be implemented: yes').waitFor();
  await mock.journal.waitFor({ operation: 'experiments_requires_flag_implementation_retrieve', status: 200 });
});

it('shows on the server and in the browser what PostHog says to a key without the scope', async () => {
  mock.use('missing-scope');
  const page = await open();
  const refusals = page.getByText("API key missing required scope 'experiment:read'");
  await refusals.nth(1).waitFor();
  assert.equal(await refusals.count(), 2);
});

it('shows a refusal of one of the two', async () => {
  mock.use('throttled', { operation: 'experiments_requires_flag_implementation_retrieve' });
  const page = await open();
  await page.getByText('Request was throttled.').waitFor();
  await page.getByText('8 launched in 30 days').waitFor();
});
