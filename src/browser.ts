/**
 * The mock in a browser: the same as in Node, and a service worker in front of it.
 *
 * ```ts
 * import { createMock, mountPanel, startWorker } from 'posthog-experiments-mock/browser';
 *
 * const mock = createMock();
 * await startWorker(mock);
 * mock.use('missing-scope'); // while the page runs
 * mountPanel(mock); // or by hand
 * ```
 * @module
 */
import { isUrl } from './built-ins.ts';
import { readCheckedContract } from './contract/reading/read-checked-contract.ts';
import { readContract } from './contract/reading/read-contract.ts';
import { createMockWith, type ReadFiles } from './create-mock.ts';
import type { FixtureInput } from './database/rows/types.ts';
import type { FixtureSchemas } from './database/store.ts';
import packagedFiles from './generated/packaged.json' with { type: 'json' };
import type { MockFiles } from './mock/shared.ts';
import { UsageTypeError } from './usage-error.ts';

let packaged: MockFiles | undefined;

const readFiles: ReadFiles = ({ contract, strict }) => {
  packaged ??= {
    ...packagedContract(),
    fixtures: packagedFiles.fixtures as unknown as FixtureInput,
    schemas: packagedFiles.schemas as unknown as FixtureSchemas,
  };
  if (contract === undefined) return packaged;
  if (isUrl(contract)) {
    throw new UsageTypeError(
      'A browser reads no files: fetch the contract, and pass its text as "contract".',
    );
  }
  return { ...packaged, contract: readContract(contract, undefined, { strict }) };
};

function packagedContract(): Pick<MockFiles, 'contract' | 'packaged'> {
  const contract = readCheckedContract(packagedFiles.contract, 'openapi.yaml');
  return { contract, packaged: contract };
}

export const createMock = createMockWith(readFiles);

export { type MountedPanel, type MountPanelOptions, mountPanel } from './adapters/browser/mount-panel.ts';
export { type StartWorkerOptions, startWorker } from './adapters/browser/start-worker.ts';
export { type Unhandled, type UnhandledOptions, unhandled } from './adapters/unhandled.ts';
export * from './public.ts';
