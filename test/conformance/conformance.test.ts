import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMock } from '../../src/index.ts';
import type { Case, Expected, FrontName } from './case.ts';
import { CHECKS } from './cases/checks.ts';
import { BY_CONTRACT } from './cases/contract.ts';
import { REQUESTS } from './cases/requests.ts';
import { ROWS } from './cases/rows.ts';
import { SCENARIOS } from './cases/scenarios.ts';
import { openBrowser } from './fronts/browser.ts';
import { openFetch } from './fronts/fetch.ts';
import type { Front } from './fronts/front.ts';
import { openSetupServer } from './fronts/setup-server.ts';
import { openSocket } from './fronts/socket.ts';

const CASES: readonly Case[] = [...CHECKS, ...SCENARIOS, ...ROWS, ...BY_CONTRACT, ...REQUESTS];

const FRONTS: readonly (readonly [FrontName, () => Promise<Front>])[] = [
  ['fetch', openFetch],
  ['setupServer', openSetupServer],
  ['socket', openSocket],
  ['browser', openBrowser],
];

/** What is expected, with the hint of the mock itself; test/mock/hints.test.ts has its words. */
function withHint({ options, request, times, expected }: Case): Expected {
  if (expected === 'network-error') return expected;
  const mock = createMock(options);
  const { method, path, headers } = request;
  // Front ends drop a byte order mark.
  const body = request.body?.replace(/^\ufeff/, '') ?? null;
  const { pathname, search } = new URL(path, 'http://localhost');
  const replies = Array.from({ length: times }, () =>
    mock.answer({ method, path: pathname, query: search.slice(1), headers, body }),
  );
  const hint = replies.at(-1)?.provenance.hint ?? null;
  return hint === null ? expected : { ...expected, headers: { ...expected.headers, 'x-mock-hint': hint } };
}

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
    expect(await front.ask(asked)).toEqual(withHint(asked));
    ran += 1;
  });
});
