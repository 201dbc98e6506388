import type { SentRequest } from './panel-source.ts';

/** A request to the mocked API. */
type OutgoingRequest = Omit<SentRequest, 'path'> & { readonly url: URL };

/** A browser opens only a few connections to a server, so a request without an answer must not keep one forever. */
const MAX_WAIT_MS = 10_000;

/**
 * Sends a request with a `fetch` function.
 *
 * @returns the status of the response.
 * @throws {Error} when no response comes.
 */
export async function sendRequest(
  fetchFrom: (url: URL, init: RequestInit) => Promise<Response>,
  { method, url, key }: OutgoingRequest,
): Promise<number> {
  try {
    const { status } = await fetchFrom(url, {
      method,
      // A browser makes a cacheable request wait for an identical one in flight, which may hang.
      cache: 'no-store',
      headers: key === null ? {} : { Authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(MAX_WAIT_MS),
    });
    return status;
  } catch (cause) {
    const isTimeout = cause instanceof DOMException && cause.name === 'TimeoutError';
    throw new Error(
      isTimeout
        ? `No response came within ${MAX_WAIT_MS / 1_000} s.`
        : 'The connection broke: no response came.',
    );
  }
}
