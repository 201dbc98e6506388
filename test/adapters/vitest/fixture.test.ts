import { HttpResponse, http } from 'msw';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTest, test } from '../../../src/adapters/vitest/vitest.ts';

const STATS = 'https://us.posthog.com/api/projects/1/experiments/stats/';
const KEY = { Authorization: 'Bearer phx_experiment_read' };

const contract = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: { '/things': { get: { operationId: 'listThings', responses: { 204: { description: 'None' } } } } },
};
const things = createTest({ contract });

const ask = async () => (await fetch(STATS, { headers: KEY })).status;
/** Lets other tests in, between and during requests. */
const askOften = async () => {
  const statuses = new Set<number>();
  for (let count = 0; count < 5; count += 1) statuses.add(await ask());
  return [...statuses];
};

let beforeTests = 0;
beforeAll(async () => {
  beforeTests = await ask();
});

describe.concurrent('tests that run at the same time', () => {
  test.for([
    ['throttled', 429],
    ['missing-scope', 403],
    ['ok', 200],
    ['server-error', 500],
    ['approval-required', 409],
  ] as const)('reach their own mock: %s', async ([scenario, status], { mock, expect }) => {
    mock.use(scenario);
    expect(await askOften()).toEqual([status]);
    expect(mock.journal.entries).toHaveLength(5);
  });

  test('reach their own mock without asking for it', async ({ expect }) => {
    expect(await askOften()).toEqual([200]);
  });
});

describe('options', () => {
  describe('of a group of tests', () => {
    test.override({ mockOptions: { scenario: 'throttled', now: '2026-01-31T12:00:00Z' } });

    test('are those of each mock', async ({ mock }) => {
      expect(await ask()).toBe(429);
      expect(mock.clock.now().toISOString()).toBe('2026-01-31T12:00:00.000Z');
    });
  });

  test('of one group are not those of another', async ({ mock }) => {
    expect(mock.scenario.default).toBe('ok');
    expect(await ask()).toBe(200);
  });
});

describe('a guard', () => {
  it.each([
    [
      'of kinds that exist',
      { invalide: 'ignore' },
      '"guard" has no kind "invalide". Did you mean "invalid"?',
    ],
    ['a reaction', { invalid: 'off' }, '"invalid" of "guard" is "fail" or "ignore"; found "off".'],
    ['an object', 'nope', '"guard" is true, false or an object of kinds; found "nope".'],
  ])('is refused when it is not %s', (_, guard, message) => {
    const options = { guard };
    // @ts-expect-error: not a guard
    expect(() => createTest(options)).toThrow(message);
  });
});

describe('hooks', () => {
  const asked: number[] = [];
  beforeEach(async () => {
    asked.push(await ask());
  });

  test('of the file are answered before the first test', ({ mock }) => {
    expect(beforeTests).toBe(200);
    expect(mock.journal.entries).toHaveLength(1);
  });

  test('belong to the test', ({ mock }) => {
    expect(asked).toEqual([200, 200]);
    expect(mock.journal.entries).toHaveLength(1);
  });
});

describe('handlers of a test', () => {
  test('come first', async ({ server }) => {
    server.use(http.get(STATS, () => new HttpResponse(null, { status: 418 })));
    expect(await ask()).toBe(418);
  });

  test('are gone in the next one', async () => {
    expect(await ask()).toBe(200);
  });
});

describe('another contract', () => {
  things('is mocked by the same fixture', async ({ mock }) => {
    expect((await fetch('https://things.example/things')).status).toBe(204);
    expect(mock.journal.entries.map(({ operation }) => operation)).toEqual(['listThings']);
  });
});
