import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestSite, type TestSite } from './fronts/chromium.ts';

let site: TestSite;
let page: Page;
let warnings: string[];

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

beforeEach(async () => {
  page = await site.openPage();
  warnings = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  page.on('pageerror', ({ message }) => warnings.push(message));
});

/** The statuses of a request in the page before and after a second mock is started, and who journaled what. */
const takeOver = () =>
  page.evaluate(async () => {
    const { mock: first, createMockHere: createMock, startWorkerHere: startWorker } = globalThis;
    const second = createMock({ scenario: 'throttled' });
    const ask = async () => (await fetch('/api/projects/1/experiments/stats/')).status;
    const before = await ask();
    await startWorker(second);
    const after = [await ask(), await ask()];
    return {
      statuses: [before, ...after],
      journaled: [first.journal.entries.length, second.journal.entries.length],
    };
  });

it('lets a second worker take over without a word from MSW', async () => {
  expect(await takeOver()).toEqual({ statuses: [401, 429, 429], journaled: [1, 2] });
  expect(warnings).toEqual([]);
});

it('reports the near misses of the mock that answers', async () => {
  await takeOver();
  const unmatched = await page.evaluate(async () => {
    const { createMockHere: createMock, startWorkerHere: startWorker, mock: first } = globalThis;
    const last = createMock();
    await startWorker(last);
    await fetch('/api/projects/1/experiments/stat/');
    return [first, last].map(({ journal }) => journal.unmatched.map(({ request }) => request.path));
  });
  expect(unmatched).toEqual([[], ['/api/projects/1/experiments/stat/']]);
});

it('lets the last of two take over that are started at once, and ignores that the other is stopped', async () => {
  const statuses = await page.evaluate(async () => {
    const { createMockHere: createMock, startWorkerHere: startWorker } = globalThis;
    const starting = startWorker(createMock({ scenario: 'throttled' }));
    // As an effect does in React's strict mode.
    const stopping = starting.then((worker) => worker.stop());
    const last = await startWorker(createMock({ scenario: 'server-error' }));
    await stopping;
    (await starting).resetHandlers();
    const ask = async () => (await fetch('/api/projects/1/experiments/stats/')).status;
    const before = await ask();
    last.resetHandlers();
    return [before, await ask()];
  });
  expect(statuses).toEqual([500, 500]);
  expect(warnings).toEqual([]);
});

it('takes over with a worker script at another URL', async () => {
  const statuses = await page.evaluate(async () => {
    const { createMockHere: createMock, startWorkerHere: startWorker } = globalThis;
    const mock = createMock({ scenario: 'throttled' });
    const missing = await startWorker(mock, { url: '/none.js' }).catch(() => 'refused');
    await startWorker(mock, { url: '/mockServiceWorker.js?other' });
    return [missing, (await fetch('/api/projects/1/experiments/stats/')).status];
  });
  expect(statuses).toEqual(['refused', 429]);
});

it('stops at once: requests go to the network', async () => {
  const status = await page.evaluate(async () => {
    const { createMockHere: createMock, startWorkerHere: startWorker } = globalThis;
    const worker = await startWorker(createMock());
    await worker.stop();
    return (await fetch('/api/projects/1/experiments/stats/')).status;
  });
  expect(status).toBe(404);
});
