import type { FixtureInput } from './database/rows/types.ts';
import { assembleMock } from './mock/assemble-mock.ts';
import type { CoreMock } from './mock/mock.ts';
import type { MockNames, MockOptions } from './mock/options.ts';
import type { MockFiles } from './mock/shared.ts';
import type { ChangeRequests } from './provider/change-requests.ts';
import { posthog } from './provider/posthog/posthog.ts';

/**
 * Creates a mock without front ends.
 * @throws as `createMock` does.
 */
export function createCoreMock(
  files: MockFiles,
  options: MockOptions<MockNames>,
): CoreMock<MockNames, ChangeRequests> {
  return openCoreMock(files, options).mock;
}

/** Like {@link createCoreMock}, for files that may be read again. The one place where a provider is chosen. */
export function openCoreMock(files: MockFiles, options: MockOptions<MockNames>) {
  const { mock, reload } = assembleMock({ ...files, provider: posthog }, options);
  return {
    mock,
    reload: (changed: MockFiles, fixtures: FixtureInput | undefined) =>
      reload({ ...changed, provider: posthog }, fixtures),
  };
}
