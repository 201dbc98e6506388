import type { ServerResponse } from 'node:http';
import { writeReply } from '../adapters/http.ts';
import type { Answer } from '../contract/message.ts';
import { problemReply } from '../mock/reply.ts';
import { CONTROL_HEADERS } from './control-path.ts';

/** Sends an answer of the server itself, which no page of another origin may read. */
export function send(response: ServerResponse, answer: Answer): void {
  writeReply(response, problemReply(answer), CONTROL_HEADERS.flat());
}
