import {
  type IncomingMessage,
  METHODS,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { ALL_METHODS, createCorsHeaders } from '../adapters/cors.ts';
import {
  discardRest,
  type HttpListenerOptions,
  targetOf,
  toHttpRequest,
  writeReply,
} from '../adapters/http.ts';
import { CLOSE, closeGently, lastMessage } from '../adapters/last-words.ts';
import type { Pipelines } from '../adapters/pipelines.ts';
import type { Answer, HttpRequest } from '../contract/message.ts';
import { problem } from '../mock/problem.ts';
import { problemReply } from '../mock/reply.ts';
import { cut } from '../text/printable.ts';
import { type Secrets, UNKNOWN_KEYS } from '../text/secrets.ts';
import { shownText } from '../text/shown.ts';

/** Answers the requests that no listener of `node:http` gets to see, or that would fail in one. */
export interface Refusals {
  /** Makes a server answer what its parser refuses, CONNECT, and an `Expect` that it does not know, with problems. */
  attachTo(server: Server, pipelines: Pipelines): void;
  /** Refuses a request of HTTP/1.1 without `Host` (RFC 9112, section 3.2). */
  refuseWithoutHost(incoming: IncomingMessage, response: ServerResponse): void;
  /** Answers a request with a problem, and reads the rest of its body without keeping it. */
  refuse(incoming: IncomingMessage, response: ServerResponse, answer: Answer): void;
}

/** What `node:http` reports about bytes that it cannot read. */
interface ParserError extends Error {
  readonly code?: string;
  readonly rawPacket?: Buffer;
  /** How much of the packet could be read. */
  readonly bytesParsed?: number;
}

const MAX_SHOWN = 200;
const ENDED = 'HPE_INVALID_EOF_STATE';
/** The first bytes are those with which a client of HTTP/2 begins (RFC 9113, section 3.4). */
const HTTP_2 = 'HPE_PAUSED_H2_UPGRADE';

/** @param secrets gives what a refusal must not quote. */
export function createRefusals(
  options: Pick<HttpListenerOptions, 'corsOrigins' | 'onReply'>,
  secrets: () => Secrets = () => UNKNOWN_KEYS,
): Refusals {
  const corsHeaders = createCorsHeaders(options);
  const { onReply } = options;
  /** Connections that have been refused: each packet that follows is an error, too. */
  const refused = new WeakSet<Duplex>();
  /** Refuses the last request of a connection, once a response that comes before has been sent. */
  const refuse = (
    socket: Duplex,
    request: HttpRequest,
    answer: Answer,
    before: ServerResponse | undefined,
  ): void => {
    refused.add(socket);
    whenSent(before, () => {
      if (!socket.writable) return;
      const reply = problemReply(answer, secrets());
      closeGently(socket, lastMessage(reply, corsHeaders(request)));
      onReply?.(request, reply, 0);
    });
  };
  const refuseUnread = (error: ParserError, socket: Duplex, responses: readonly ServerResponse[]): void => {
    const last = responses.at(-1);
    // When the last request has arrived completely, the error is in the one after it.
    const broken = last?.req.complete === false ? last : undefined;
    const before = broken ? responses.at(-2) : last;
    const isAnswered = broken?.headersSent === true;
    if (error.code === ENDED && (before || isAnswered)) {
      // The client waits for no more answers.
      refused.add(socket);
      closeGently(socket);
    } else if (isAnswered) {
      // More bytes would be taken for a part of its answer.
      refused.add(socket);
      whenSent(broken, () => closeGently(socket));
      onReply?.(toHttpRequest(broken.req, null), problemReply(refusalOf(error), secrets()), 0);
    } else {
      const request = broken ? toHttpRequest(broken.req, null) : readStart(error);
      refuse(socket, request, refusalOf(error), before);
    }
  };
  const refuseWith = (
    incoming: IncomingMessage,
    response: ServerResponse,
    answer: Answer,
    fields: readonly string[],
  ): void => {
    const request = toHttpRequest(incoming, null);
    const reply = problemReply(answer, secrets());
    writeReply(response, reply, [...fields, ...corsHeaders(request)]);
    discardRest(incoming);
    onReply?.(request, reply, 0);
  };
  const refuseExpectation: RequestListener = (incoming, response) =>
    refuseWith(incoming, response, unexpected(incoming), []);
  return {
    attachTo: (server, { take, unsentOn }) => {
      server.on('clientError', (error: ParserError, socket) => {
        if (refused.has(socket)) return;
        if (!socket.writable || error.code === 'ECONNRESET' || isUnused(error, socket)) socket.destroy();
        else refuseUnread(error, socket, unsentOn(socket));
      });
      server.on('connect', (incoming, socket) => {
        socket.on('error', () => {});
        const { url: path = '' } = incoming;
        const request = { ...toHttpRequest(incoming, null), path, query: '' };
        refuse(socket, request, noProxy(path), unsentOn(socket).at(-1));
      });
      server.on('checkExpectation', (incoming, response) => {
        take(incoming, response, refuseExpectation);
      });
    },
    refuseWithoutHost: (incoming, response) => refuseWith(incoming, response, WITHOUT_HOST, CLOSE),
    refuse: (incoming, response, answer) => refuseWith(incoming, response, answer, []),
  };
}

const WITHOUT_HOST = problem('REQUEST_INVALID', 'The request has no Host header, which HTTP/1.1 requires.');

function refusalOf(error: ParserError): Answer {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return problem(
        'HEADERS_TOO_LARGE',
        'The headers of the request are longer than 16 KiB together; are there too many cookies, or a very long URL?',
      );
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return problem('PAYLOAD_TOO_LARGE', 'The chunk extensions of the body are longer than 16 KiB.');
    case HTTP_2:
      return problem('REQUEST_INVALID', 'This is HTTP/2; the server speaks HTTP/1.1.');
    case ENDED:
      return problem('REQUEST_INVALID', 'The connection ended in the middle of the request.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problem('REQUEST_TIMEOUT', 'The request did not arrive in time.');
    default:
      return problem('REQUEST_INVALID', explain(error));
  }
}

function explain(error: ParserError): string {
  const { message, code, rawPacket } = error;
  const isTls = rawPacket?.[0] === 0x16 && rawPacket[1] === 0x03;
  if (isTls) return 'This is TLS; the server speaks plain HTTP, so its URL begins with http://.';
  const [, method = '', target = ''] = /^([A-Za-z]+) (\S+)/.exec(unreadHead(error)) ?? [];
  // `fetch` sends "patch" as it was written, unlike "get" and "post".
  if (code === 'HPE_INVALID_METHOD' && METHODS.includes(method.toUpperCase())) {
    return `Methods are in upper case: ${method.toUpperCase()}; found ${method}.`;
  }
  return /[^\x21-\x7e]/.test(target)
    ? 'The URL of the request has bytes that are not ASCII; percent-encode them.'
    : `The request is not HTTP: ${message.replace(/^Parse Error: /, '')}.`;
}

function noProxy(target: string): Answer {
  const detail = `The mock is no proxy, and opens no connection to ${shownText(target)}; use its URL as the base URL of your client, without HTTP_PROXY and HTTPS_PROXY.`;
  return { ...problem('NOT_A_PROXY', detail), headers: [['Allow', ALL_METHODS]] };
}

function unexpected({ headers: { expect = '' } }: IncomingMessage): Answer {
  const detail = `The mock cannot do what the header "Expect: ${shownText(expect)}" asks for; send it without, or with 100-continue.`;
  return problem('EXPECTATION_FAILED', detail);
}

/** Calls back when a response has been sent or its client has left; at once when there is none. */
function whenSent(response: ServerResponse | undefined, call: () => void): void {
  if (response) response.once('close', call);
  else call();
}

/** Browsers open connections in advance, and close them when Node has waited long enough. */
function isUnused({ code }: ParserError, socket: Duplex): boolean {
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' && Reflect.get(socket, 'bytesRead') === 0;
}

/** As much of a request as its first bytes tell. `-` is a method that cannot be read. */
function readStart(error: ParserError): HttpRequest {
  if (error.code === HTTP_2) return { method: 'PRI', path: '*', query: '', headers: {}, body: null };
  const head = unreadHead(error);
  const [line = ''] = head.split('\r\n', 1);
  const [, method = '-'] = /^([A-Za-z]{1,20}) /.exec(line) ?? [];
  const [target = ''] = (method === '-' ? line : line.slice(method.length + 1)).split(' HTTP/', 1);
  const [, origin] = /^origin:[ \t]*(\S+)/im.exec(head) ?? [];
  const url = cut(escapeBytes(target), MAX_SHOWN) || '-';
  const headers = origin === undefined ? {} : { origin };
  return { method, ...targetOf({ url }), headers, body: null };
}

const HEAD_END = '\r\n\r\n';

/** The request that could not be read; there may be whole ones before it. */
function unreadHead({ rawPacket, bytesParsed = 0 }: ParserError): string {
  const packet = rawPacket?.toString('latin1') ?? '';
  const end = packet.trimEnd().lastIndexOf(HEAD_END, bytesParsed);
  return packet.slice(end < 0 ? 0 : end + HEAD_END.length);
}

/** Percent-encodes all bytes but printable ASCII. */
function escapeBytes(bytes: string): string {
  return bytes.replaceAll(
    /[^\x21-\x7e]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
