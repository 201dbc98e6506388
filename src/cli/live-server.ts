import { isUtf8 } from 'node:buffer';
import { setTimeout as wait } from 'node:timers/promises';
import { headerOf } from '../contract/message.ts';
import type { ComparedAnswer } from '../drift/answer.ts';
import { type Hide, hideInUrl } from '../drift/hide-key.ts';
import type { PlannedRequest } from '../drift/plan.ts';
import { shown } from '../text/shown.ts';
import { networkWords } from './network-words.ts';

/** Of a body, in bytes, after decoding. */
export const MAX_BODY_BYTES = 10_000_000;
/** Redirects of one request, all to the same origin. */
const MAX_REDIRECTS = 5;
/** That a `Retry-After` may ask for, in seconds. */
const MAX_RETRY_AFTER_S = 60;

export interface LiveOptions {
  /** Origin and path, without a slash at the end. */
  readonly target: string;
  /** Of a request with its redirects and its body, in milliseconds. */
  readonly timeoutMs: number;
  /** Between the starts of two requests, in milliseconds. */
  readonly intervalMs: number;
  /** Sent as `User-Agent`. */
  readonly userAgent: string;
  /** Makes text of the server fit for a report. */
  readonly hide: Hide;
}

/** Sends a request; why there is no answer that could be compared, as text. */
export type AskLive = (
  request: PlannedRequest,
  isDocumented: (status: number) => boolean,
) => Promise<LiveAnswer | string>;

export interface LiveAnswer extends ComparedAnswer {
  /** The status of the first redirect that was followed; `null`: there was none. */
  readonly redirected: number | null;
}

/** Opens a live server, which is asked for one thing after another, at most at the given rate. */
export function openLive({ target, timeoutMs, intervalMs, userAgent, hide }: LiveOptions): AskLive {
  let turn = 0;
  const takeTurn = async () => {
    const now = performance.now();
    const start = Math.max(now, turn);
    turn = start + intervalMs;
    if (start > now) await wait(start - now);
  };

  const send = (url: URL, { method, headers }: PlannedRequest, signal: AbortSignal) =>
    fetch(url, {
      method,
      headers: { 'user-agent': userAgent, ...headers },
      redirect: 'manual',
      signal,
    });

  /** Follows redirects that the contract does not describe, to the same origin only: the key is for no other. */
  const follow = async (
    request: PlannedRequest,
    isDocumented: (status: number) => boolean,
    signal: AbortSignal,
  ) => {
    let url = new URL(target + request.path + (request.query === '' ? '' : `?${request.query}`));
    let redirected: number | null = null;
    for (let count = 0; count <= MAX_REDIRECTS; count += 1) {
      const response = await send(url, request, signal);
      const { status } = response;
      const location =
        REDIRECTS.has(status) && !isDocumented(status) ? response.headers.get('location') : null;
      if (location === null) return { response, redirected };
      await response.body?.cancel();
      const next = targetOf(location, url);
      if (next?.origin !== url.origin) return explainRedirect(status, next && hideInUrl(next.origin, hide));
      redirected ??= status;
      url = next;
      // At once, as the time of the request runs; the next request waits for it instead.
      turn += intervalMs;
    }
    return `live redirects more than ${MAX_REDIRECTS} times.`;
  };

  const askOnce = async (request: PlannedRequest, isDocumented: (status: number) => boolean) => {
    // Before the time starts: waiting for a turn is not the server's fault.
    await takeTurn();
    const signal = AbortSignal.timeout(timeoutMs);
    let isAnswered = false;
    try {
      const followed = await follow(request, isDocumented, signal);
      if (typeof followed === 'string') return followed;
      isAnswered = true;
      const { response, redirected } = followed;
      const body = request.method === 'HEAD' ? null : await readBody(response, hide);
      if (typeof body === 'string') return body;
      const contentType = response.headers.get('content-type');
      const answer: LiveAnswer = {
        status: response.status,
        headers: [...response.headers],
        contentType,
        shownType: contentType === null ? null : hide(contentType),
        body: body?.text ?? null,
        redirected,
      };
      return answer;
    } catch (cause) {
      if (signal.aborted) {
        const seconds = timeoutMs / 1_000;
        return isAnswered ? `its body is not complete after ${seconds} s.` : `no answer within ${seconds} s.`;
      }
      return `${isAnswered ? 'its body cannot be read' : 'no answer'}: ${networkWords(cause)}.`;
    }
  };

  return async (request, isDocumented) => {
    const first = await askOnce(request, isDocumented);
    if (typeof first === 'string' || first.status !== 429) return first;
    const seconds = retryAfterOf(first);
    if (seconds === null) return first;
    if (seconds > MAX_RETRY_AFTER_S) return `live asks to wait for more than ${MAX_RETRY_AFTER_S} s.`;
    await wait(seconds * 1_000);
    return askOnce(request, isDocumented);
  };
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Without a user and a password, which only the contract gives; `null`: it is no URL of HTTP. */
function targetOf(location: string, base: URL): URL | null {
  const url = URL.canParse(location, base) ? new URL(location, base) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  return Object.assign(url, { username: '', password: '' });
}

function explainRedirect(status: number, origin: string | null): string {
  const where = origin === null ? 'to something that is no URL of HTTP' : `to ${origin}`;
  return `live redirects (${status}) ${where}, which is not followed: the key is for the target only.`;
}

/** In whole seconds; `null`: live does not say, or not in a way that HTTP knows. */
function retryAfterOf({ headers }: LiveAnswer): number | null {
  const text = headerOf(headers, 'Retry-After');
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const until = Date.parse(text);
  return Number.isNaN(until) ? null : Math.max(0, Math.ceil((until - Date.now()) / 1_000));
}

/** @returns why it cannot be read, as text. */
async function readBody(
  { body, headers }: Response,
  hide: Hide,
): Promise<{ readonly text: string } | string> {
  if (body === null) return { text: '' };
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    bytes += read.value.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      await reader.cancel();
      return `its body has more than ${MAX_BODY_BYTES} bytes.`;
    }
    chunks.push(read.value);
  }
  const all = Buffer.concat(chunks);
  // Some call plain text so; compressed bytes are no UTF-8.
  const encoding = unknownEncodingOf(headers);
  if (encoding !== undefined && !isUtf8(all))
    return `its body is encoded as ${shown(hide(encoding))}, which was not asked for.`;
  return { text: new TextDecoder().decode(all) };
}

const ENCODINGS = new Set(['', 'br', 'deflate', 'gzip', 'identity', 'x-gzip']);

/** One that `fetch` leaves as it is. */
function unknownEncodingOf(headers: Headers): string | undefined {
  const encodings = (headers.get('content-encoding') ?? '').split(',').map((one) => one.trim().toLowerCase());
  return encodings.find((one) => !ENCODINGS.has(one));
}
