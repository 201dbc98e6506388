import type { HttpHandler } from 'msw';
import type { CoreMock } from '../mock/mock.ts';
import type { MockNames, PackagedNames, SessionOptions } from '../mock/options.ts';
import type { ChangeRequests } from '../provider/change-requests.ts';
import { createFetch, type Fetch } from './fetch.ts';
import { createHandlers } from './msw.ts';

/**
 * A mock with its front ends, by default of the packaged contract. With another one, names are strings, and there may be no
 * change requests: `Mock<MockNames, ChangeRequests | null>`.
 */
export interface Mock<
  Names extends MockNames = PackagedNames,
  Changes extends ChangeRequests | null = ChangeRequests,
> extends CoreMock<Names, Changes> {
  /** `setupServer(...mock.handlers)`, `setupWorker(...mock.handlers)`. */
  readonly handlers: HttpHandler[];
  /** The same answers as a `fetch` function. */
  readonly fetch: Fetch;
  session(options?: SessionOptions<Names>): Mock<Names, Changes>;
}

/** A mock of any contract. */
export type AnyMock = Mock<MockNames, ChangeRequests | null>;

/** Adds the front ends to a mock. */
export function withFronts(mock: CoreMock<MockNames>): AnyMock {
  const openSession = mock.session;
  let handlers: HttpHandler[] | undefined;
  const fronts = {
    // Sessions of a server need none.
    get handlers() {
      handlers ??= createHandlers(mock, mock.contract.operations);
      return handlers;
    },
    fetch: createFetch(mock),
    session: (options?: SessionOptions<MockNames>) => withFronts(openSession(options)),
  };
  // Object.assign would read the getters of the mock once and freeze their values.
  return Object.defineProperties(mock, Object.getOwnPropertyDescriptors(fronts)) as typeof mock &
    typeof fronts;
}
