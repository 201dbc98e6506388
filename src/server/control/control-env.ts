import type { CoreMock } from '../../mock/mock.ts';
import type { Sessions } from '../sessions.ts';
import type { EventStreams } from './event-streams.ts';
import type { Guard } from './guard.ts';

/** The mocks that the control plane steers, and the guard in front of it. */
export interface ControlParts {
  /** The mock that is steered where no session is named. */
  readonly shared: () => CoreMock;
  readonly sessions: Sessions;
  readonly streams: EventStreams;
  readonly guard: Guard;
  /** Called with every bug of the control plane itself; the client gets a 500 problem. */
  readonly onError: (cause: unknown) => void;
}

/** What the middleware of the control plane has put into the context of a route. */
export interface ControlEnv {
  Variables: { readonly parts: ControlParts; readonly mock: CoreMock };
}
