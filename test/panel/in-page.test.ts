import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../conformance/fronts/chromium.ts';
import { applyToStats, ask, choice, choose, entries, openSection, said, scenario } from './looking.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite(new URL('./page.ts', import.meta.url));
});

afterAll(() => site.close());

const openPage = async (section: string): Promise<Page> => {
  const page = await site.openPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(8_000);
  await openSection(page, section);
  return page;
};

it('shows the selected scenario and switches it for all operations', async () => {
  const page = await openPage('Scenario');
  await expect.poll(() => scenario(page, 'ok').isChecked()).toBe(true);
  await scenario(page, 'missing-scope').click();
  await expect.poll(() => said(page)).toBe('Scenario missing-scope is on for all operations.');
  expect(await ask(page)).toBe(403);
  expect(await page.evaluate(() => globalThis.panelMock.scenario.default)).toBe('missing-scope');
});

it('switches the scenario of one operation and offers only those it has', async () => {
  const page = await openPage('Scenario');
  await expect.poll(() => scenario(page, 'flag-required').count()).toBe(1);
  await applyToStats(page);
  await scenario(page, 'throttled').click();
  await expect
    .poll(() => page.getByRole('list', { name: 'Operations with a scenario of their own' }).textContent())
    .toMatch(/stats\/\s+throttled/);
  expect(await page.evaluate(() => globalThis.panelMock.scenario)).toEqual({
    default: 'ok',
    operations: { experiments_stats_retrieve: 'throttled' },
  });
});

it('takes back the scenario of one operation', async () => {
  const page = await openPage('Scenario');
  await choose(page, 'throttled');
  await applyToStats(page);
  await choose(page, 'trend-up');
  await page.getByRole('button', { name: 'Take back the scenario of GET …/stats/' }).click();
  await expect.poll(() => said(page)).toBe('experiments_stats_retrieve answers like all operations again.');
  expect(await page.evaluate(() => globalThis.panelMock.scenario)).toEqual({
    default: 'throttled',
    operations: {},
  });
  await expect.poll(() => scenario(page, 'throttled').isChecked()).toBe(true);
  await page.reload();
  await page.waitForSelector('body[data-ready]', { state: 'attached' });
  expect(await page.evaluate(() => globalThis.panelMock.scenario)).toEqual({
    default: 'throttled',
    operations: {},
  });
});

it('switches for a number of answers and then shows the previous scenario', async () => {
  const page = await openPage('Scenario');
  await page.getByRole('spinbutton', { name: 'Answers' }).fill('1');
  await scenario(page, 'server-error').click();
  await expect.poll(() => said(page)).toBe('Scenario server-error is on for all operations, for 1 answer.');
  expect([await ask(page), await ask(page)]).toEqual([500, 200]);
  await expect.poll(() => scenario(page, 'ok').isChecked()).toBe(true);
});

it('says why a selection was refused and keeps showing the current scenario', async () => {
  const page = await openPage('Scenario');
  await page.getByRole('spinbutton', { name: 'Answers' }).fill('0');
  await scenario(page, 'server-error').click();
  await expect.poll(() => said(page)).toContain('"times" is the number of answers, 1 or more; found 0.');
  await expect.poll(() => scenario(page, 'ok').isChecked()).toBe(true);
});

it('filters scenarios by name, status and words', async () => {
  const page = await openPage('Scenario');
  const found = async (words: string) => {
    await page.getByPlaceholder('Filter by name').fill(words);
    return page
      .getByRole('radio')
      .evaluateAll((radios) => radios.map((radio) => radio.getAttribute('value')));
  };
  await expect.poll(() => found('429')).toEqual(['throttled']);
  await expect.poll(() => found('html proxy')).toEqual(['bad-gateway']);
  await expect.poll(() => found('nothing of the kind')).toEqual([]);
});

it('lists requests live, newest first, with status and scenario', async () => {
  const page = await openPage('Requests');
  await ask(page);
  await ask(page, 'phx_no_experiment_scope');
  await expect
    .poll(() => entries(page))
    .toEqual([
      expect.stringMatching(/^403 GET \/api\/projects\/1\/experiments \/stats\/ ok/),
      expect.stringMatching(/^200 GET \/api\/projects\/1\/experiments \/stats\/ ok/),
    ]);
});

it('shows the indented body of an answer on a click and hides it on another', async () => {
  const page = await openPage('Requests');
  await ask(page);
  const entry = page.locator('.entry-summary');
  await entry.click();
  const body = page.getByRole('group', { name: 'Response body' });
  expect(await body.textContent()).toMatch(/^\{\n {2}"launched_last_30d": \d+,\n/);
  await entry.click();
  await expect.poll(() => body.count()).toBe(0);
});

it('shows an answer that is not JSON unchanged and says when there was no answer', async () => {
  const page = await openPage('Requests');
  await choose(page, 'bad-gateway');
  expect(await ask(page)).toBe(502);
  await openSection(page, 'Requests');
  await page.locator('.entry-summary').first().click();
  expect(await page.getByRole('group', { name: 'Response body' }).textContent()).toContain('<html>');

  await choose(page, 'network-error');
  expect(await ask(page)).toBe('TypeError');
  await expect.poll(async () => (await entries(page))[0]).toMatch(/^broken GET .* network-error/);
});

it('immediately shows a request that is never answered', async () => {
  const page = await openPage('Scenario');
  await choose(page, 'timeout');
  await openSection(page, 'Send');
  await page.getByRole('button', { name: 'Send request' }).click();
  await expect.poll(() => entries(page)).toEqual([expect.stringMatching(/^silent GET .* timeout/)]);
});

it('shows why a request matched nothing, and can filter for such requests', async () => {
  const page = await openPage('Requests');
  await ask(page);
  await page.evaluate(() => globalThis.panelMock.fetch('/api/projects/1/experiments/stat/'));
  await page.getByLabel('Unmatched only').check();
  await expect.poll(() => entries(page)).toEqual([expect.stringMatching(/^404 .* unmatched/)]);
  await page.locator('.entry-summary').click();
  expect(await page.locator('.callout').textContent()).toContain('"stat" where the contract has "stats"');
});

it('lists near misses that went to the network, and says what differs', async () => {
  const page = await openPage('Requests');
  await page.evaluate(async () => {
    await fetch('/assets/logo.svg');
    await fetch('/api/projects/1/experiments/stat/?personal_api_key=phx_secret');
  });
  await expect
    .poll(() => entries(page))
    .toEqual([expect.stringMatching(/^network GET .* \/stat\/\?personal_api_key=\[redacted\] unmatched/)]);
  await page.locator('.entry-summary').click();
  const detail = await page.locator('.detail').textContent();
  expect(detail).toContain('"stat" where the contract has "stats"');
  expect(detail).toContain('The mock left this request to the network.');
});

it('aligns the method with a path of any length', async () => {
  const page = await openPage('Requests');
  const tops = () =>
    page
      .locator('.entry-summary')
      .evaluateAll((rows) =>
        rows.map((row) =>
          ['.method', '.path-own'].map((part) => row.querySelector(part)?.getBoundingClientRect().top),
        ),
      );
  await page.evaluate(async () => {
    for (const path of ['/nope', '/', '/a/b']) await globalThis.panelMock.fetch(path);
  });
  await expect.poll(async () => (await tops()).length).toBe(3);
  for (const [method, path] of await tops()) expect(path).toBe(method);
});

it('copies a request as curl', async () => {
  const page = await site.openPage({ permissions: ['clipboard-read', 'clipboard-write'] });
  await ask(page);
  await openSection(page, 'Requests');
  await page.locator('.entry-summary').click();
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  await expect.poll(() => page.getByRole('button', { name: 'Copied' }).count()).toBe(1);
  expect(await said(page)).toBe('Copied as curl.');
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toMatch(/^curl -H "Authorization: Bearer \$POSTHOG_PERSONAL_API_KEY" http:.*\/stats\/$/);
});

it('copies without the clipboard API, and shows the command when copying fails', async () => {
  const page = await openPage('Requests');
  await ask(page);
  await page.locator('.entry-summary').click();
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  await expect.poll(() => said(page)).toBe('Copied as curl.');
  await page.evaluate(() => {
    document.execCommand = () => false;
  });
  await page.getByRole('button', { name: 'Copied' }).click();
  await expect.poll(() => page.getByLabel('Command').inputValue()).toMatch(/^curl /);
});

it('keeps a row in place while others are added above it', async () => {
  const page = await openPage('Requests');
  for (let sent = 0; sent < 30; sent += 1) await ask(page);
  await expect.poll(async () => (await entries(page)).length).toBe(30);
  const key = await page.locator('.entry').nth(4).getAttribute('data-key');
  const row = page.locator(`.entry[data-key="${key}"]`);
  await row.hover();
  const top = async () => Math.round((await row.boundingBox())?.y ?? 0);
  const before = await top();
  await ask(page);
  await expect.poll(async () => (await entries(page)).length).toBe(31);
  expect(await top()).toBe(before);
});

it('shows at most a hundred requests and clears them', async () => {
  const page = await openPage('Requests');
  await page.evaluate(async () => {
    for (let sent = 0; sent < 120; sent += 1)
      await globalThis.panelMock.fetch('/api/projects/1/experiments/stats/');
  });
  await expect.poll(async () => (await entries(page)).length).toBe(100);
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect.poll(() => entries(page)).toEqual([]);
  expect(await page.evaluate(() => globalThis.panelMock.journal.entries)).toEqual([]);
});

it.each([
  ['Approve', 'applied', 'Quorum reached. Change applied successfully.', 200],
  ['Cancel', 'rejected', 'Change request canceled.', 409],
  ['Expire', 'expired', 'Change request expired.', 409],
] as const)('moves a change request: %s', async (button, state, message, next) => {
  const page = await openPage('Scenario');
  await choose(page, 'approval-required');
  expect(await ask(page)).toBe(409);
  await openSection(page, 'Changes');
  const card = page.getByRole('listitem', { name: /^Disable feature flag/ });
  await card.getByRole('button', { name: button }).click();
  await expect.poll(() => said(page)).toBe(message);
  await page.getByText('Decided 1').click();
  expect(await page.locator('#change-requests .state').textContent()).toBe(state);
  expect(await ask(page)).toBe(next);
});

it('rejects a change request with a reason, and shows PostHog’s error without one', async () => {
  const page = await openPage('Scenario');
  await choose(page, 'approval-required');
  expect(await ask(page)).toBe(409);
  await openSection(page, 'Changes');
  const card = page.getByRole('listitem', { name: /^Disable feature flag/ });
  await card.getByRole('button', { name: 'Reject' }).click();
  await expect.poll(() => said(page)).toContain('A reason is required for rejection.');
  await card.getByLabel('Reason').fill('Not before the holidays');
  await card.getByRole('button', { name: 'Reject' }).click();
  await expect.poll(() => said(page)).toBe('Change request rejected.');
});

it('acts as a chosen user, and shows why that user may not', async () => {
  const page = await openPage('Scenario');
  await choose(page, 'approval-required');
  expect(await ask(page)).toBe(409);
  await openSection(page, 'Changes');
  await choice(page, 'Decided by').selectOption({ label: 'Nora Lindqvist, user 1' });
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect.poll(() => said(page)).toContain('You cannot approve your own change request');
});

it('shows the clock, advances it and sets it', async () => {
  const page = await openPage('Clock');
  const now = page.locator('#clock time');
  await expect.poll(() => now.textContent()).toBe('2026-01-31 12:00:00');
  await page.getByRole('button', { name: '+1 d' }).click();
  await expect.poll(() => now.textContent()).toBe('2026-02-01 12:00:00');
  await page.getByLabel('Set to').fill('2026-03-01T08:30:00Z');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await expect.poll(() => now.textContent()).toBe('2026-03-01 08:30:00');
  await page.getByLabel('Set to').fill('tomorrow');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await expect.poll(() => said(page)).toContain('The clock takes a valid Date, or ');
  expect(await page.evaluate(() => globalThis.panelMock.clock.now().toISOString())).toBe(
    '2026-03-01T08:30:00.000Z',
  );
});

it('sends a request to each operation with the chosen key', async () => {
  const page = await openPage('Send');
  const send = async (operation: string, key: string) => {
    await choice(page, 'Operation').selectOption({ label: operation });
    const options = await choice(page, 'Key').getByRole('option').allTextContents();
    await choice(page, 'Key').selectOption({ label: options.find((text) => text.startsWith(key)) ?? '' });
    await page.getByRole('button', { name: 'Send request' }).click();
  };
  await send('GET …/stats/', 'phx_experiment_read');
  await expect.poll(() => entries(page)).toHaveLength(1);
  await send('GET …/requires_flag_implementation/', 'phx_no_experiment_scope');
  await expect.poll(() => entries(page)).toHaveLength(2);
  await send('GET …/stats/', 'No key');
  await expect
    .poll(() => entries(page))
    .toEqual([
      expect.stringMatching(/^401 GET .*@current\/experiments \/stats\//),
      expect.stringMatching(/^403 GET .*@current\/experiments \/requires_flag_implementation\//),
      expect.stringMatching(/^200 GET .*@current\/experiments \/stats\//),
    ]);
  expect(await said(page)).toBe('GET /api/projects/@current/experiments/stats/ was answered with 401.');
});

it('begins with the operation that is simplest to read, and shows its path and keys whole', async () => {
  const page = await openPage('Send');
  expect(await choice(page, 'Operation').locator('option:checked').textContent()).toBe('GET …/stats/');
  expect(await choice(page, 'Key').locator('option:checked').textContent()).toBe('phx_experiment_read');
  const path = page.getByLabel('Path and query');
  for (const operation of ['GET …/stats/', 'GET …/requires_flag_implementation/']) {
    await choice(page, 'Operation').selectOption({ label: operation });
    await expect.poll(() => path.inputValue()).toContain(operation.slice('GET …'.length));
    expect(
      await path.evaluate((field) => [
        field.scrollWidth - field.clientWidth,
        field.scrollHeight - field.clientHeight,
      ]),
    ).toEqual([0, 0]);
  }
});

it('sends on Enter, and a pasted path without its line breaks', async () => {
  const page = await openPage('Send');
  await page.getByLabel('Path and query').fill('/api/projects/4/\nexperiments/stats/\n');
  await page.getByLabel('Path and query').press('Enter');
  await expect.poll(() => said(page)).toBe('GET /api/projects/4/experiments/stats/ was answered with 403.');
});

it('sends a request to a typed path', async () => {
  const page = await openPage('Send');
  await page.getByLabel('Path and query').fill('/api/projects/4/experiments/stats/?format=json');
  await page.getByRole('button', { name: 'Send request' }).click();
  await expect
    .poll(() => entries(page))
    .toEqual([expect.stringMatching(/^403 GET .*\/stats\/\?format=json/)]);
});

it('resets the mock', async () => {
  const page = await openPage('Clock');
  await choose(page, 'throttled');
  expect(await ask(page)).toBe(429);
  await openSection(page, 'Clock');
  await page.getByRole('button', { name: '+1 h' }).click();
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => entries(page)).toEqual([]);
  expect(await page.evaluate(() => globalThis.panelMock.scenario.default)).toBe('ok');
  expect(await page.locator('#clock time').textContent()).toBe('2026-01-31 12:00:00');
});

it('starts as a button, opens, collapses on Escape, and can be removed from the page', async () => {
  const page = await site.openPage({ path: '/?closed' });
  const launcher = page.getByRole('button', { name: /^Mock Scenario: ok/ });
  await launcher.click();
  await expect.poll(() => page.getByRole('dialog', { name: 'Mock of PostHog' }).count()).toBe(1);
  await page.keyboard.press('Escape');
  await expect.poll(() => launcher.evaluate((button) => button.matches(':focus'))).toBe(true);
  await page.evaluate(() => globalThis.panel.close());
  expect(await page.locator('posthog-mock-panel').count()).toBe(0);
});

it('shows live what the page’s code changes', async () => {
  const page = await openPage('Scenario');
  await expect.poll(() => scenario(page, 'ok').isChecked()).toBe(true);
  await page.evaluate(() => globalThis.panelMock.use('throttled'));
  await expect.poll(() => scenario(page, 'throttled').isChecked()).toBe(true);
  await page.evaluate(() => globalThis.panelMock.reset());
  await expect.poll(() => scenario(page, 'ok').isChecked()).toBe(true);
});

it('shows changes made by the page’s code when it is opened', async () => {
  const page = await site.openPage({ path: '/?closed' });
  await page.evaluate(() => globalThis.panelMock.use('trend-up'));
  await page.locator('.launcher').click();
  await expect.poll(() => scenario(page, 'trend-up').isChecked()).toBe(true);
});

it('replaces the panel that an earlier run of the same module has mounted', async () => {
  const page = await site.openPage({ path: '/?closed' });
  const scenarios = await page.evaluate(async () => {
    const { panelMock, createMockHere: createMock, mountPanelHere: mountPanel } = globalThis;
    const panels = [createMock({ scenario: 'throttled' }), panelMock].map((mock) => mountPanel(mock));
    await Promise.all(panels.map(({ ready }) => ready));
    return document.querySelectorAll('posthog-mock-panel').length;
  });
  expect(scenarios).toBe(1);
  await expect.poll(() => page.locator('.launcher').textContent()).toMatch(/Scenario:\s+ok/);
});
