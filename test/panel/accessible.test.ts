import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../conformance/fronts/chromium.ts';
import { ask, choose, openSection, scenario } from './looking.ts';
import { violations } from './violations.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite(new URL('./page.ts', import.meta.url));
});

afterAll(() => site.close());

const SECTIONS = ['Scenario', 'Requests', 'Send', 'Changes', 'Clock', 'Coverage'];

/** Colours and widths are independent, so two pairs cover all of them. */
it.each([
  ['light', 360],
  ['dark', 1280],
] as const)('has no axe violations: %s, %i px wide', async (colorScheme, width) => {
  const page = await site.openPage({ colorScheme, viewport: { width, height: 800 } });
  await ask(page);
  for (const name of ['server-error', 'network-error', 'approval-required']) {
    await choose(page, name);
    await ask(page);
  }
  await page.evaluate(() => globalThis.panelMock.fetch('/api/projects/1/experiments/stat/'));
  for (const section of SECTIONS) {
    await openSection(page, section);
    if (section === 'Requests') await page.locator('.entry-summary').first().click();
    if (section === 'Requests') await page.locator('.entry-summary').nth(1).click();
    if (section === 'Coverage') await page.locator('#coverage summary').click();
    if (section === 'Coverage') await page.locator('#coverage meter').first().waitFor();
    expect(await violations(page)).toEqual([]);
  }
  await page.evaluate(() => {
    for (const panel of document.querySelectorAll('posthog-mock-panel')) panel.removeAttribute('docked');
  });
  await expect.poll(() => page.getByRole('main').filter({ hasText: 'PostHog mock' }).count()).toBe(1);
  // Without it, the page would have two main landmarks.
  await page.evaluate(() => document.querySelector('body > main')?.remove());
  expect(await violations(page)).toEqual([]);
});

it('has no axe violations when collapsed to the button', async () => {
  const page = await site.openPage({ path: '/?closed&mock-scenario=nonsense' });
  expect(await violations(page)).toEqual([]);
});

it('can switch a scenario by keyboard alone', async () => {
  const page = await site.openPage({ path: '/?closed', colorScheme: 'dark' });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('Close the panel');
  const reached: string[] = [];
  while (!reached.at(-1)?.startsWith('radio') && reached.length < 20) {
    await page.keyboard.press('Tab');
    reached.push(await focused(page));
  }
  expect(reached.at(-1)).toBe('radio ok');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.evaluate(() => globalThis.panelMock.scenario.default)).toBe('flag-required');
  expect(await focused(page)).toBe('radio flag-required');
  await expect.poll(() => scenario(page, 'flag-required').isChecked()).toBe(true);
});

it.each([360, 720, 900, 1280, 1920])('does not scroll sideways at %i px', async (width) => {
  const page = await site.openPage({ viewport: { width, height: 700 } });
  await page.evaluate(() => globalThis.panelMock.use('approval-required'));
  await ask(page);
  const wide = () =>
    page.evaluate(() =>
      [...(document.querySelector('posthog-mock-panel')?.shadowRoot?.querySelectorAll('*') ?? [])]
        .filter((element) => getComputedStyle(element).overflowX !== 'visible' && element.clientWidth > 1)
        .filter((element) => !/path-|selection|entry-scenario|visually-hidden/.test(element.className))
        .filter((element) => element.scrollWidth > element.clientWidth && element.tagName !== 'INPUT')
        .map((element) => `${element.tagName}.${element.className}`),
    );
  for (const section of SECTIONS) {
    await openSection(page, section);
    if (section === 'Requests') await page.locator('.entry-summary').first().click();
    expect(await wide()).toEqual([]);
  }
  await page.evaluate(() => {
    for (const panel of document.querySelectorAll('posthog-mock-panel')) panel.removeAttribute('docked');
  });
  await expect.poll(() => page.getByRole('heading', { name: 'PostHog mock' }).count()).toBe(1);
  expect(await wide()).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

/** The label of the focused element inside the panel; for a radio button, its value. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.querySelector('posthog-mock-panel')?.shadowRoot?.activeElement;
    if (element instanceof HTMLInputElement && element.type === 'radio') return `radio ${element.value}`;
    return element?.ariaLabel ?? element?.textContent?.trim() ?? 'nothing';
  });
}
