import type { SetupServer } from 'msw/node';
import { describe, expect, expectTypeOf, test as plain } from 'vitest';
import { createTest as createPlaywrightTest } from '../../src/adapters/playwright/playwright.ts';
import { createTest, test } from '../../src/adapters/vitest/vitest.ts';
import type { AnyMock, Mock, ScenarioName } from '../../src/index.ts';

const contract = './things.yaml';

describe('Vitest', () => {
  test('knows the names of the packaged contract', ({ mock, mockOptions, server }) => {
    expectTypeOf(mock).toEqualTypeOf<Mock>();
    expectTypeOf(server).toEqualTypeOf<SetupServer>();
    expectTypeOf(mockOptions.scenario).exclude<object>().toEqualTypeOf<ScenarioName | undefined>();
    // @ts-expect-error: there is no such scenario
    mock.use('trottled');
    // @ts-expect-error: there is no such scenario
    test.override({ mockOptions: { scenario: 'trottled' } });
    // @ts-expect-error: there is no such option of sessions
    test.override({ mockOptions: { contract } });
    // @ts-expect-error: there is no such kind
    test.override({ guard: { unmatchd: 'ignore' } });
    // @ts-expect-error: there is no such fixture
    test('has no server', ({ mok }) => mok);
  });

  plain('checks options', () => {
    // @ts-expect-error: there is no such scenario
    createTest({ scenario: 'trottled' });
    // @ts-expect-error: rows have no such field
    createTest({ fixtures: { experiments: [{ id: 1, project_id: 1, nmae: 'New checkout' }] } });
    // @ts-expect-error: there is no such option
    createTest({ guards: false });
  });

  createTest({ contract, scenario: 'gone' })('takes strings for another contract', ({ mock }) => {
    expectTypeOf(mock).toEqualTypeOf<AnyMock>();
    mock.use('anything');
    expect(mock).toHaveReceived('anyOperation');
  });

  test('checks what matchers are given', async ({ mock }) => {
    expect(mock).toHaveReceived('experiments_stats_retrieve', { query: { limit: '5' }, times: 1 });
    // @ts-expect-error: there is no such operation
    expect(mock).toHaveReceived('experiments_stats');
    // @ts-expect-error: there is no such criterion
    expect(mock).toHaveReceived('experiments_stats_retrieve', { time: 1 });
    // @ts-expect-error: a count
    expect(mock).toHaveReceived('experiments_stats_retrieve', { times: '1' });
    expect(mock).toHaveReceived('experiments_stats_retrieve', { scenario: 'trend-up' });
    // @ts-expect-error: there is no such scenario
    expect(mock).toHaveReceived('experiments_stats_retrieve', { scenario: 'trendup' });
    // @ts-expect-error: a scenario of the other operation
    expect(mock).toHaveReceived('experiments_stats_retrieve', { scenario: 'flag-required' });
    // @ts-expect-error: not a mock
    expect({ journal: [] }).toHaveReceived('experiments_stats_retrieve');
    expectTypeOf(expect(new Response()).toConformToContract).returns.toEqualTypeOf<Promise<void>>();
    expectTypeOf(expect({ operation: '', status: 200 }).toConformToContract).returns.toEqualTypeOf<void>();
    // @ts-expect-error: an answer has a status
    expect({ operation: 'experiments_stats_retrieve' }).toConformToContract();
    // @ts-expect-error: there is no such option
    await expect(new Response()).toConformToContract({ operationId: '' });
  });
});

describe('Playwright', () => {
  plain('knows the names of the packaged contract', () => {
    const test = createPlaywrightTest({ now: '2026-01-31T12:00:00Z' });
    test('has a mock', ({ mock, mockURL }) => {
      expectTypeOf(mock).toEqualTypeOf<Mock>();
      expectTypeOf(mockURL).toEqualTypeOf<string>();
      // @ts-expect-error: there is no such scenario
      mock.use('trottled');
    });
    // @ts-expect-error: there is no such scenario
    test.use({ mockOptions: { scenario: 'trottled' } });
    // @ts-expect-error: pages ask much that nobody answers
    test.use({ guard: { unhandled: 'fail' } });
    // @ts-expect-error: there is no such scenario
    createPlaywrightTest({ scenario: 'trottled' });
    createPlaywrightTest({ contract })('has another mock', ({ mock }) => {
      expectTypeOf(mock).toEqualTypeOf<AnyMock>();
    });
  });
});
