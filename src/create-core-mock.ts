import type { CoreMock } from './mock/mock.ts';
import { assembleMock } from './mock/mock.ts';
import type { MockNames, MockOptions } from './mock/options.ts';
import type { MockFiles } from './mock/shared.ts';
import type { ChangeRequests } from './provider/change-requests.ts';
import { posthog } from './provider/posthog/posthog.ts';

/**
 * Creates a mock without front ends. The one place where its provider is chosen.
 * @throws as `createMock` does.
 */
export function createCoreMock(files: MockFiles, options: MockOptions): CoreMock<MockNames, ChangeRequests> {
  return assembleMock({ ...files, provider: posthog }, options);
}
