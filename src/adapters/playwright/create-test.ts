import {
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  test as playwrightTest,
  type TestInfo,
  type TestType,
} from '@playwright/test';
import {
  type AnyMock,
  createMock,
  type Mock,
  type MockNames,
  type MockOptions,
  type PackagedNames,
  type RunningServer,
  type SessionOptions,
  startServer,
} from '../../index.ts';
import { once } from '../../memoize.ts';
import { checkGuard, type GuardOptions, type Leak, LeakError } from '../leaks.ts';
import { watch } from '../watch-leaks.ts';
import { routeContexts, routePages } from './route-pages.ts';

/** What fails a test that asks it. Pages ask much that nobody answers, such as assets, so that never does. */
export type Guard = boolean | Omit<GuardOptions, 'unhandled'>;

/** What each test gets, besides what Playwright gives it. */
export interface MockFixtures<M extends object, Names extends MockNames> {
  /** The mock of this test alone: its own rows, scenario, clock and journal. What its pages ask is answered by it. */
  readonly mock: M;
  /** Where the mock is over HTTP, for an app whose server asks: `http://127.0.0.1:…/…`, without a slash at the end. */
  readonly mockURL: string;
  /** What the mock of a test starts with: `test.use({ mockOptions: { scenario: 'throttled' } })`. */
  readonly mockOptions: SessionOptions<Names>;
  /** Which requests fail the test that makes them. Default: all that should not be made. */
  readonly guard: Guard;
}

/** The options of all mocks of a test function, and what its tests may ask. */
export type TestOptions<Names extends MockNames = PackagedNames> = MockOptions<Names> & {
  /** Default `true`; `test.use({ guard })` changes it for a file or a `describe`. */
  readonly guard?: Guard | undefined;
};

/** Playwright's `test` with a mock. */
export type MockTest<M extends object, Names extends MockNames> = TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & MockFixtures<M, Names>,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
>;

type Given<Name extends keyof MockOptions> = { readonly [Key in Name]: NonNullable<MockOptions[Name]> };

const KINDS: readonly Exclude<keyof GuardOptions, 'unhandled'>[] = ['unmatched', 'invalid'];

/** As below; with another contract or provider, names are plain strings, and there may be no change requests. */
export function createTest(
  options: TestOptions<MockNames> & (Given<'contract'> | Given<'provider'>),
): MockTest<AnyMock, MockNames>;
/**
 * Makes a `test` function whose tests each have a mock of their own, which answers what their pages ask. A test fails when it
 * makes a request that it should not make: a near miss, or one that breaks the contract. A test that fails has the journal
 * of its mock among its attachments.
 *
 * ```ts
 * const test = createTest({ now: '2026-01-31T12:00:00Z' });
 * ```
 * @throws {UsageTypeError} on a guard that does not exist; other options are checked with the first test.
 */
export function createTest(options?: TestOptions): MockTest<Mock, PackagedNames>;
// `unknown`: which of the two it is depends on the options, and neither is assignable to the other.
export function createTest({ guard = true, ...options }: TestOptions<MockNames> = {}): unknown {
  checkGuard(guard, KINDS);
  const parent = once(() => createMock<MockNames>(options));
  // A worker runs one test at a time, so its server needs no sessions.
  let current: AnyMock | undefined;
  return playwrightTest.extend<MockFixtures<AnyMock, MockNames>, { readonly mockServer: RunningServer }>({
    mockOptions: [{}, { option: true }],
    guard: [guard, { option: true }],
    mockServer: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are needed.
      async ({}, use) => {
        await using server = await startServer(() => current ?? parent(), { port: 0 });
        await use(server);
      },
      { scope: 'worker' },
    ],
    mock: [
      async ({ mockOptions, guard }, use, testInfo) => {
        checkGuard(guard, KINDS);
        using mock = parent().session(mockOptions);
        current = mock;
        const { leaks, stop } = watch(mock, guard);
        await use(mock);
        stop();
        current = undefined;
        await report(testInfo, mock, leaks);
      },
      { auto: true },
    ],
    browser: [
      async ({ browser }, use) => {
        routeContexts(browser, () => current ?? parent());
        await use(browser);
      },
      { scope: 'worker' },
    ],
    mockURL: ({ mockServer, mock: _ }, use) => use(mockServer.url),
    context: async ({ context, mock }, use) => {
      // One that Playwright uses again, as in its UI mode, is not a new one.
      await routePages(context, () => mock);
      await use(context);
      // An answer that never comes must not keep the test from ending.
      await context.unrouteAll({ behavior: 'ignoreErrors' });
    },
  });
}

/** @throws {LeakError} (rejects) when there are leaks. */
async function report(testInfo: TestInfo, mock: AnyMock, leaks: readonly Leak[]): Promise<void> {
  if (leaks.length === 0 && testInfo.status === testInfo.expectedStatus) return;
  const body = JSON.stringify(mock.journal.entries, null, 2);
  await testInfo.attach('mock-journal.json', { body, contentType: 'application/json' });
  if (leaks.length > 0)
    throw new LeakError([{ asker: 'The test', leaks, optOut }], 'a route of your own (page.route)');
}

function optOut(kind: Leak['kind']): string {
  return `test.use({ guard: { ${kind}: 'ignore' } })`;
}
