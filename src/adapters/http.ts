import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { checkOptions, type OptionTypes } from '../check-options.ts';
import type { HttpRequest } from '../contract/message.ts';
import type { RefuseDelay } from '../mock/answer.ts';
import { checkMock } from '../mock/check-mock.ts';
import { bodyTooLarge, mockFailed, problem } from '../mock/problem.ts';
import { problemReply, type Reply } from '../mock/reply.ts';
import { answererOf } from '../mock/served.ts';
import { copyStart } from '../text/own-copy.ts';
import { shown } from '../text/shown.ts';
import { UsageRangeError } from '../usage-error.ts';
import { breakConnection } from './break-connection.ts';
import {
  type CorsPolicy,
  createCorsHeaders,
  createPreflightHint,
  exposeOwn,
  isPreflight,
  preflightHeaders,
} from './cors.ts';
import { createDelayedReplies, MAX_DELAYED, whenOver } from './delayed-replies.ts';
import type { Answerer } from './fetch.ts';
import { lastMessage } from './last-words.ts';
import { hasBody } from './line.ts';
import { createPipelines, type PipelineOptions } from './pipelines.ts';

/** How a listener reads requests and reports replies. */
export interface HttpListenerOptions extends CorsPolicy {
  /** Maximum size of a request's body, in bytes. Default 1 MiB. */
  readonly bodyLimit?: number | undefined;
  /** Called with anything that the mock throws; the client gets a 500 problem. Default: it is ignored. */
  readonly onError?: ((cause: unknown, request?: HttpRequest) => void) | undefined;
  /** Called with every reply once it has been sent or the client has left. */
  readonly onReply?: ((request: HttpRequest, reply: Reply, milliseconds: number) => void) | undefined;
}

export const HTTP_OPTIONS: OptionTypes<HttpListenerOptions> = {
  corsOrigins: 'strings',
  bodyLimit: 'number',
  onError: 'function',
  onReply: 'function',
};

const MEBIBYTE = 1_048_576;
/** Unless an option says otherwise. */
export const MAX_BODY_BYTES = MEBIBYTE;
const MAX_DISCARDED_BYTES = 64 * MEBIBYTE;

/**
 * Makes a listener for `node:http` that writes a mock's replies straight to the socket.
 *
 * ```ts
 * createServer(createHttpListener(mock)).listen(4010, '127.0.0.1');
 * ```
 * @throws {UsageTypeError} on what is no mock, and on an option that does not exist or has the wrong type.
 * @throws {UsageRangeError} on an invalid CORS origin and on a negative `bodyLimit`.
 */
export function createHttpListener(mock: Answerer, options: HttpListenerOptions = {}): RequestListener {
  checkMock('createHttpListener', mock);
  const { listener } = createHttpFront(answererOf(mock), options);
  const pipelines = createPipelines({ isAlone: hasBody, refusing: createRefusing(options) });
  return (incoming, response) => pipelines.take(incoming, response, listener);
}

/** What answers, unless its answer would be one delayed answer too many. */
export interface DelayAnswerer {
  answer(request: HttpRequest, refuseDelay: RefuseDelay): Reply;
}

/** A listener that starts every request at once. */
export interface HttpFront {
  readonly listener: RequestListener;
  /** Sends what waits for its delay, and from now on all answers without one. */
  hurry(): void;
}

/** Like {@link createHttpListener}, for one who sees to {@link Pipelines}. */
export function createHttpFront(
  mock: DelayAnswerer,
  options: HttpListenerOptions,
  maxDelayed = MAX_DELAYED,
): HttpFront {
  checkOptions('createHttpListener', options, HTTP_OPTIONS);
  const { bodyLimit = MAX_BODY_BYTES, onReply, onError } = options;
  if (!(bodyLimit >= 0)) {
    throw new UsageRangeError(`"bodyLimit" is a number of bytes, 0 or more; found ${shown(bodyLimit)}.`);
  }
  const corsHeaders = createCorsHeaders(options);
  const preflightHint = createPreflightHint(options);
  const delays = createDelayedReplies(maxDelayed);
  const listener: RequestListener = (incoming, response) => {
    const cors = corsHeaders(incoming);
    const { socket } = incoming;
    const startedAt = onReply ? performance.now() : 0;
    const finish = (request: HttpRequest, given: Reply): void => {
      // Whatever else answers than a mock does not ask before.
      const refusal = given.delayMs > 0 ? delays.refuse() : null;
      const reply = refusal ? problemReply(refusal) : given;
      const extra = reply.kind === 'response' ? exposeOwn(cors, reply.own) : cors;
      const sendReply = () => sendOrFail(response, reply, extra, (cause) => onError?.(cause, request));
      delays.after(reply.delayMs, response, socket, sendReply);
      if (onReply) whenOver(socket, response, () => onReply(request, reply, performance.now() - startedAt));
    };
    const answer = (body: string | null): void => {
      const request = toHttpRequest(incoming, body);
      finish(request, answerSafely(mock, request, delays.refuse, onError));
    };
    if (isPreflight(incoming)) {
      const hint = preflightHint(incoming);
      const reply = problemReply({ status: 200, headers: [], contentType: null, body: null, hint });
      writeReply(response, reply, [...cors, ...preflightHeaders(incoming), 'Content-Length', '0']);
      // Those that are allowed say nothing new.
      if (hint !== undefined) onReply?.(toHttpRequest(incoming, null), reply, 0);
      return;
    }
    if (!hasBody(incoming)) return answer(null);
    readBody(incoming, bodyLimit).then(
      (body) => {
        if (body !== undefined) return answer(body);
        finish(toHttpRequest(incoming, null), problemReply(bodyTooLarge(bodyLimit)));
        discardRest(incoming);
      },
      // The client left in the middle of the body.
      () => response.destroy(),
    );
  };
  return { listener, hurry: delays.hurry };
}

/** Makes the last bytes of a connection that ends before its requests are answered, and reports them as a reply. */
export function createRefusing(options: HttpListenerOptions): PipelineOptions['refusing'] {
  const corsHeaders = createCorsHeaders(options);
  return ({ code, detail }, incoming) => {
    const request = incoming ? toHttpRequest(incoming, null) : UNKNOWN;
    const reply = problemReply(problem(code, detail));
    options.onReply?.(request, reply, 0);
    return lastMessage(reply, corsHeaders(request));
  };
}

/** What a connection would have asked for, had it sent it. */
const UNKNOWN: HttpRequest = { method: '-', path: '-', query: '', headers: {}, body: null };

/** A request on which the mock fails must not end the server. */
function answerSafely(
  mock: DelayAnswerer,
  request: HttpRequest,
  refuseDelay: RefuseDelay,
  onError: HttpListenerOptions['onError'],
): Reply {
  try {
    return mock.answer(request, refuseDelay);
  } catch (cause) {
    onError?.(cause, request);
    return problemReply(mockFailed());
  }
}

/** Reads an incoming message into plain data. */
export function toHttpRequest(incoming: IncomingMessage, body: string | null): HttpRequest {
  const { method = 'GET', headers } = incoming;
  return { method, ...targetOf(incoming), headers: headers as HttpRequest['headers'], body };
}

/** The path and the query of a request target. */
export function targetOf({ url = '/' }: Pick<IncomingMessage, 'url'>): Pick<HttpRequest, 'path' | 'query'> {
  const target = url.startsWith('/') ? url : pathOf(url);
  const mark = target.indexOf('?');
  return {
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
  };
}

/** A client of a proxy sends the whole URL (RFC 9112, section 3.2.2); `OPTIONS *` names no path. */
function pathOf(target: string): string {
  if (!URL.canParse(target)) return target;
  const { pathname, search } = new URL(target);
  // The journal must not keep a long user name or fragment for the sake of a short path.
  return copyStart(pathname + search);
}

/** `undefined` when the body is longer than the limit. */
async function readBody(incoming: IncomingMessage, limit: number): Promise<string | undefined> {
  if (Number(incoming.headers['content-length'] ?? 0) > limit) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  // By default, leaving the loop closes the connection that the refusal has to be sent on.
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  // Like `Request.text()`, this drops a byte order mark.
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/**
 * Reads and drops the rest of a body, up to a limit: a client that is still sending when its connection closes may
 * never see the answer (RFC 9112, section 9.6).
 */
export function discardRest(incoming: IncomingMessage): void {
  let left = MAX_DISCARDED_BYTES;
  incoming.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) incoming.destroy();
  });
}

/** A reply that cannot be written must not end the server, either. */
function sendOrFail(
  response: ServerResponse,
  reply: Reply,
  extra: readonly string[],
  onError: (cause: unknown) => void,
): void {
  try {
    writeReply(response, reply, extra);
  } catch (cause) {
    onError(cause);
    if (response.headersSent) response.destroy();
    else writeReply(response, problemReply(mockFailed()), extra);
  }
}

/**
 * Writes a reply, whatever its delay.
 * @param extra headers, names and values in turn.
 */
export function writeReply(response: ServerResponse, reply: Reply, extra: readonly string[]): void {
  if (reply.kind === 'network-error') {
    breakConnection(response);
    return;
  }
  const { status, headers, isBinary } = reply;
  const body = isBinary && reply.body !== null ? Buffer.from(reply.body, 'latin1') : reply.body;
  const fields = [...extra];
  for (const [name, value] of headers) fields.push(name, value);
  // A reply to HEAD has no length: that of GET is not known here.
  if (body !== null) fields.push('Content-Length', String(Buffer.byteLength(body)));
  response.writeHead(status, fields);
  response.end(body ?? undefined);
}
