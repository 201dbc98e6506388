import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { leanData } from '../../../src/build.ts';

/** A real Chromium, and a site with a page of tests that has started the service worker. */
export interface TestSite {
  openPage(): Promise<Page>;
  close(): Promise<void>;
}

/** @param entry the module of the page; it sets `data-ready` on the body when the worker has started. */
export async function openTestSite(entry = new URL('./page.ts', import.meta.url)): Promise<TestSite> {
  const script = await bundle(entry);
  const worker = await readFile(createRequire(import.meta.url).resolve('msw/mockServiceWorker.js'), 'utf8');
  const files = new Map([
    ['/', ['text/html', '<!doctype html><body><script type="module" src="/page.js"></script>']],
    ['/page.js', ['text/javascript', script]],
    ['/mockServiceWorker.js', ['text/javascript', worker]],
  ]);
  const site = createServer(({ url = '/' }, response) => {
    const [type, content] = files.get(url) ?? [];
    if (type === undefined)
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('no mock answered this');
    else response.writeHead(200, { 'Content-Type': type }).end(content);
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const browser = await launch();
  const context = await browser.newContext();
  return {
    openPage: async () => {
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
      await page.waitForSelector('body[data-ready]', { state: 'attached' });
      return page;
    },
    close: async () => {
      await browser.close();
      site.closeAllConnections();
      await new Promise((resolve) => site.close(resolve));
    },
  };
}

/** `CHROME_PATH` first, then an installed Chrome, then the Chromium that comes as a package. */
async function launch(): Promise<Browser> {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH) return chromium.launch({ executablePath: CHROME_PATH, args: ['--no-sandbox'] });
  try {
    return await chromium.launch({ channel: 'chrome', args: ['--no-sandbox'] });
  } catch {
    const { default: packaged } = await import('@sparticuz/chromium');
    return chromium.launch({ executablePath: await packaged.executablePath(), args: ['--no-sandbox'] });
  }
}

async function bundle(entry: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    write: false,
    plugins: [leanData],
  });
  return outputFiles[0]?.text ?? '';
}
