import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestSite, type TestSite } from './fronts/chromium.ts';

const STATS = '/api/projects/1/experiments/stats/';
const HEADERS = { authorization: 'Bearer phx_experiment_read' };

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

it('keeps the rows and scenarios of two tabs apart', async () => {
  const [one, other] = [await site.openPage(), await site.openPage()];
  const ask = ([url, headers]: readonly [string, Record<string, string>]) =>
    fetch(url, { headers }).then(async (response) => ({
      status: response.status,
      body: await response.json(),
    }));
  const before = await other.evaluate(ask, [STATS, HEADERS] as const);

  await one.evaluate(() => {
    for (const { id } of globalThis.mock.database.experiments.findMany())
      globalThis.mock.database.experiments.delete({ id });
  });
  const emptied = await one.evaluate(ask, [STATS, HEADERS] as const);
  expect(emptied.body.active_experiments).toBe(0);
  expect(await other.evaluate(ask, [STATS, HEADERS] as const)).toEqual(before);

  await one.evaluate(() => globalThis.mock.use('missing-scope'));
  expect((await one.evaluate(ask, [STATS, HEADERS] as const)).status).toBe(403);
  expect((await other.evaluate(ask, [STATS, HEADERS] as const)).status).toBe(200);
});

it('switches scenarios while the page runs', async () => {
  const page = await site.openPage();
  const status = () =>
    page.evaluate(async ([url, headers]) => (await fetch(url, { headers })).status, [
      STATS,
      HEADERS,
    ] as const);
  expect(await status()).toBe(200);
  await page.evaluate(() => globalThis.mock.use('approval-required', { times: 1 }));
  expect(await status()).toBe(409);
  expect(await status()).toBe(200);
});

it('warns about near misses only and lets unrelated requests through', async () => {
  const page = await site.openPage();
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  const bodies = await page.evaluate(async () => {
    const paths = ['/assets/logo.svg', '/api/projects/1/experiments/stat/?personal_api_key=phx_secret'];
    return Promise.all(paths.map(async (path) => (await fetch(path)).text()));
  });
  expect(bodies).toEqual(['no mock answered this', 'no mock answered this']);
  await expect.poll(() => warnings.length).toBe(1);
  expect(warnings[0]).toContain('Differs: segment 5 is "stat" where the contract has "stats"');
  expect(warnings[0]).not.toContain('phx_secret');
  const missed = await page.evaluate(() => globalThis.mock.journal.entries);
  expect(missed).toEqual([expect.objectContaining({ operation: null, status: null, response: null })]);
  expect(warnings[0]).toContain(missed[0]?.hint);
  expect(JSON.stringify(missed)).not.toContain('phx_secret');
});

it('refuses a contract given as a file', async () => {
  const page = await site.openPage();
  const message = await page.evaluate(() => {
    try {
      globalThis.createMockHere({ contract: new URL('file:///openapi.yaml') });
      return 'no error';
    } catch (cause) {
      return String(cause);
    }
  });
  expect(message).toBe(
    'UsageTypeError: A browser reads no files: fetch the contract, and pass its text as "contract".',
  );
});
