/** A request for a mocked API, by whichever `fetch` answers for it. */
export interface Sendable {
  readonly method: string;
  readonly url: URL;
  readonly key: string | null;
}

/** A browser opens few connections to a server: one that is never answered must not hold one for ever. */
const MAX_WAIT_MS = 10_000;

/** @returns the status. @throws {Error} (rejects) when no response comes. */
export async function sendRequest(
  fetchFrom: (url: URL, init: RequestInit) => Promise<Response>,
  { method, url, key }: Sendable,
): Promise<number> {
  try {
    const { status } = await fetchFrom(url, {
      method,
      // A browser lets a request that may be cached wait for the same one that is under way, and that may hang.
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
