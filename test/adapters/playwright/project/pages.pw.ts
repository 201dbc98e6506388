// Run by ../playwright.test.ts: tests whose pages ask a mock, and some that fail because of what they ask.
import { expect } from '@playwright/test';
import { createTest, test } from '../../../../src/adapters/playwright/playwright.ts';

const STATS = 'https://us.posthog.com/api/projects/1/experiments/stats/';

/** Opens a page of another origin, and asks from there. @returns status and body, or the error. */
async function ask(page: import('@playwright/test').Page, url: string): Promise<string> {
  await page.route('https://app.example/', (route) =>
    route.fulfill({ body: '<!doctype html>', contentType: 'text/html' }),
  );
  await page.goto('https://app.example/');
  return page.evaluate(async (url) => {
    const headers = { Authorization: 'Bearer phx_experiment_read' };
    const response = await fetch(url, { headers }).catch(String);
    return typeof response === 'string' ? response : `${response.status} ${await response.text()}`;
  }, url);
}

test('answers pages', async ({ page, mock }) => {
  expect(await ask(page, STATS)).toMatch(/^200 .*launched_last_30d/);
  expect(mock.journal.entries.map(({ status }) => status)).toEqual([200]);
});

test('answers pages by the scenario of the test', async ({ page, mock }) => {
  mock.use('throttled');
  expect(await ask(page, STATS)).toMatch(/^429 .*throttled/);
});

test('answers contexts that it opens itself', async ({ browser, mock }) => {
  mock.use('throttled');
  await using context = await browser.newContext();
  expect(await ask(await context.newPage(), STATS)).toMatch(/^429 /);
  await using page = await browser.newPage();
  expect(await ask(page, STATS)).toMatch(/^429 /);
  expect(mock.journal.entries).toHaveLength(2);
});

test.describe('a page of several tests', () => {
  test.describe.configure({ mode: 'serial' });
  let page: import('@playwright/test').Page;
  test.beforeAll(async ({ browser }) => {
    page = await browser.newPage();
  });
  test.afterAll(() => page.close());

  test('is answered by the first', async ({ mock }) => {
    mock.use('throttled');
    expect(await ask(page, STATS)).toMatch(/^429 /);
  });

  test('is answered by the second', async ({ mock }) => {
    mock.use('few-launches');
    expect(await ask(page, STATS)).toMatch(/^200 /);
    expect(mock.journal.entries).toHaveLength(1);
  });
});

test('breaks the connection', async ({ page, mock }) => {
  mock.use('network-error');
  expect(await ask(page, STATS)).toBe('TypeError: Failed to fetch');
});

test('lets a test end whose answer never comes', async ({ page, mock }) => {
  mock.use('timeout');
  void ask(page, STATS).catch(() => {});
  await mock.journal.waitFor({ operation: 'experiments_stats_retrieve' }, { timeout: 20_000 });
});

test('is served over HTTP', async ({ request, mock, mockURL }) => {
  mock.use('missing-scope');
  const response = await request.get(`${mockURL}/api/projects/1/experiments/stats/`);
  expect(response.status()).toBe(403);
});

test.describe('with options', () => {
  test.use({ mockOptions: { scenario: 'few-launches' } });

  test('starts as they say', async ({ page, mock }) => {
    expect(await ask(page, STATS)).toMatch(/^200 /);
    expect(mock.scenario.default).toBe('few-launches');
  });
});

test('misspells', async ({ page }) => {
  expect(await ask(page, STATS.replace('stats', 'stat'))).toBe('TypeError: Failed to fetch');
});

test('uses a method that the path does not have', async ({ request, mockURL }) => {
  await request.post(`${mockURL}/api/projects/1/experiments/stats/`);
});

test('breaks the contract', async ({ page }) => {
  await ask(page, `${STATS}?limt=5`);
});

test('fails by itself', async ({ page }) => {
  expect(await ask(page, STATS)).toMatch(/^500/);
});

test.describe('where it is ignored', () => {
  test.use({ guard: { unmatched: 'ignore' } });

  test('misspells without failing', async ({ page }) => {
    expect(await ask(page, STATS.replace('stats', 'stat'))).toBe('TypeError: Failed to fetch');
  });
});

test.describe('with a guard that is misspelt', () => {
  // @ts-expect-error: there is no such kind
  test.use({ guard: { unhandled: 'ignore' } });

  test('does not run', () => {});
});

const things = createTest({
  contract: {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: { '/things': { get: { operationId: 'listThings', responses: { 204: { description: 'None' } } } } },
  },
});

things('answers by another contract', async ({ page, mock }) => {
  expect(await ask(page, 'https://things.example/things')).toBe('204 ');
  expect(mock.journal.entries.map(({ operation }) => operation)).toEqual(['listThings']);
});
