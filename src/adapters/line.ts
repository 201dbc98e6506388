import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A request that waits for those before it on its connection. */
export interface Turn {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly answer: RequestListener;
}

/** One connection. */
export interface Line {
  readonly socket: Socket;
  /** Responses that had not been sent completely when last looked at. */
  readonly unsent: ServerResponse[];
  readonly waiting: Turn[];
  /** What had been read of the connection with its last request; infinite where the length of a body is to come. */
  bytesTaken: number;
  /** Requests on it have waited. */
  hasWaited: boolean;
  /** Runs while requests wait. */
  patience: NodeJS.Timeout | undefined;
  /** Its last requests have come, and are taken soon. */
  isLastCall: boolean;
  /** No more requests are taken. */
  isOver: boolean;
}

/** Requests of a connection that are worked on at a time. While others wait, the connection is not read. */
export const MAX_PIPELINED = 16;
/** Bytes of answers that wait behind another one, before the next request of their connection is worked on. */
const MAX_UNSENT_BYTES = 1_048_576;

/**
 * Whether another request can be worked on.
 *
 * @param isAlone whether one is worked on while no other of its connection is.
 */
export function hasRoom(
  { unsent }: Line,
  incoming: IncomingMessage,
  isAlone: (incoming: IncomingMessage) => boolean,
): boolean {
  const [first] = unsent;
  if (!first) return true;
  if (unsent.length >= MAX_PIPELINED || isAlone(first.req) || isAlone(incoming)) return false;
  // Those behind the first wait in memory.
  let bytes = 0;
  for (const response of unsent) if (response !== first) bytes += response.writableLength;
  return bytes < MAX_UNSENT_BYTES;
}

/** Whether a request has a body to be read. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

export function dropSent({ unsent }: Line): void {
  while (unsent[0]?.closed) unsent.shift();
}

/** Whether a connection is read; requests that wait, and its end, stop that. */
export function isRead({ waiting, isOver }: Line): boolean {
  return waiting.length === 0 && !isOver;
}
