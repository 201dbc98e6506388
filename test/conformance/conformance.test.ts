import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case, FrontName } from './case.ts';
import { CHECKS } from './cases/checks.ts';
import { ROWS } from './cases/rows.ts';
import { SCENARIOS } from './cases/scenarios.ts';
import { openBrowser } from './fronts/browser.ts';
import { openFetch } from './fronts/fetch.ts';
import type { Front } from './fronts/front.ts';
import { openSetupServer } from './fronts/setup-server.ts';
import { openSocket } from './fronts/socket.ts';

const CASES: readonly Case[] = [...CHECKS, ...SCENARIOS, ...ROWS];

const FRONTS: readonly (readonly [FrontName, () => Promise<Front>])[] = [
  ['fetch', openFetch],
  ['setupServer', openSetupServer],
  ['socket', openSocket],
  ['browser', openBrowser],
];

it('the table has at least 120 requests with distinct names', () => {
  expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
  expect(CASES.length).toBeGreaterThanOrEqual(120);
});

describe.each(FRONTS)('through %s', (name, open) => {
  const here = CASES.filter(({ except }) => except[name] === undefined);
  let front: Front;
  let ran = 0;

  beforeAll(async () => {
    front = await open();
  });

  afterAll(async () => {
    await front.close();
    console.log(`conformance: ${ran} of ${CASES.length} requests ran through ${name}`);
  });

  it.each(here)('$name', async (asked) => {
    expect(await front.ask(asked)).toEqual(asked.expected);
    ran += 1;
  });
});
