import type { CoreMock } from '../../mock/mock.ts';
import type { PublicUrl } from '../public-url.ts';
import type { Sessions } from '../sessions.ts';
import type { EventStreams } from './event-streams.ts';

/** What the control plane steers. */
export interface ControlParts {
  /** The current mock of requests that name no session. */
  readonly shared: () => CoreMock;
  readonly sessions: Sessions;
  readonly streams: EventStreams;
  readonly publicUrl: PublicUrl | null;
  /** Called with every bug of the control plane itself; the client gets a 500 problem. */
  readonly onError: (cause: unknown) => void;
}

/** What middleware adds to the context of a route. */
export interface ControlEnv {
  Variables: { readonly parts: ControlParts; readonly mock: CoreMock };
}
