import { type IncomingMessage, type Server, ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type CorsHeaders, createCorsHeaders } from '../adapters/cors.ts';
import { type HttpListenerOptions, targetOf } from '../adapters/http.ts';
import type { Answer, HttpRequest } from '../contract/message.ts';
import { problem } from '../mock/problem.ts';
import { problemReply } from '../mock/reply.ts';
import { cut } from '../text/printable.ts';
import { shownText } from '../text/shown.ts';
import { clearTimeout, setTimeout } from './real-timers.ts';

/** Answers the requests that no listener of `node:http` gets to see, or that would fail in one. */
export interface Refusals {
  /** Makes a server answer what its parser refuses, and CONNECT, with problems. */
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

export function createRefusals(options: Pick<HttpListenerOptions, 'corsOrigins' | 'onReply'>): Refusals {
  const corsHeaders = createCorsHeaders(options);
  const { onReply } = options;
  /** Connections that have been refused: each packet that follows is an error, too. */
  const refused = new WeakSet<Duplex>();
  const report = (request: HttpRequest, { hint, ...answer }: Refusal): void => {
    const reply = problemReply(answer);
    onReply?.(request, { ...reply, provenance: { ...reply.provenance, hint } }, 0);
  };
  const refuse = (socket: Duplex, request: HttpRequest, refusal: Refusal): void => {
    refused.add(socket);
    closeGently(socket, messageOf(refusal, corsHeaders(request)));
    report(request, refusal);
  };
  return {
    attachTo: (server) => {
      server.on('clientError', (error: ParserError, socket) => {
        if (refused.has(socket)) return;
        const current = responseOn(socket);
        if (!socket.writable || error.code === 'ECONNRESET' || isUnused(error, socket)) socket.destroy();
        // More bytes would be taken for a part of the answer that is being sent.
        else if (current?.headersSent) {
          closeGently(socket);
          // Else the client has left.
          if (error.code !== ENDED) report(readStart(error), refusalOf(error));
        } else refuse(socket, current ? toRequest(current.req) : readStart(error), refusalOf(error));
      });
      server.on('connect', (incoming, socket) => {
        socket.on('error', () => {});
        const { url: path = '' } = incoming;
        refuse(socket, { ...toRequest(incoming), path, query: '' }, noProxy(path));
      });
    },
    refuseWithoutHost: (incoming, response) => {
      const request = toRequest(incoming);
      const { status, contentType, body } = WITHOUT_HOST;
      const fields = ['Content-Type', contentType ?? '', 'Content-Length', String(body?.length), ...LAST];
      response.writeHead(status, [...fields, ...corsHeaders(request)]).end(body);
      report(request, WITHOUT_HOST);
    },
  };
}

/** A problem, and its detail for the log. */
interface Refusal extends Answer {
  readonly hint: string;
}

function refusal(code: Parameters<typeof problem>[0], detail: string): Refusal {
  return { ...problem(code, detail), hint: detail };
}

const LAST = ['Connection', 'close'] as const;
const WITHOUT_HOST = refusal('REQUEST_INVALID', 'The request has no Host header, which HTTP/1.1 requires.');

function refusalOf({ code, message, rawPacket }: ParserError): Refusal {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return refusal(
        'HEADERS_TOO_LARGE',
        'The headers of the request are longer than 16 KiB together; are there too many cookies, or a very long URL?',
      );
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return refusal('PAYLOAD_TOO_LARGE', 'The chunk extensions of the body are longer than 16 KiB.');
    case ENDED:
      return refusal('REQUEST_INVALID', 'The connection ended in the middle of the request.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return refusal('REQUEST_TIMEOUT', 'The request did not arrive in time.');
    default:
      return refusal('REQUEST_INVALID', explain(message, rawPacket));
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

/** The methods that a mock can answer, by any path. */
const ALLOWED = 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT';

function noProxy(target: string): Refusal {
  const detail = `The mock is no proxy, and opens no connection to ${shownText(target)}; use its URL as the base URL of your client, without HTTP_PROXY and HTTPS_PROXY.`;
  return { ...refusal('NOT_A_PROXY', detail), headers: [['Allow', ALLOWED]] };
}

/** The response that Node is to send next on a connection, if any. */
function responseOn(socket: Duplex): ServerResponse | null {
  // Node's own handler decides by this member, too.
  const current: unknown = Reflect.get(socket, '_httpMessage');
  return current instanceof ServerResponse ? current : null;
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

function messageOf({ status, contentType, headers, body }: Answer, cors: ReturnType<CorsHeaders>): string {
  const text = body ?? '';
  const fields = [
    ['Content-Type', contentType],
    ...headers,
    ['Content-Length', Buffer.byteLength(text)],
    LAST,
  ].map(([name, value]) => `${name}: ${value}\r\n`);
  for (let index = 0; index < cors.length; index += 2) fields.push(`${cors[index]}: ${cors[index + 1]}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${fields.join('')}\r\n${text}`;
}

function toRequest(incoming: IncomingMessage): HttpRequest {
  const { method = 'GET', headers } = incoming;
  return { method, ...targetOf(incoming), headers: headers as HttpRequest['headers'], body: null };
}

/** As much of a request as its first bytes tell. `-` is a method that cannot be read. */
function readStart({ rawPacket, bytesParsed = 0 }: ParserError): HttpRequest {
  const packet = rawPacket?.toString('latin1') ?? '';
  // There may be whole requests before it.
  const end = packet.trimEnd().lastIndexOf(HEAD_END, bytesParsed);
  const head = packet.slice(end < 0 ? 0 : end + HEAD_END.length);
  const [line = ''] = head.split('\r\n', 1);
  const [, method = '-', target = line] = /^([A-Z]{1,20}) (.*?)( HTTP\/.*)?$/.exec(line) ?? [];
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
