import { isRequest } from '../built-ins.ts';
import type { HttpRequest } from '../contract/message.ts';
import type { Reply, ResponseReply } from '../mock/reply.ts';
import { wait } from './delay.ts';

/** What a front end needs of a mock. */
export interface Answerer {
  answer(request: HttpRequest): Reply;
}

/** The part of `fetch` that a mock stands in for. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * Creates a `fetch` that the mock answers, without network or interception. Relative URLs resolve against
 * `http://localhost`.
 */
export function createFetch(mock: Answerer): Fetch {
  return async (input, init) => {
    const request = isRequest(input) ? new Request(input, init) : requestTo(input, init);
    request.signal.throwIfAborted();
    const reply = mock.answer(await toHttpRequest(request));
    const isOver = reply.delayMs === 0 || (await wait(reply.delayMs, request.signal));
    if (!isOver) throw request.signal.reason;
    if (reply.kind === 'network-error') throw new TypeError('Failed to fetch');
    return toResponse(reply);
  };
}

/** Reads a `Request` into plain data. Consumes its body. */
export async function toHttpRequest(request: Request): Promise<HttpRequest> {
  return { ...withoutBody(request), body: request.body === null ? null : await request.text() };
}

/** Reads a `Request` into plain data, but not its body. */
export function withoutBody(request: Request): HttpRequest {
  const { origin, pathname, search } = new URL(request.url);
  return {
    // `fetch` keeps the case of some methods; Django does not.
    method: request.method.toUpperCase(),
    origin,
    path: pathname,
    query: search.slice(1),
    // happy-dom keeps the case of names.
    headers: Object.fromEntries([...request.headers].map(([name, value]) => [name.toLowerCase(), value])),
    body: null,
  };
}

export function toResponse({ status, headers, body, isBinary }: ResponseReply): Response {
  return new Response(isBinary && body !== null ? toBytes(body) : body, {
    status,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  });
}

function toBytes(body: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(body, (character) => character.charCodeAt(0));
}

function requestTo(url: string | URL, init: RequestInit | undefined): Request {
  return new Request(new URL(url, 'http://localhost'), init);
}
