import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * An interim response, which clients skip, and the first byte of the final one. Many clients send a request again when
 * its connection ends without a byte, the common fate of one that was kept alive: the caller would get the next answer,
 * and never see the failure.
 */
const BROKEN_OFF = 'HTTP/1.1 100 Continue\r\n\r\nH';

/** Breaks the connection so that clients report it (.github/decisions/0006-a-connection-that-breaks.md). */
export function breakConnection(response: ServerResponse): void {
  const { socket, req } = response;
  if (!socket) {
    // The response before it, on the same connection, is still under way.
    response.once('socket', () => breakConnection(response));
    return;
  }
  // HTTP/1.0 has no interim responses (RFC 9110, section 15.2).
  if (req.httpVersion === '1.0') socket.destroy();
  else socket.write(BROKEN_OFF, () => reset(socket));
}

/** A TLS or Unix socket cannot be reset. */
function reset(socket: Socket): void {
  try {
    socket.resetAndDestroy();
  } catch {
    socket.destroy();
  }
}
