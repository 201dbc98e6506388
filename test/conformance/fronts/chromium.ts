import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { leanData } from '../../../src/tools/build.ts';

/** A real Chromium, and a site with a page of tests that has started the service worker. */
export interface TestSite {
  openPage(options?: PageOptions): Promise<Page>;
  close(): Promise<void>;
}

/** Pages share a browser context unless they are given options for a new one. */
export interface PageOptions extends BrowserContextOptions {
  /** Default `/`. */
  readonly path?: string;
}

/** @param entry the module of the page; it sets `data-ready` on the body when the worker has started. */
export async function openTestSite(entry = new URL('./page.ts', import.meta.url)): Promise<TestSite> {
  const worker = await readFile(createRequire(import.meta.url).resolve('msw/mockServiceWorker.js'), 'utf8');
  const scripts = [...(await bundleOnce(entry)), ['/mockServiceWorker.js', worker] as const];
  const page =
    '<!doctype html><html lang="en"><title>Test</title><body><script type="module" src="/page.js"></script>';
  const files = new Map<string, readonly [type: string, content: string]>([
    ['/', ['text/html', page]],
    ...scripts.map(([path, script]) => [path, ['text/javascript', script]] as const),
  ]);
  const site = createServer(({ url = '/' }, response) => {
    const [type, content] = files.get(new URL(url, 'http://localhost').pathname) ?? [];
    if (type === undefined)
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('no mock answered this');
    else response.writeHead(200, { 'Content-Type': type }).end(content);
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const browser = await connect();
  const context = await browser.newContext();
  return {
    openPage: async ({ path = '/', ...own } = {}) => {
      const page = await (Object.keys(own).length > 0 ? browser.newPage(own) : context.newPage());
      await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}${path}`);
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

/** Connects to the Chromium that all tests share. */
export function connect(): Promise<Browser> {
  return chromium.connect(inject('chromium'));
}

type Script = readonly [path: string, text: string];

const bundles = new Map<string, Promise<readonly Script[]>>();

/** Files of tests that open the same page share its bundle. */
function bundleOnce(entry: URL): Promise<readonly Script[]> {
  const scripts = bundles.get(entry.href) ?? bundle(entry);
  bundles.set(entry.href, scripts);
  return scripts;
}

/** The module of a page as `/page.js`, and what it loads later. */
async function bundle(entry: URL): Promise<readonly Script[]> {
  const { outputFiles } = await build({
    entryPoints: { page: fileURLToPath(entry) },
    bundle: true,
    splitting: true,
    outdir: '/',
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    write: false,
    plugins: [leanData],
  });
  return outputFiles.map(({ path, text }) => [path, text] as const);
}
