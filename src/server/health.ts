import type { components } from '../generated/control-plane.ts';
import { packagedVersion } from '../packaged.ts';
import type { Sessions } from './sessions.ts';

export type Health = components['schemas']['Health'];

/** What the server tells strangers: that it is up. */
export const UP: Health = { status: 'ok' };

/** What it tells those who may use the control plane. */
export function healthOf(sessions: Sessions): Health {
  return { ...UP, version: packagedVersion(), sessions: sessions.list().length };
}
