// Opens stories of the built Storybook in Chromium.
import { after, before, it } from 'node:test';
import { chromium } from 'playwright-core';
import { preview } from 'vite';

let server;
let browser;

before(async () => {
  server = await preview({ configFile: false, build: { outDir: 'storybook-static' }, preview: { port: 0 } });
  browser = await chromium.launch({ executablePath: process.env.CHROME_PATH });
});

after(async () => {
  await browser?.close();
  await server?.close();
});

for (const [story, text] of Object.entries({
  counted: '8 launched in 30 days',
  'few-launches': '3 launched in 30 days',
  throttled: 'Request was throttled.',
  'not-allowed': "API key missing required scope 'experiment:read'",
  offline: 'No connection',
})) {
  it(`the story ${story} shows its scenario`, async () => {
    const page = await browser.newPage();
    await page.goto(`${server.resolvedUrls.local[0]}iframe.html?id=launches--${story}&viewMode=story`);
    await page.getByText(text).waitFor();
    await page.close();
  });
}
