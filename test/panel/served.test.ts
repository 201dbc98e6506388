import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createMock } from '../../src/index.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../src/server/server.ts';
import { connect } from '../conformance/fronts/chromium.ts';
import { copyWith, type Document } from '../contract/copies.ts';
import { openByExample } from '../provider/by-example.ts';
import { applyToStats, choice, entries, said, scenario } from './looking.ts';
import { violations } from './violations.ts';

const STATS = '/api/projects/1/experiments/stats/';
const HEADERS = { authorization: 'Bearer phx_experiment_read' };

let browser: Browser;
let closings: (() => Promise<void>)[] = [];

beforeAll(async () => {
  browser = await connect();
});

afterEach(async () => {
  for (const close of closings.toReversed()) await close();
  closings = [];
});

afterAll(() => browser.close());

async function serve(options: ServerOptions = {}, contract?: object) {
  const mock = createMock({ now: '2026-01-31T12:00:00Z', ...(contract && { contract }) });
  const server = await startServer(mock, { port: 0, ...options });
  closings.push(() => server.close(0));
  return { mock, server };
}

async function openPanel(url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
  page.setDefaultTimeout(8_000);
  closings.push(() => page.close());
  await page.goto(url);
  return page;
}

const ask = async ({ url }: RunningServer) => (await fetch(url + STATS, { headers: HEADERS })).status;

it('switches the scenario of a server for all operations and for one', async () => {
  const { mock, server } = await serve();
  const page = await openPanel(`${server.url}/__mock__/`);
  await scenario(page, 'throttled').click();
  await expect.poll(() => said(page)).toBe('Scenario throttled is on for all operations.');
  expect(await ask(server)).toBe(429);
  await applyToStats(page);
  await scenario(page, 'trend-up').click();
  await expect.poll(() => said(page)).toContain('trend-up is on for experiments_stats_retrieve');
  expect(mock.scenario).toEqual({
    default: 'throttled',
    operations: { experiments_stats_retrieve: 'trend-up' },
  });
});

it('shows requests and selections of other clients live', async () => {
  const { server } = await serve();
  const page = await openPanel(`${server.url}/__mock__/`);
  await expect.poll(() => scenario(page, 'ok').isChecked()).toBe(true);
  await ask(server);
  await expect.poll(() => entries(page)).toEqual([expect.stringMatching(/^200 GET .*\/stats\/ ok/)]);
  await fetch(`${server.url}/__mock__/scenario`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ scenario: 'server-error' }),
  });
  await expect.poll(() => scenario(page, 'server-error').isChecked()).toBe(true);
  await page.locator('.entry-summary').click();
  expect(await page.getByRole('group', { name: 'Response body' }).textContent()).toContain(
    'launched_last_30d',
  );
});

it('reads the catalogue once, however many requests come', async () => {
  const { server } = await serve();
  const page = await openPanel('about:blank');
  const read: string[] = [];
  page.on('request', (request) => read.push(new URL(request.url()).pathname));
  await page.goto(`${server.url}/__mock__/`);
  await expect.poll(() => scenario(page, 'ok').isChecked()).toBe(true);
  await expect.poll(() => read).toContain('/__mock__/events');
  await ask(server);
  await expect.poll(() => entries(page)).toHaveLength(1);
  const times = read.filter((path) => path === '/__mock__/scenarios').length;
  for (const count of [2, 3, 4]) {
    await ask(server);
    await expect.poll(() => entries(page)).toHaveLength(count);
  }
  expect(read.filter((path) => path === '/__mock__/scenarios')).toHaveLength(times);
});

it('shows coverage live while it is open, and does not read it before', async () => {
  const { server } = await serve();
  const page = await openPanel('about:blank');
  const read: string[] = [];
  page.on('request', (request) => read.push(new URL(request.url()).pathname));
  await page.goto(`${server.url}/__mock__/`);
  await ask(server);
  await expect.poll(() => entries(page)).toHaveLength(1);
  expect(read).not.toContain('/__mock__/coverage');
  await page.locator('#coverage summary').click();
  const stats = page.locator('[data-operation=experiments_stats_retrieve]');
  await expect.poll(() => stats.textContent()).toMatch(/200 \(1\)[\s\S]*Dead: few-launches, /);
  for (let count = 2; count <= 21; count += 1) await ask(server);
  await expect.poll(() => stats.textContent()).toContain('200 (21)');
  expect(read.filter((path) => path === '/__mock__/coverage').length).toBeLessThan(20);
  await page.getByPlaceholder('Filter operations').fill('flag');
  await expect.poll(() => stats.count()).toBe(0);
  expect(await page.locator('[data-operation]').count()).toBe(1);
});

it('shows live what code beside the server changes', async () => {
  const { mock, server } = await serve();
  const page = await openPanel(`${server.url}/__mock__/`);
  await expect.poll(() => scenario(page, 'ok').isChecked()).toBe(true);
  mock.use('server-error');
  await expect.poll(() => scenario(page, 'server-error').isChecked()).toBe(true);
  mock.clock.advance(24 * 60 * 60 * 1000);
  await expect.poll(() => page.getByText('2026-02-01').count()).toBe(1);
  mock.database.personalApiKeys.create({ value: 'phx_new', user_id: 1, scopes: ['experiment:read'] });
  await expect.poll(() => choice(page, 'Key').textContent()).toContain('phx_new');
});

it('sends requests to the server that serves it', async () => {
  const { mock, server } = await serve();
  const page = await openPanel(`${server.url}/__mock__/`);
  await choice(page, 'Operation').selectOption({ label: 'GET …/stats/' });
  await page.getByRole('button', { name: 'Send request' }).click();
  await expect
    .poll(() => said(page))
    .toBe('GET /api/projects/@current/experiments/stats/ was answered with 200.');
  expect(mock.journal.entries.map(({ status }) => status)).toEqual([200]);
});

it('moves change requests and shows PostHog’s refusals', async () => {
  const { mock, server } = await serve();
  mock.use('approval-required');
  await ask(server);
  const page = await openPanel(`${server.url}/__mock__/`);
  await page.getByRole('button', { name: 'Reject' }).click();
  await expect.poll(() => said(page)).toContain('A reason is required for rejection.');
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect.poll(() => said(page)).toBe('Quorum reached. Change applied successfully.');
  expect(await ask(server)).toBe(200);
});

it('moves the clock, clears the requests and resets', async () => {
  const { mock, server } = await serve();
  await ask(server);
  const page = await openPanel(`${server.url}/__mock__/`);
  await page.getByRole('button', { name: '+7 d' }).click();
  await expect.poll(() => page.locator('#clock time').textContent()).toBe('2026-02-07 12:00:00');
  await page.getByLabel('Set to').fill('soon');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await expect.poll(() => said(page)).toContain('The clock takes a valid Date, or ');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect.poll(() => entries(page)).toEqual([]);
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => page.locator('#clock time').textContent()).toBe('2026-01-31 12:00:00');
  expect(mock.journal.entries).toEqual([]);
});

it('controls a session when it is opened below the session’s URL', async () => {
  const { mock, server } = await serve();
  const opened = await fetch(`${server.url}/__mock__/sessions`, { method: 'POST' });
  const { baseUrl } = await opened.json();
  const page = await openPanel(`${baseUrl}/__mock__/`);
  await scenario(page, 'missing-scope').click();
  await expect.poll(() => said(page)).toContain('missing-scope is on');
  await page.getByRole('button', { name: 'Send request' }).click();
  await expect.poll(() => entries(page)).toEqual([expect.stringMatching(/^403 /)]);
  expect(mock.scenario.default).toBe('ok');
  expect(mock.journal.entries).toEqual([]);
});

it('removes the token from the address and keeps it for the tab', async () => {
  const { server } = await serve({ token: 'a-long-token' });
  const page = await openPanel(`${server.url}/__mock__/#token=a-long-token`);
  await expect.poll(() => scenario(page, 'ok').isChecked()).toBe(true);
  expect(page.url()).toBe(`${server.url}/__mock__/`);
  await page.reload();
  await expect.poll(() => scenario(page, 'ok').isChecked()).toBe(true);
  await scenario(page, 'throttled').click();
  await expect.poll(() => said(page)).toContain('throttled is on');
});

it('says that a token is missing and accepts one pasted into the address', async () => {
  const { server } = await serve({ token: 'a-long-token' });
  const page = await openPanel(`${server.url}/__mock__/`);
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('token');
  await page.goto(`${server.url}/__mock__/#token=a-long-token`);
  await expect.poll(() => scenario(page, 'ok').isChecked()).toBe(true);
});

it('reports a lost server', async () => {
  const { server } = await serve();
  const page = await openPanel(`${server.url}/__mock__/`);
  await expect.poll(() => scenario(page, 'ok').isChecked()).toBe(true);
  await server.close(0);
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('does not answer');
});

it('takes scenarios from its URL, and reports what it cannot select in the console, too', async () => {
  const { mock, server } = await serve();
  const page = await openPanel('about:blank');
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  const asked = ['trend-up', 'nonsense', 'stats=ok', 'experiments_stats_retrieve=flag-required'];
  const query = asked.map((value) => `mock-scenario=${encodeURIComponent(value)}`).join('&');
  await page.goto(`${server.url}/__mock__/?${query}`);
  await expect
    .poll(() => page.getByRole('alert').locator('p').allTextContents())
    .toEqual([
      '?mock-scenario in the URL names several scenarios for all operations. The last one that exists is selected.',
      expect.stringContaining('There is no scenario "nonsense"'),
      expect.stringContaining('There is no operation "stats"'),
      expect.stringContaining('experiments_stats_retrieve has no scenario "flag-required"'),
    ]);
  expect(warnings.filter((text) => text.includes('mock-scenario'))).toHaveLength(4);
  expect(mock.scenario).toEqual({ default: 'trend-up', operations: {} });
});

it('takes back the scenario of one operation', async () => {
  const { mock, server } = await serve();
  mock.use('throttled');
  mock.use('trend-up', { operation: 'experiments_stats_retrieve' });
  const page = await openPanel(`${server.url}/__mock__/`);
  await page.getByRole('button', { name: 'Take back the scenario of GET …/stats/' }).click();
  await expect.poll(() => page.locator('.overrides').count()).toBe(0);
  expect(mock.scenario).toEqual({ default: 'throttled', operations: {} });
});

it('links the API, the contract, GET requests and web addresses, and opens them beside itself', async () => {
  const { server } = await serve();
  const page = await openPanel(`${server.url}/__mock__/`);
  await fetch(server.url + STATS, { headers: { ...HEADERS, 'X-Page': 'from https://shop.test/a?b=1.' } });
  await fetch(server.url + STATS, { method: 'POST', headers: HEADERS });
  await expect.poll(() => entries(page)).toHaveLength(2);
  for (const row of await page.locator('.entry-summary').all()) await row.click();
  await expect.poll(() => page.getByText('Request headers').count()).toBe(2);
  await page.getByText('Request headers').last().click();
  const { host } = new URL(server.url);
  const targets = [server.url + STATS, `${server.url}/`, `${server.url}/__mock__/contract`] as const;
  const [stats, api, contract] = targets;
  await expect
    .poll(() =>
      page
        .getByRole('link')
        .evaluateAll((found) =>
          found.map((link) => [link.textContent, link.getAttribute('href'), link.getAttribute('target')]),
        ),
    )
    .toEqual([
      [STATS, stats, '_blank'],
      ['https://shop.test/a?b=1', 'https://shop.test/a?b=1', '_blank'],
      [host, api, '_blank'],
      ['Contract', contract, '_blank'],
    ]);
  for (const target of targets) expect((await fetch(target)).status).not.toBe(404);
});

it('has no link to a contract that needs the token', async () => {
  const { server } = await serve({ token: 'a-long-token' });
  const page = await openPanel(`${server.url}/__mock__/#token=a-long-token`);
  await expect.poll(() => page.getByRole('link').allTextContents()).toEqual([new URL(server.url).host]);
});

it.each([
  { width: 640, height: 400 },
  { width: 1280, height: 400 },
  { width: 320, height: 256 },
])('reaches scenarios and their limits in a small window: $width × $height', async (viewport) => {
  const { mock, server } = await serve();
  mock.use('throttled', { operation: 'experiments_stats_retrieve' });
  const page = await openPanel(`${server.url}/__mock__/?mock-scenario=nope`, { viewport });
  await page.getByRole('spinbutton', { name: 'Number of answers' }).fill('1');
  await scenario(page, 'timeout').click();
  await expect.poll(() => said(page)).toBe('Scenario timeout is on for all operations, for 1 answer.');
});

it.each([
  ['light', 1280],
  ['dark', 360],
] as const)('has no axe violations: %s, %i px wide', async (colorScheme, width) => {
  const { mock, server } = await serve();
  mock.use('approval-required');
  await ask(server);
  mock.use('throttled', { operation: 'experiments_stats_retrieve' });
  const page = await openPanel(`${server.url}/__mock__/?mock-scenario=nope`, {
    colorScheme,
    viewport: { width, height: 800 },
    bypassCSP: true,
  });
  await expect.poll(() => entries(page)).toHaveLength(1);
  await page.locator('.entry-summary').first().dispatchEvent('click');
  expect(await violations(page)).toEqual([]);
});

it('complies with its own content security policy', async () => {
  const { server } = await serve();
  const page = await openPanel('about:blank');
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.url}/__mock__/`);
  await page.getByRole('button', { name: 'Send request' }).click();
  await expect.poll(() => entries(page)).toHaveLength(1);
  await page.locator('.entry-summary').click();
  expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([]);
});

it('has no change requests section when the provider has none', async () => {
  const server = await startServer(openByExample(), { port: 0 });
  closings.push(() => server.close(0));
  const page = await openPanel(`${server.url}/__mock__/`);
  await scenario(page, 'large').click();
  await expect.poll(() => said(page)).toBe('Scenario large is on for all operations.');
  expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
    'Scenario',
    'Requests',
    'Send a request',
    'Clock',
    'Coverage',
  ]);
  expect(await page.getByRole('alert').textContent()).toBe('');
});

it('makes visible what would turn its text around or hide in it', async () => {
  const hostile = '\u202egnp.\u2066\u200b\u009b\u0085';
  const contract = copyWith(({ paths }) => {
    for (const item of Object.values<Document>(paths)) {
      item.get.summary = hostile;
      const [response] = Object.values<Document>(item.get.responses);
      response['x-scenarios'] = { [`turned${hostile}`]: { summary: hostile, reply: 'empty' } };
    }
  });
  const { mock, server } = await serve({}, contract);
  const headers = { ...HEADERS, 'content-type': 'text/plain' };
  await fetch(`${server.url}/api/nope/`, { method: 'POST', headers, body: `${hostile}\n\tindented` });
  mock.answer({ method: 'GET', path: `/${hostile}`, query: hostile, headers: { x: hostile }, body: null });
  const page = await openPanel(`${server.url}/__mock__/`);
  await page.getByRole('radio', { name: /turned/ }).click();
  await expect.poll(() => said(page)).toContain('turned\\u202egnp.');
  expect(mock.scenario.default).toBe(`turned${hostile}`);
  await expect.poll(() => entries(page)).toHaveLength(2);
  for (const summary of await page.locator('.entry-summary').all()) await summary.click();
  const shown = () =>
    page.evaluate(() => document.querySelector('posthog-mock-panel')?.shadowRoot?.textContent);
  await expect.poll(shown).toContain('\\u202egnp.\\u2066\\u200b\\u009b\\u0085\n\tindented');
  expect(await shown()).not.toMatch(/[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/u);
});
