import { type Mock, mockWithFronts } from './adapters/fronts.ts';
import type { OperationId, ScenarioName } from './generated/names.ts';

import type { MockNames, MockOptions as OptionsOf } from './mock/options.ts';
import type { MockSources } from './mock/shared.ts';

/** The names of the packaged contract, as literal types. */
export interface PackagedNames {
  readonly operation: OperationId;
  readonly scenario: ScenarioName;
}

/** The options of a mock; unless told otherwise, of one with the packaged contract. */
export type MockOptions<Names extends MockNames = PackagedNames> = OptionsOf<Names>;

/** How the packaged contract and rows are read, and another contract in its place: from disk, or from memory. */
export type ReadSources = (options: Pick<MockOptions, 'contract'>) => MockSources;

/** Makes the function that users call. */
export function createMockWith(readSources: ReadSources) {
  /**
   * Creates a mock. Two mocks share nothing; in a browser, in whatever tabs they are.
   *
   * @throws {ContractError} when the contract cannot be used, {FixtureError} when rows cannot, each naming the
   * place; {UsageTypeError} or {UsageRangeError} on any other wrong option.
   */
  function createMock(options?: MockOptions & { readonly contract?: undefined }): Mock<PackagedNames>;
  /** With another contract, names are plain strings. */
  function createMock(
    options: MockOptions<MockNames> & { readonly contract: NonNullable<MockOptions['contract']> },
  ): Mock;
  /** With any contract. */
  function createMock(options: MockOptions): Mock;
  function createMock(options: MockOptions<MockNames> = {}): Mock {
    return mockWithFronts(readSources(options ?? {}), options);
  }
  return createMock;
}
