import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Sends a request as the page’s code would. @returns the status, or the name of the error. */
export function ask(page: Page, key = 'phx_experiment_read'): Promise<number | string> {
  return page.evaluate(async (value) => {
    const headers = { authorization: `Bearer ${value}` };
    try {
      return (await fetch('/api/projects/1/experiments/stats/', { headers })).status;
    } catch (cause) {
      return cause instanceof Error ? cause.name : 'no error';
    }
  }, key);
}

/** The text of the status bar. */
export async function said(page: Page): Promise<string | undefined> {
  return (await page.getByRole('status').textContent())?.trim();
}

/** The requests in the list, each as one line. */
export function entries(page: Page): Promise<string[]> {
  return page
    .locator('.entry-summary')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll('.status, .method, .path-common, .path-own, .entry-scenario')]
          .map(({ textContent }) => textContent)
          .join(' '),
      ),
    );
}

/** Chooses a section of a panel that shows one section at a time. */
export async function openSection(page: Page, name: string): Promise<void> {
  const tab = page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('button', { name: new RegExp(`^${name}`) });
  await tab.click();
  await tab.and(page.locator('[aria-current=true]')).waitFor();
}

export function scenario(page: Page, name: string): Locator {
  return page.getByRole('radio', { name: new RegExp(`^${name}(?![\\w-])`) });
}

export function choice(page: Page, name: string): Locator {
  return page.getByRole('combobox', { name, exact: true });
}

/** Shows the scenarios of `stats`, and waits until those of other operations have left the list. */
export async function applyToStats(page: Page): Promise<void> {
  await choice(page, 'Applies to').selectOption({ label: 'GET …/stats/' });
  await expect.poll(() => scenario(page, 'flag-required').count()).toBe(0);
}

/** Switches the scenario with a click and waits until the panel confirms it. */
export async function choose(page: Page, name: string): Promise<void> {
  await openSection(page, 'Scenario');
  await scenario(page, name).click();
  await expect.poll(() => said(page)).toContain(`Scenario ${name} is on for `);
}
