import type { HttpHandler } from 'msw';
import { assembleMock, type CoreMock } from '../mock/mock.ts';
import type { MockNames, MockOptions, SessionOptions } from '../mock/options.ts';
import type { MockSources } from '../mock/shared.ts';
import { createFetch, type Fetch } from './fetch.ts';
import { createHandlers } from './msw.ts';

/** A mock with its front ends. */
export interface Mock<Names extends MockNames = MockNames> extends CoreMock<Names> {
  /** `setupServer(...mock.handlers)`, `setupWorker(...mock.handlers)`. */
  readonly handlers: HttpHandler[];
  /** The same answers as a `fetch` function. */
  readonly fetch: Fetch;
  session(options?: SessionOptions<Names>): Mock<Names>;
}

export function mockWithFronts(sources: MockSources, options: MockOptions): Mock {
  return withFronts(assembleMock(sources, options));
}

function withFronts(mock: CoreMock): Mock {
  const openSession = mock.session;
  const fronts = {
    handlers: createHandlers(mock, mock.contract.operations),
    fetch: createFetch(mock),
    session: (options?: SessionOptions) => withFronts(openSession(options)),
  };
  // Object.assign would call the getters once and keep what they gave.
  return Object.defineProperties(mock, Object.getOwnPropertyDescriptors(fronts)) as CoreMock & typeof fronts;
}
