/**
 * The mock in a browser: the same as in Node, and a service worker in front of it.
 *
 * ```ts
 * import { createMock, startWorker } from 'posthog-experiments-mock';
 *
 * const mock = createMock();
 * await startWorker(mock);
 * mock.use('missing-scope'); // while the page runs
 * ```
 * @module
 */
import { type Mock, mockWithFronts } from './adapters/fronts.ts';
import { readContract } from './contract/read-contract.ts';
import type { FixtureInput } from './database/rows.ts';
import type { FixtureSchemas } from './database/store.ts';
import packagedFiles from './generated/packaged.json' with { type: 'json' };
import type { MockOptions, PackagedNames } from './index.ts';
import type { MockSources } from './mock/mock.ts';
import type { MockNames } from './mock/options.ts';

export { type StartWorkerOptions, startWorker } from './adapters/browser.ts';
export { ContractError, type ContractFinding } from './contract/contract-error.ts';
export { FixtureError, type FixtureFinding } from './database/fixture-error.ts';
export { ChangeRequestError } from './posthog/change-request-error.ts';
export type { Mock, MockOptions, PackagedNames };

let packaged: MockSources | undefined;

/**
 * Creates a mock. Two mocks share nothing, in whatever tabs they are.
 *
 * @throws {ContractError} when the contract cannot be used, {FixtureError} when rows cannot, each naming the
 * place; {TypeError} or {RangeError} on any other wrong option.
 */
export function createMock(options?: MockOptions & { readonly contract?: undefined }): Mock<PackagedNames>;
/** With another contract, as text or as a document, names are plain strings. */
export function createMock(
  options: MockOptions<MockNames> & { readonly contract: NonNullable<MockOptions['contract']> },
): Mock;
/** Whichever contract it is. */
export function createMock(options: MockOptions): Mock;
export function createMock(options: MockOptions<MockNames> = {}): Mock {
  return mockWithFronts(readSources(options ?? {}), options);
}

function readSources({ contract }: Pick<MockOptions, 'contract'>): MockSources {
  packaged ??= {
    contract: readContract(packagedFiles.contract, 'openapi.yaml'),
    fixtures: packagedFiles.fixtures as unknown as FixtureInput,
    schemas: packagedFiles.schemas as unknown as FixtureSchemas,
  };
  if (contract === undefined) return packaged;
  if (contract instanceof URL) {
    throw new TypeError('A browser reads no files: fetch the contract, and pass its text as "contract".');
  }
  return { ...packaged, contract: readContract(contract) };
}
