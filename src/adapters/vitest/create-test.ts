import type { SetupServer } from 'msw/node';
import { aroundEach, type TestAPI, TestRunner, type test as vitestTest } from 'vitest';
import {
  type AnyMock,
  createMock,
  type Mock,
  type MockNames,
  type MockOptions,
  type PackagedNames,
  type SessionOptions,
} from '../../index.ts';
import { once } from '../../memoize.ts';
import { checkGuard, type Guard, type GuardOptions } from '../leaks.ts';
import { createInterception } from './interception.ts';

/** What each test gets. */
export interface MockFixtures<M extends object, Names extends MockNames> {
  /** The mock of this test alone: its own rows, scenario, clock and journal. */
  readonly mock: M;
  /** What the mock of a test starts with: `test.override({ mockOptions: { scenario: 'throttled' } })`. */
  readonly mockOptions: SessionOptions<Names>;
  /** Which requests fail the test that makes them. Default: all that should not be made. */
  readonly guard: Guard;
  /** MSW's server, for handlers of your own. What a test adds to it is gone when the test ends. */
  readonly server: SetupServer;
}

/** The options of all mocks of a test function, and what its tests may ask. */
export type TestOptions<Names extends MockNames = PackagedNames> = MockOptions<Names> & {
  /** Default `true`; `test.override({ guard })` changes it for a file or a `describe`. */
  readonly guard?: Guard | undefined;
};

type Given<Name extends keyof MockOptions> = { readonly [Key in Name]: NonNullable<MockOptions[Name]> };

const KINDS: readonly (keyof GuardOptions)[] = ['unmatched', 'unhandled', 'invalid'];

/** As below; with another contract or provider, names are plain strings, and there may be no change requests. */
export function createTest(
  options: TestOptions<MockNames> & (Given<'contract'> | Given<'provider'>),
): TestAPI<MockFixtures<AnyMock, MockNames>>;
/**
 * Makes a `test` function whose tests each have a mock of their own, which answers what they ask, also while other tests
 * run. A test fails when it makes a request that it should not make: one that nothing answers, or that breaks the contract.
 *
 * ```ts
 * const test = createTest({ now: '2026-01-31T12:00:00Z' });
 * test('counts the launches', async ({ mock }) => {
 *   mock.use('few-launches');
 * });
 * ```
 * @throws {UsageTypeError} on a guard that does not exist; other options are checked with the first test.
 */
export function createTest(options?: TestOptions): TestAPI<MockFixtures<Mock, PackagedNames>>;
// `unknown`: which of the two it is depends on the options, and neither is assignable to the other.
export function createTest({ guard = true, ...options }: TestOptions<MockNames> = {}): unknown {
  checkGuard(guard, KINDS);
  // With the first test: importing the packaged `test` reads no contract.
  const interception = once(() => createInterception(createMock<MockNames>(options), guard));
  const test = TestRunner.createTaskCollector(function define(
    this: ThisParameterType<Define>,
    ...given: Parameters<Define>
  ) {
    interception().start();
    enclose();
    TestRunner.getCurrentSuite().test.fn.call(this, ...given);
  });
  const enclose = enclosing((runTest, { mock }) => interception().run(mock, runTest));
  return test.extend<MockFixtures<AnyMock, MockNames>>({
    mockOptions: {},
    guard,
    // Files that share a worker and do not use it must not meet it.
    server: [
      // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are needed.
      async ({}, use) => {
        await use(interception().comeFirst());
        interception().stop();
      },
      { scope: 'file' },
    ],
    mock: async ({ server: _, mockOptions, guard, task }, use) => {
      checkGuard(guard, KINDS);
      const mock = interception().open(mockOptions, guard);
      await use(mock);
      interception().end(mock, task.name);
    },
  });
}

type Define = typeof vitestTest.fn;
type Around = (runTest: () => Promise<void>, context: { readonly mock?: unknown }) => Promise<void>;

/**
 * Makes a function that puts a hook around the tests that are being defined. A hook of the module would be one of the first
 * file only where files share a worker.
 */
function enclosing(around: Around): () => void {
  const files = new WeakMap<object, object>();
  return () => {
    const suite = TestRunner.getCurrentSuite();
    if (files.get(suite) === suite.file) return;
    files.set(suite, suite.file);
    aroundEach<{ mock?: unknown }>((runTest, { mock }) => around(runTest, { mock }));
  };
}
