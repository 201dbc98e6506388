import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { targetOf } from '../adapters/http.ts';
import { hasBody } from '../adapters/line.ts';
import type { Answer } from '../contract/message.ts';
import { Budget } from '../mock/budget.ts';
import { problem } from '../mock/problem.ts';
import { counted } from '../text/shown.ts';
import { controlRoute } from './control-path.ts';

/** Of a body to the control plane: room for a snapshot with a large number of rows. */
export const MAX_CONTROL_BODY_BYTES = 16 * 1_048_576;
/** Of the bodies of all requests that are being received, or whose answers have not been sent. */
export const MAX_BODIES_BYTES = 64 * 1_048_576;

/**
 * Refuses requests whose bodies would be more than there is room for, before they are read.
 *
 * @param bodyLimit of the API; a longer body is not kept.
 */
export function limitBodies(
  listener: RequestListener,
  bodyLimit: number,
  refuse: (incoming: IncomingMessage, response: ServerResponse, answer: Answer) => void,
): RequestListener {
  // One body as long as may be fits in any case.
  const bodies = new Budget(Math.max(MAX_BODIES_BYTES, bodyLimit));
  return (incoming, response) => {
    const bytes = bytesToKeep(incoming, bodyLimit);
    if (bytes === 0) return listener(incoming, response);
    if (bodies.used + bytes > bodies.max) return refuse(incoming, response, TOO_MUCH);
    bodies.add(bytes);
    response.once('close', () => bodies.add(-bytes));
    listener(incoming, response);
  };
}

const TOO_MUCH = problem(
  'OVERLOADED',
  `The bodies of requests that are being received or answered may have ${counted(MAX_BODIES_BYTES, 'byte')} together.`,
);

/** As many as the body may have; 0 where there is none, or none that is kept. */
function bytesToKeep(incoming: IncomingMessage, bodyLimit: number): number {
  if (!hasBody(incoming)) return 0;
  const { 'content-length': length, 'transfer-encoding': encoding } = incoming.headers;
  const limit = controlRoute(targetOf(incoming).path) === null ? bodyLimit : MAX_CONTROL_BODY_BYTES;
  if (encoding !== undefined) return limit;
  return Number(length) > limit ? 0 : Number(length);
}
