import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { LINGER_MS } from '../adapters/last-words.ts';
import type { Pipelines, Refusal } from '../adapters/pipelines.ts';
import { clearTimeout, setImmediate, setTimeout } from '../adapters/real-timers.ts';

/**
 * Closes servers: what has been asked is answered, and nothing else is taken.
 * @param grace milliseconds after which `hurry` is called, and what has not arrived completely is refused.
 */
export type Drain = (grace: number, hurry: () => void) => Promise<void>;

/**
 * A client may send its next request while the server begins to close, and would find its connection closed. It is
 * answered, and told that the connection closes. One that sends nothing for so long is idle.
 */
const LAST_CALL_MS = 100;
/** Connections that the system keeps for a server until it accepts them: Node's default. */
const BACKLOG = 511;

const CLOSING: Refusal = {
  code: 'REQUEST_TIMEOUT',
  detail: 'The server closes, and the request has not arrived completely.',
};

export function createDrain(servers: readonly Server[], pipelines: Pipelines): Drain {
  /** What had come on each connection when closing began: only an unfinished request brings more. */
  const bytesBefore = new WeakMap<Socket, number>();
  const isIdle = (socket: Socket): boolean =>
    socket.writable &&
    pipelines.unsentOn(socket).length === 0 &&
    !pipelines.hasBegun(socket) &&
    socket.bytesRead === (bytesBefore.get(socket) ?? 0);
  const closeIdle = (): void => {
    for (const socket of pipelines.sockets()) if (isIdle(socket)) pipelines.end(socket);
  };
  /** Answers that wait are sent; what cannot be sent in a second is given up. */
  const closeRest = (): void => {
    closeIdle();
    for (const socket of pipelines.sockets()) {
      const [first] = pipelines.unsentOn(socket);
      if (!first?.req.complete) pipelines.refuse(socket, CLOSING, first?.req);
    }
  };
  const closeAll = (): void => {
    for (const socket of pipelines.sockets()) socket.destroy();
  };
  const begin = async (lastCallMs: number): Promise<void> => {
    for (const socket of pipelines.sockets()) bytesBefore.set(socket, socket.bytesRead);
    // What has come by then is read first.
    const lastCall = setTimeout(() => setImmediate(closeIdleAgain), lastCallMs);
    const closeIdleAgain = (): void => {
      closeIdle();
      if (pipelines.size > 0) lastCall.refresh();
    };
    pipelines.beginClosing(() => lastCall.refresh());
    await acceptBacklog();
    await Promise.all(servers.map(stopListening));
    clearTimeout(lastCall);
  };
  let isEnding = false;
  /** Node accepts one connection in each turn of its loop; those that wait would be reset, with the requests on them. */
  const acceptBacklog = async (): Promise<void> => {
    for (let turn = 0, before = -1; turn < BACKLOG && pipelines.opened !== before; turn += 1) {
      if (isEnding) return;
      before = pipelines.opened;
      // The first call may come before the loop looks for connections, the second one comes after.
      await nextTurn();
      await nextTurn();
    }
  };
  let begun: Promise<void> | undefined;
  return async (grace, hurry) => {
    begun ??= begin(Math.min(LAST_CALL_MS, grace));
    let last: NodeJS.Timeout | undefined;
    const end = setTimeout(() => {
      isEnding = true;
      hurry();
      closeRest();
      last = setTimeout(closeAll, LINGER_MS);
    }, grace);
    try {
      await begun;
    } finally {
      clearTimeout(end);
      clearTimeout(last);
    }
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** `close` of an HTTP server would also close connections whose clients may be sending. */
function stopListening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    NetServer.prototype.close.call(server, () => {
      try {
        // Ends what only the HTTP server knows of.
        server.close();
        resolve();
      } catch (cause) {
        reject(cause);
      }
    });
  });
}
