/**
 * A mock for each test of Vitest, and matchers.
 *
 * ```ts
 * import { expect } from 'vitest';
 * import { test } from 'posthog-experiments-mock/vitest';
 *
 * test.concurrent('asks once', async ({ mock }) => {
 *   mock.use('few-launches');
 *   await loadDashboard();
 *   expect(mock).toHaveReceived('experiments_stats_retrieve', { times: 1 });
 * });
 * ```
 * @module
 */
import { expect, type TestAPI } from 'vitest';
import type { Mock, PackagedNames } from '../../index.ts';
import { createTest, type MockFixtures } from './create-test.ts';
import { type MockMatchers, matchers } from './matchers.ts';

export { type Guard, type GuardOptions, type Leak, LeakError } from '../leaks.ts';
export type { OperationAnswer } from './conformance.ts';
export { createTest, type MockFixtures, type TestOptions } from './create-test.ts';
export type { ConformOptions, MockMatchers } from './matchers.ts';
export type { Expected } from './received.ts';

declare module 'vitest' {
  interface Matchers<T> extends MockMatchers<T> {}
}

expect.extend(matchers);

/** With the packaged contract and its rows. */
export const test: TestAPI<MockFixtures<Mock, PackagedNames>> = createTest();
