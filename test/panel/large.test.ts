import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMock } from '../../src/index.ts';
import type { CoreMock } from '../../src/mock/mock.ts';
import { type RunningServer, startServer } from '../../src/server/server.ts';
import { connect } from '../conformance/fronts/chromium.ts';
import { largeContract } from '../contract/large.ts';
import { entries, openSection, said, scenario } from './looking.ts';
import { violations } from './violations.ts';

const COUNT = 823;
const OPERATION = 'insights_transferred_ownership_of_resource_9_retrieve';
const LABEL = 'GET …/insights/{insights_id}/transferred_ownership_of_resource_9/';
const PATH = '/api/projects/1/insights/1/transferred_ownership_of_resource_9/';

let browser: Browser;
let mock: CoreMock;
let server: RunningServer;
let page: Page;

beforeAll(async () => {
  browser = await connect();
});

afterAll(() => browser.close());

beforeEach(async () => {
  mock = createMock({ contract: largeContract(COUNT) });
  server = await startServer(mock, { port: 0 });
});

afterEach(async () => {
  await page.close();
  await server.close(0);
});

async function open(options: BrowserContextOptions = {}): Promise<void> {
  page = await browser.newPage({ viewport: { width: 1280, height: 800 }, bypassCSP: true, ...options });
  page.setDefaultTimeout(8_000);
  await page.goto(`${server.url}/__mock__/`);
  await expect.poll(() => scenario(page, 'ok').isChecked()).toBe(true);
}

const field = (name = 'Applies to'): Locator => page.getByRole('combobox', { name, exact: true });
const options = (): Locator => page.getByRole('option').and(page.locator('.option'));
const count = (): Promise<string | null> => page.locator('.options-foot span').textContent();

describe('a panel of a large contract', () => {
  it('shows the scenarios of an operation that was found by typing', async () => {
    await open();
    expect(await field().inputValue()).toBe('All operations');
    await field().click();
    await field().pressSequentially('INSIGHTS resource_9_');
    await expect.poll(count).toBe(`1 of ${COUNT} operations`);
    await options().click();
    await expect.poll(() => field().inputValue()).toBe(LABEL);
    await expect.poll(() => scenario(page, 'answer-500-4').count()).toBe(0);
    await scenario(page, 'answer-403-2').click();
    await expect.poll(() => said(page)).toBe(`Scenario answer-403-2 is on for ${OPERATION}.`);
    expect(mock.scenario).toEqual({ default: 'ok', operations: { [OPERATION]: 'answer-403-2' } });
  });

  it.each([
    ['id', 'ownership_of_resource_9_ret', 1],
    ['path', '/insights/ _resource_9/', 1],
    ['method and summary', 'get resource 9 of rare_tag_4, that', 1],
    ['tag', 'rare_tag_4', 9],
    ['nothing', 'no such words', 0],
  ])('finds operations by %s', async (_, typed, expected) => {
    await open();
    await field().fill(typed);
    await expect.poll(count).toBe(`${expected} of ${COUNT} operations`);
    expect(await options().count()).toBe(expected);
  });

  it('renders only some operations, and more on request', async () => {
    await open();
    await field().click();
    await expect.poll(() => options().count()).toBe(50);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => options().count()).toBe(100);
    expect(await count()).toBe(`${COUNT} of ${COUNT} operations`);
    expect(await page.evaluate(sizeOfPanel)).toBeLessThan(1_500);
  });

  it('is used by keyboard alone', async () => {
    await open();
    await field().focus();
    expect(await field().getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.type('resource_9');
    await expect.poll(() => field().getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await expect.poll(active).toContain('resource_90_');
    await page.keyboard.press('Enter');
    await expect.poll(() => field().inputValue()).toContain('resource_90/');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.type('x');
    await page.keyboard.press('Escape');
    await expect.poll(() => field().inputValue()).toContain('resource_90/');
    expect(await options().count()).toBe(0);
  });

  it('goes on below the operations that are shown at first', async () => {
    await open();
    await field().click();
    for (let index = 0; index < 60; index++) await page.keyboard.press('ArrowDown');
    await expect.poll(active).toContain('resource_60_');
    expect(await page.locator('.option[data-active]').evaluate(isVisibleInList)).toBe(true);
  });

  it('closes the list when the focus leaves it', async () => {
    await open();
    await field().fill('resource_9');
    await expect.poll(() => options().count()).toBe(11);
    await page.getByRole('searchbox').focus();
    await expect.poll(() => options().count()).toBe(0);
    expect(await field().inputValue()).toBe('All operations');
  });

  it('still selects a scenario for all operations', async () => {
    await open();
    await scenario(page, 'answer-404-1').click();
    await expect.poll(() => said(page)).toBe('Scenario answer-404-1 is on for all operations.');
    expect(mock.scenario).toEqual({ default: 'answer-404-1', operations: {} });
    await field().fill('resource_9_');
    await options().first().click();
    await field().click();
    await options().getByText('All operations').click();
    await expect.poll(() => field().inputValue()).toBe('All operations');
  });

  it('sends a request to an operation that was found by typing', async () => {
    await open();
    await field('Operation').fill('insights resource_9/');
    await options().click();
    await page.getByRole('button', { name: 'Send request' }).click();
    await expect.poll(() => said(page)).toMatch(/^GET .*\/insights\/.*resource_9\/ was answered with \d+\.$/);
  });

  it.each([
    ['light', 1280],
    ['dark', 360],
  ] as const)('has no axe violations and does not scroll sideways: %s, %i px wide', async (scheme, width) => {
    await open({ colorScheme: scheme, viewport: { width, height: 800 } });
    await field().fill('insights');
    await expect.poll(() => options().count()).toBe(50);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(await page.locator('.options').evaluate((list) => list.scrollWidth <= list.clientWidth)).toBe(
      true,
    );
  });
});

describe('a request in the list', () => {
  it.each([1280, 360])('leads to the scenarios of its operation: %i px wide', async (width) => {
    await open({ viewport: { width, height: 800 } });
    await (await fetch(server.url + PATH)).text();
    if (width < 720) await openSection(page, 'Requests');
    await expect.poll(() => entries(page)).toHaveLength(1);
    await page.locator('.entry-summary').click();
    await page.getByRole('button', { name: OPERATION }).click();
    await expect.poll(() => field().inputValue()).toBe(LABEL);
    await expect.poll(() => scenario(page, 'answer-500-4').count()).toBe(0);
    expect(await field().evaluate((input) => input.matches(':focus'))).toBe(true);
    expect(await options().count()).toBe(0);
  });
});

/** The text of the option that the keys have reached. */
async function active(): Promise<string | null> {
  const id = await field().getAttribute('aria-activedescendant');
  return page.locator(`#${id}`).textContent();
}

function sizeOfPanel(): number {
  return document.querySelector('posthog-mock-panel')?.shadowRoot?.querySelectorAll('*').length ?? 0;
}

function isVisibleInList(option: Element): boolean {
  const outer = option.parentElement?.getBoundingClientRect();
  const inner = option.getBoundingClientRect();
  return outer !== undefined && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
}
