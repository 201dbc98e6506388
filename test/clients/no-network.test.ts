import { setupServer } from 'msw/node';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createMock } from '../../src/index.ts';
import { openTestSite, type TestSite } from '../conformance/fronts/chromium.ts';
import { askByAxios } from './by-axios.ts';
import { askByFetch } from './by-fetch.ts';
import {
  type Asked,
  expectedOf,
  FAULTS,
  type FaultCase,
  type Observation,
  observationOf,
  planOf,
  type Received,
} from './faults.ts';

const ORIGIN = 'https://us.posthog.com';

/** Lets a client meet a fault of a mock in the same process. */
async function observeHere(
  given: FaultCase,
  ask: (asked: Asked, mock: ReturnType<typeof createMock>) => Promise<Received[]>,
): Promise<Observation> {
  const mock = createMock();
  const { choices, asked } = planOf(given, ORIGIN);
  for (const { scenario, ...options } of choices) mock.use(scenario, options);
  return observationOf(mock, asked, await ask(asked, mock));
}

describe('mock.fetch shows', () => {
  it.concurrent.each(FAULTS)('$name', async (given) => {
    const observed = await observeHere(given, (asked, mock) => askByFetch(asked, mock.fetch));
    expect(observed).toEqual(expectedOf(given));
  });
});

describe.each([
  { client: 'fetch', askBy: (asked: Asked) => askByFetch(asked) },
  { client: 'axios', askBy: askByAxios },
])('setupServer shows $client', ({ askBy }) => {
  it.each(FAULTS)('$name', async (given) => {
    const server = setupServer();
    onTestFinished(() => server.close());
    server.listen({ onUnhandledRequest: 'error' });
    const observed = await observeHere(given, (asked, mock) => {
      server.use(...mock.handlers);
      return askBy(asked);
    });
    expect(observed).toEqual(expectedOf(given));
  });
});

describe('a service worker shows', () => {
  let site: TestSite;
  let page: Page;

  beforeAll(async () => {
    site = await openTestSite();
    page = await site.openPage();
  });

  afterAll(() => site.close());

  it.each(FAULTS)('$name', async (given) => {
    const { choices, asked } = planOf(given, new URL(page.url()).origin);
    await page.evaluate((selected) => {
      globalThis.mock.reset();
      for (const { scenario, ...options } of selected) globalThis.mock.use(scenario, options);
    }, choices);
    const received = await page.evaluate(askByFetch, asked);
    const entries = await page.evaluate(() => [...globalThis.mock.journal.entries]);
    expect(observationOf({ journal: { entries } }, asked, received)).toEqual(expectedOf(given));
  });
});
