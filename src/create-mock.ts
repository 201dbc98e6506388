import { type AnyMock, type Mock, withFronts } from './adapters/fronts.ts';
import { createCoreMock } from './create-core-mock.ts';
import type { MockNames, MockOptions, PackagedNames } from './mock/options.ts';
import type { MockFiles } from './mock/shared.ts';
import { warnOnce } from './warn-once.ts';

/** Reads the packaged contract and rows, from disk or from memory; or another contract, if the options have one. */
export type ReadFiles = (options: Pick<MockOptions, 'contract' | 'strict'>) => MockFiles;

type Given<Name extends keyof MockOptions> = { readonly [Key in Name]: NonNullable<MockOptions[Name]> };

/** Makes `createMock` for one platform. */
export function createMockWith(readFiles: ReadFiles) {
  /** As below; with another contract or provider, names are plain strings, and there may be no change requests. */
  function createMock(options: MockOptions<MockNames> & (Given<'contract'> | Given<'provider'>)): AnyMock;
  /** As below, with the names that the options have. */
  function createMock<Names extends MockNames = PackagedNames>(options: MockOptions<Names>): Mock<Names>;
  /**
   * Creates a mock. Two mocks share nothing, not even in two tabs of a browser.
   *
   * ```ts
   * const mock = createMock({ now: '2026-01-31T12:00:00Z', scenario: 'throttled' });
   * ```
   * @throws {ContractError} when the contract cannot be used, naming the file and the place.
   * @throws {FixtureError} when rows cannot be used, naming the collection, the row and the field.
   * @throws {UsageTypeError} on any other option of the wrong type, and on one that does not exist.
   * @throws {UsageRangeError} on any other option out of range.
   */
  function createMock(options?: MockOptions): Mock;
  function createMock(options: MockOptions<MockNames> = {}): AnyMock {
    const files = readFiles(options ?? {});
    const mock = createCoreMock(files, options);
    warnOnce(files.contract);
    return withFronts(mock);
  }
  return createMock;
}
