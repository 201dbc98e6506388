import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ALL_METHODS, type CorsHeaders, createCorsHeaders } from '../adapters/cors.ts';
import {
  discardRest,
  type HttpListenerOptions,
  targetOf,
  toHttpRequest,
  writeReply,
} from '../adapters/http.ts';
import { clearTimeout, setTimeout } from '../adapters/real-timers.ts';
import type { Answer, HttpRequest } from '../contract/message.ts';
import { problem } from '../mock/problem.ts';
import { problemReply, type ResponseReply } from '../mock/reply.ts';
import { cut } from '../text/printable.ts';
import { shownText } from '../text/shown.ts';

/** Answers the requests that no listener of `node:http` gets to see, or that would fail in one. */
export interface Refusals {
  /** Has to be called with every request, before it is answered. */
  follow(incoming: IncomingMessage, response: ServerResponse): void;
  /** Makes a server answer what its parser refuses, CONNECT, and an `Expect` that it does not know, with problems. */
  attachTo(server: Server): void;
  /** Refuses a request of HTTP/1.1 without `Host` (RFC 9112, section 3.2). */
  refuseWithoutHost(incoming: IncomingMessage, response: ServerResponse): void;
}

/** What `node:http` reports about bytes that it cannot read. */
interface ParserError extends Error {
  readonly code?: string;
  readonly rawPacket?: Buffer;
  /** How much of the packet could be read. */
  readonly bytesParsed?: number;
}

/** A client that is still sending when its connection closes may never see the answer (RFC 9112, section 9.6). */
const LINGER_MS = 1_000;
const MAX_SHOWN = 200;
const ENDED = 'HPE_INVALID_EOF_STATE';
/** The first bytes are those with which a client of HTTP/2 begins (RFC 9113, section 3.4). */
const HTTP_2 = 'HPE_PAUSED_H2_UPGRADE';

export function createRefusals(options: Pick<HttpListenerOptions, 'corsOrigins' | 'onReply'>): Refusals {
  const corsHeaders = createCorsHeaders(options);
  const { onReply } = options;
  /** Connections that have been refused: each packet that follows is an error, too. */
  const refused = new WeakSet<Duplex>();
  /** By connection: its last responses, in their order. */
  const responsesOn = new WeakMap<Duplex, ServerResponse[]>();
  // Called for every request, so it does as little as it can.
  const follow = ({ socket }: IncomingMessage, response: ServerResponse): void => {
    const responses = responsesOn.get(socket);
    if (!responses) {
      responsesOn.set(socket, [response]);
      return;
    }
    while (responses[0]?.closed) responses.shift();
    responses.push(response);
  };
  /** The responses that have not been sent completely. */
  const unsentOn = (socket: Duplex): readonly ServerResponse[] =>
    (responsesOn.get(socket) ?? []).filter(({ closed }) => !closed);
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
      const reply = problemReply(answer);
      closeGently(socket, messageOf(reply, corsHeaders(request)));
      onReply?.(request, reply, 0);
    });
  };
  const refuseUnread = (error: ParserError, socket: Duplex): void => {
    const responses = unsentOn(socket);
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
      onReply?.(toHttpRequest(broken.req, null), problemReply(refusalOf(error)), 0);
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
    const reply = problemReply(answer);
    writeReply(response, reply, [...fields, ...corsHeaders(request)]);
    discardRest(incoming);
    onReply?.(request, reply, 0);
  };
  return {
    follow,
    attachTo: (server) => {
      server.on('clientError', (error: ParserError, socket) => {
        if (refused.has(socket)) return;
        if (!socket.writable || error.code === 'ECONNRESET' || isUnused(error, socket)) socket.destroy();
        else refuseUnread(error, socket);
      });
      server.on('connect', (incoming, socket) => {
        socket.on('error', () => {});
        const { url: path = '' } = incoming;
        const request = { ...toHttpRequest(incoming, null), path, query: '' };
        refuse(socket, request, noProxy(path), unsentOn(socket).at(-1));
      });
      server.on('checkExpectation', (incoming, response) => {
        follow(incoming, response);
        refuseWith(incoming, response, unexpected(incoming), []);
      });
    },
    refuseWithoutHost: (incoming, response) => refuseWith(incoming, response, WITHOUT_HOST, LAST),
  };
}

const LAST = ['Connection', 'close'] as const;
const WITHOUT_HOST = problem('REQUEST_INVALID', 'The request has no Host header, which HTTP/1.1 requires.');

function refusalOf({ code, message, rawPacket }: ParserError): Answer {
  switch (code) {
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
      return problem('REQUEST_INVALID', explain(message, rawPacket));
  }
}

function explain(message: string, packet: Buffer | undefined): string {
  const isTls = packet?.[0] === 0x16 && packet[1] === 0x03;
  if (isTls) return 'This is TLS; the server speaks plain HTTP, so its URL begins with http://.';
  const [, , target = ''] = /^([A-Z]+) (\S+)/.exec(packet?.toString('latin1') ?? '') ?? [];
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

/** Sends the last bytes and drops what still comes, for a while. */
function closeGently(socket: Duplex, bytes = ''): void {
  socket.end(bytes);
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}

function messageOf({ status, headers, body }: ResponseReply, cors: ReturnType<CorsHeaders>): string {
  const text = body ?? '';
  const fields = [...headers, ['Content-Length', Buffer.byteLength(text)], LAST].map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  for (let index = 0; index < cors.length; index += 2) fields.push(`${cors[index]}: ${cors[index + 1]}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${fields.join('')}\r\n${text}`;
}

/** As much of a request as its first bytes tell. `-` is a method that cannot be read. */
function readStart({ code, rawPacket, bytesParsed = 0 }: ParserError): HttpRequest {
  if (code === HTTP_2) return { method: 'PRI', path: '*', query: '', headers: {}, body: null };
  const packet = rawPacket?.toString('latin1') ?? '';
  // There may be whole requests before it.
  const end = packet.trimEnd().lastIndexOf(HEAD_END, bytesParsed);
  const head = packet.slice(end < 0 ? 0 : end + HEAD_END.length);
  const [line = ''] = head.split('\r\n', 1);
  const [, method = '-'] = /^([A-Z]{1,20}) /.exec(line) ?? [];
  const [target = ''] = (method === '-' ? line : line.slice(method.length + 1)).split(' HTTP/', 1);
  const [, origin] = /^origin:[ \t]*(\S+)/im.exec(head) ?? [];
  const url = cut(escapeBytes(target), MAX_SHOWN) || '-';
  const headers = origin === undefined ? {} : { origin };
  return { method, ...targetOf({ url }), headers, body: null };
}

const HEAD_END = '\r\n\r\n';

/** Percent-encodes all bytes but printable ASCII. */
function escapeBytes(bytes: string): string {
  return bytes.replaceAll(
    /[^\x21-\x7e]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
