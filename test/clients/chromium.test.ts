import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../conformance/fronts/chromium.ts';
import { openControl } from '../server/support/control.ts';
import { API, KEY, openSession, serve } from '../server/support/server.ts';
import { askByFetch } from './by-fetch.ts';
import { type Client, expectedOf, FAULTS, observe } from './faults.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await connect();
});

afterAll(() => browser.close());

const CHROMIUM: Client = {
  name: 'fetch of Chromium',
  keepsAlive: true,
  ask: async (asked) => {
    const page = await browser.newPage();
    try {
      return await page.evaluate(askByFetch, asked);
    } finally {
      await page.close();
    }
  },
};

describe('fetch of Chromium meets', () => {
  it.each(FAULTS)('$name', async (given) => {
    expect(await observe(given, CHROMIUM)).toEqual(expectedOf(given));
  });
});

/** A page of the server, which may steer its mock. */
async function openPage(url: string): Promise<Page> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(url);
  return page;
}

it('a page that selects broken connections for itself meets as many, even in parallel', async () => {
  const { url, mock } = await serve();
  const page = await openPage(url);
  const failures = await page.evaluate(
    async ([path, authorization]) => {
      const ask = () => fetch(path, { headers: { authorization } }).then((response) => response.text());
      const askInParallel = () => Promise.allSettled(Array.from({ length: 6 }, ask));
      await askInParallel();
      await fetch('/__mock__/scenario', {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ scenario: 'network-error', times: 4 }),
      });
      const results = await askInParallel();
      return results.filter(({ status }) => status === 'rejected').length;
    },
    [API, KEY.authorization] as const,
  );
  expect(failures).toBe(4);
  expect(mock.journal.entries).toHaveLength(12);
});

it('a broken connection of a session leaves the shared mock alone', async () => {
  const { url, mock } = await serve();
  const session = await openSession(url, { scenario: 'ok' });
  const control = await openControl(session);
  await control('PUT', '/scenario', { body: { scenario: 'network-error', times: 1 } });
  const page = await openPage(url);
  const asked = { authorization: KEY.authorization, timeoutMs: 5_000 };
  const ask = async (base: string) => {
    const requests = [{ method: 'GET', prefer: '' } as const];
    const [received] = await page.evaluate(askByFetch, { ...asked, url: base + API, requests });
    return typeof received === 'string' ? received : received?.status;
  };
  const statuses = [];
  for (const base of [url, url, session, session, url]) statuses.push(await ask(base));
  expect(statuses).toEqual([200, 200, 'network-error', 200, 200]);
  expect(mock.journal.entries).toHaveLength(3);
});
