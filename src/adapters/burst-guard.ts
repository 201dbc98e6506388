import type { Socket } from 'node:net';
import { hold, readOn } from './reading.ts';
import { setImmediate } from './real-timers.ts';

/**
 * Requests that have to wait, or come on connections that are over, in one turn of the event loop. Beyond that, the other
 * connections are read in the next turn: node:http holds what has come on a connection until it can be closed.
 */
const MAX_BURST = 250;

/**
 * @param connections all that there are.
 * @param isRead whether a connection is read at present.
 * @returns counts one such request.
 */
export function createBurstGuard<Connection extends { readonly socket: Socket }>(
  connections: () => Iterable<Connection>,
  isRead: (connection: Connection) => boolean,
): () => void {
  let count = 0;
  let held: Connection[] = [];
  const end = (): void => {
    count = 0;
    for (const connection of held) if (isRead(connection)) readOn(connection.socket);
    held = [];
  };
  return () => {
    count += 1;
    if (count === 1) setImmediate(end);
    if (count !== MAX_BURST) return;
    held = [...connections()].filter(isRead);
    for (const { socket } of held) hold(socket);
  };
}
