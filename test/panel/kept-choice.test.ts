import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../conformance/fronts/chromium.ts';
import { applyToStats, choose, openSection, said, scenario } from './looking.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite(new URL('./page.ts', import.meta.url));
});

afterAll(() => site.close());

const selected = (page: Page) => page.evaluate(() => globalThis.panelMock.scenario);

async function reload(page: Page): Promise<void> {
  await page.reload();
  await page.waitForSelector('body[data-ready]', { state: 'attached' });
}

it('keeps the selection across a reload', async () => {
  const page = await site.openPage();
  await choose(page, 'throttled');
  await applyToStats(page);
  await choose(page, 'trend-up');
  await reload(page);
  expect(await selected(page)).toEqual({
    default: 'throttled',
    operations: { experiments_stats_retrieve: 'trend-up' },
  });
  await expect.poll(() => scenario(page, 'throttled').isChecked()).toBe(true);
});

it('keeps the selection within its tab', async () => {
  const page = await site.openPage();
  await choose(page, 'throttled');
  const other = await site.openPage();
  expect(await selected(other)).toEqual({ default: 'ok', operations: {} });
});

it('forgets the selection on reset', async () => {
  const page = await site.openPage();
  await choose(page, 'throttled');
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => said(page)).toContain('as they were at the start');
  await reload(page);
  expect(await selected(page)).toEqual({ default: 'ok', operations: {} });
});

it('does not keep a selection that ends after a number of answers', async () => {
  const page = await site.openPage();
  await page.getByRole('spinbutton', { name: 'Answers' }).fill('2');
  await choose(page, 'throttled');
  await reload(page);
  expect(await selected(page)).toEqual({ default: 'ok', operations: {} });
});

it('takes the scenario from the page’s URL, which overrides the kept selection', async () => {
  const page = await site.openPage();
  await choose(page, 'throttled');
  await page.goto(
    `${page.url()}?mock-scenario=missing-scope&mock-scenario=experiments_stats_retrieve%3Dtrend-up`,
  );
  await page.waitForSelector('body[data-ready]', { state: 'attached' });
  expect(await selected(page)).toEqual({
    default: 'missing-scope',
    operations: { experiments_stats_retrieve: 'trend-up' },
  });
});

it('selects the scenario before the panel is loaded', async () => {
  const page = await site.openPage({ path: '/?mock-scenario=missing-scope' });
  const first = await page.evaluate(() => globalThis.scenarioWhenMounted);
  expect(first).toBe('missing-scope');
});

const STATS = 'experiments_stats_retrieve';

it.each([
  [
    'missing-scop',
    '?mock-scenario=missing-scop in the URL: There is no scenario "missing-scop". Did you mean',
  ],
  ['', '?mock-scenario= in the URL: There is no scenario "". The contract has'],
  [
    'stats%3Dtrend-up',
    '?mock-scenario=stats=trend-up in the URL: There is no operation "stats". The contract',
  ],
  [`${STATS}%3Dflag-required`, `${STATS} has no scenario "flag-required". It has: ok, `],
  [`${STATS}%3D`, `?mock-scenario=${STATS}= in the URL: There is no scenario "".`],
  [
    'nope&mock-scenario=ok',
    'names several scenarios for all operations. The last one that exists is selected.',
  ],
])('reports what it cannot select in the console and in the panel: %s', async (asked, problem) => {
  const page = await site.openPage({ path: '/?closed' });
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  await page.goto(`${page.url()}&mock-scenario=${asked}`);
  await page.getByRole('img', { name: 'Something is wrong' }).waitFor();
  await page.locator('.launcher').click();
  await expect.poll(() => page.getByRole('alert').textContent()).toContain(problem);
  expect(warnings.join('\n')).toContain(problem);
  expect(await selected(page)).toEqual({ default: 'ok', operations: {} });
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect.poll(() => page.getByRole('alert').textContent()).toBe('');
  await openSection(page, 'Clock');
  await expect.poll(() => page.locator('#clock time').isVisible()).toBe(true);
});

it('takes a scenario for all operations and exceptions in any order', async () => {
  const page = await site.openPage({ path: `/?mock-scenario=${STATS}%3Dtrend-up&mock-scenario=throttled` });
  expect(await selected(page)).toEqual({ default: 'throttled', operations: { [STATS]: 'trend-up' } });
  expect(await page.getByRole('alert').textContent()).toBe('');
});

it('ignores invalid entries in the storage', async () => {
  const page = await site.openPage();
  for (const kept of ['{', '[]', '{"operations":{"a":1}}', '{"default":"gone","operations":{}}']) {
    await page.evaluate((text) => sessionStorage.setItem('posthog-experiments-mock:scenario', text), kept);
    await reload(page);
    expect(await selected(page)).toEqual({ default: 'ok', operations: {} });
  }
});

it('says that a kept scenario is gone from the contract, once', async () => {
  const page = await site.openPage();
  await page.evaluate(() =>
    sessionStorage.setItem(
      'posthog-experiments-mock:scenario',
      '{"default":"gone","operations":{"experiments_stats_retrieve":"trend-up"}}',
    ),
  );
  await reload(page);
  const alert = page.getByRole('alert');
  await expect
    .poll(() => alert.textContent())
    .toContain('What was selected before the reload: There is no scenario "gone".');
  await reload(page);
  await expect.poll(() => alert.textContent()).toBe('');
  expect(await page.evaluate(() => globalThis.panelMock.scenario)).toEqual({
    default: 'ok',
    operations: { experiments_stats_retrieve: 'trend-up' },
  });
});

it.each(['mock_scenario', 'Mock-Scenario', 'mockScenario'])(
  'reports the misspelt parameter %s',
  async (name) => {
    const page = await site.openPage({ path: '/?closed' });
    const warning = page.waitForEvent('console', (message) => message.type() === 'warning');
    await page.evaluate((search) => Object.assign(location, { search }), `?closed&page=2&${name}=throttled`);
    expect((await warning).text()).toBe(
      `[posthog-experiments-mock] ?${name} in the URL is no parameter of the mock. Did you mean "mock-scenario"?`,
    );
  },
);
