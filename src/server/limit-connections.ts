import type { Server } from 'node:http';
import { MAX_TURN_MS, type Pipelines, type Refusal } from '../adapters/pipelines.ts';
import { clearInterval, setInterval } from '../adapters/real-timers.ts';
import { counted } from '../text/shown.ts';

/** Connections that may be open at a time. */
export const MAX_CONNECTIONS = 2_000;
/** Time between two searches for clients that do not read. */
const SWEEP_MS = 30_000;

const TOO_MANY: Refusal = {
  code: 'OVERLOADED',
  detail: `${counted(MAX_CONNECTIONS, 'connection')} are open already; are some clients not closing theirs?`,
};

/**
 * Refuses connections beyond {@link MAX_CONNECTIONS}, and closes those whose clients take no bytes any more.
 *
 * @param maxTurnMs how long a client may take none.
 */
export function limitConnections(
  server: Server,
  pipelines: Pipelines,
  maxTurnMs = MAX_TURN_MS,
  sweepMs = SWEEP_MS,
): void {
  server.on('connection', (socket) => {
    pipelines.open(socket);
    if (pipelines.size > MAX_CONNECTIONS) pipelines.refuse(socket, TOO_MANY);
  });
  const sweep = setInterval(() => {
    // Node closes a connection when its time is over, and sets it anew with the next request.
    for (const socket of pipelines.sockets()) {
      if (socket.writableLength > 0 && socket.timeout !== maxTurnMs) socket.setTimeout(maxTurnMs);
    }
  }, sweepMs).unref();
  server.once('close', () => clearInterval(sweep));
}
