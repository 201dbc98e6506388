import type { HttpHandler } from 'msw';
import { assembleMock, type CoreMock, type MockSources } from '../mock/mock.ts';
import type { MockNames, MockOptions } from '../mock/options.ts';
import { createFetch, type Fetch } from './fetch.ts';
import { createHandlers } from './msw.ts';

/** A mock with its front ends. */
export interface Mock<Names extends MockNames = MockNames> extends CoreMock<Names> {
  /** `setupServer(...mock.handlers)`, `setupWorker(...mock.handlers)`. */
  readonly handlers: HttpHandler[];
  /** The same answers as a `fetch` function. */
  readonly fetch: Fetch;
}

export function mockWithFronts(sources: MockSources, options: MockOptions): Mock {
  const mock = assembleMock(sources, options);
  // Object.assign would call the getters once and keep what they gave.
  const fronts = { handlers: createHandlers(mock, mock.contract.operations), fetch: createFetch(mock) };
  return Object.defineProperties(mock, Object.getOwnPropertyDescriptors(fronts)) as CoreMock & typeof fronts;
}
