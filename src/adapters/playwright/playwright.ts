/**
 * A mock for each test of Playwright, which answers what its pages ask.
 *
 * ```ts
 * import { expect } from '@playwright/test';
 * import { test } from 'posthog-experiments-mock/playwright';
 *
 * test('says that there were too many requests', async ({ page, mock }) => {
 *   mock.use('throttled');
 *   await page.goto('/');
 *   await expect(page.getByText('Request was throttled.')).toBeVisible();
 * });
 * ```
 * @module
 */
import type { Mock, PackagedNames } from '../../index.ts';
import { createTest, type MockTest } from './create-test.ts';

export { type Leak, LeakError } from '../leaks.ts';
export { createTest, type Guard, type MockFixtures, type MockTest, type TestOptions } from './create-test.ts';

/** With the packaged contract and its rows. */
export const test: MockTest<Mock, PackagedNames> = createTest();
