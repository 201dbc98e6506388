import type { Asked, Received } from './faults.ts';

/** Asks by `fetch`. It refers to nothing outside, so that a page can run it. */
export async function askByFetch(
  { url, authorization, requests, timeoutMs }: Asked,
  send: (url: string, init: RequestInit) => Promise<Response> = fetch,
): Promise<Received[]> {
  const received: Received[] = [];
  for (const { method, prefer } of requests) {
    const signal = AbortSignal.timeout(timeoutMs);
    const headers = { authorization, ...(prefer !== '' && { prefer }) };
    let response: Response;
    try {
      response = await send(url, { method, headers, signal });
    } catch (cause) {
      if (cause instanceof TypeError) received.push('network-error');
      else if (signal.aborted && cause === signal.reason) received.push('timeout');
      else received.push(`unexpected: ${cause}`);
      continue;
    }
    try {
      received.push({ status: response.status, body: await response.text() });
    } catch (cause) {
      received.push(`unexpected: ${response.status}, then ${cause}`);
    }
  }
  return received;
}
