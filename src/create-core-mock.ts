import type { Contract } from './contract/contract.ts';
import type { FixtureInput } from './database/rows/types.ts';
import { assembleMock } from './mock/assemble-mock.ts';
import type { CoreMock } from './mock/mock.ts';
import type { MockNames, MockOptions } from './mock/options.ts';
import type { MockFiles } from './mock/shared.ts';
import { byContract } from './provider/contract/by-contract.ts';
import { isPosthog, posthog } from './provider/posthog/posthog.ts';
import type { ProviderKind } from './provider/provider.ts';

/**
 * Creates a mock without front ends.
 * @throws as `createMock` does.
 */
export function createCoreMock(files: MockFiles, options: MockOptions<MockNames>): CoreMock<MockNames> {
  return openCoreMock(files, options).mock;
}

/** Like {@link createCoreMock}, for files that may be read again. The one place where a provider is chosen. */
export function openCoreMock(files: MockFiles, options: MockOptions<MockNames>) {
  const withProvider = (files: MockFiles) => ({ ...files, provider: providerOf(files.contract, options) });
  const { mock, reload } = assembleMock(withProvider(files), options);
  return {
    mock,
    reload: (changed: MockFiles, fixtures: FixtureInput | undefined) =>
      reload(withProvider(changed), fixtures),
  };
}

/** The options have not been checked yet. */
function providerOf(contract: Contract, options: MockOptions<MockNames> | null): ProviderKind {
  const name = options?.provider ?? (isPosthog(contract) ? 'posthog' : 'contract');
  return name === 'posthog' ? posthog : byContract;
}
