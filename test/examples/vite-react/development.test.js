import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';

let vite;
let browser;
let url;

before(async () => {
  vite = await createServer({ logLevel: 'warn', server: { port: 0 } });
  await vite.listen();
  [url] = vite.resolvedUrls.local;
  browser = await chromium.launch({ executablePath: process.env.CHROME_PATH });
});

after(async () => {
  await browser?.close();
  await vite?.close();
});

it('shows the numbers of the mock, and switches the scenario in the panel', async () => {
  const page = await browser.newPage();
  await page.goto(url);
  await page.getByText('8 launched in 30 days').waitFor();
  await page.getByRole('button', { name: /mock/i }).click();
  await page.getByRole('radio', { name: /^throttled/ }).click();
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.getByText('Request was throttled.').waitFor();
});

it('starts in the scenario of its URL', async () => {
  const page = await browser.newPage();
  await page.goto(`${url}?mock-scenario=missing-scope`);
  await page.getByText("API key missing required scope 'experiment:read'").waitFor();
  assert.equal(await page.getByText('launched in').count(), 0);
});
