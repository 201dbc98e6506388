import type { Browser, BrowserContext, Request as PageRequest, Route } from '@playwright/test';
import type { AnyMock } from '../../index.ts';

const routed = new WeakSet<BrowserContext>();

/** Routes the pages of every context that is opened from now on, also those that a test or a hook opens itself. */
export function routeContexts(browser: Browser, mockNow: () => AnyMock): void {
  const newContext = browser.newContext.bind(browser);
  // Playwright's own `newPage` and its fixture `context` call it, too.
  browser.newContext = async (options) => {
    const context = await newContext(options);
    await routePages(context, mockNow);
    return context;
  };
}

/**
 * Answers what the pages of a context ask, without a service worker. What comes near an operation but matches none fails as
 * if the network were down, and stands in the journal; everything else is left to other routes and to the network.
 *
 * @param mockNow the mock that answers at the time of a request: a context may outlive a test.
 */
export async function routePages(context: BrowserContext, mockNow: () => AnyMock): Promise<void> {
  if (routed.has(context)) return;
  routed.add(context);
  await context.route(/^https?:/, (route, request) => answer(route, request, mockNow()));
}

async function answer(route: Route, request: PageRequest, mock: AnyMock): Promise<void> {
  const url = new URL(request.url());
  if (mock.match(request.method(), url)) return fulfil(route, await toRequest(request), mock);
  const { origin, pathname, search } = url;
  const missed = {
    method: request.method(),
    origin,
    path: pathname,
    query: search.slice(1),
    headers: {},
    body: null,
  };
  if (mock.recordNearMiss(missed) === null) return route.fallback();
  return route.abort('failed');
}

async function fulfil(route: Route, request: Request, mock: AnyMock): Promise<void> {
  const response = await mock.fetch(request).catch(() => null);
  if (response === null) return route.abort('connectionreset');
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

async function toRequest(request: PageRequest): Promise<Request> {
  const headers = Object.entries(await request.allHeaders()).filter(([name]) => !name.startsWith(':'));
  const body = request.postDataBuffer();
  return new Request(request.url(), {
    method: request.method(),
    headers,
    body: body === null ? null : Uint8Array.from(body),
  });
}
