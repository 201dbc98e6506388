import { Agent } from 'node:http';
import axios from 'axios';
import type { Asked, Received } from './faults.ts';

/** Asks by axios, over a connection that is kept alive. */
export async function askByAxios({ url, authorization, requests, timeoutMs }: Asked): Promise<Received[]> {
  const httpAgent = new Agent({ keepAlive: true });
  const client = axios.create({ httpAgent, timeout: timeoutMs, responseType: 'text' });
  const received: Received[] = [];
  for (const { method, prefer } of requests) {
    const headers = { authorization, ...(prefer !== '' && { prefer }) };
    try {
      const { status, data } = await client.request<string>({ url, method, headers });
      received.push({ status, body: data });
    } catch (cause) {
      received.push(failureOf(cause));
    }
  }
  httpAgent.destroy();
  return received;
}

function failureOf(cause: unknown): Received {
  if (!axios.isAxiosError(cause)) return `unexpected: ${cause}`;
  // What MSW makes of `Response.error()` has no code.
  if (cause.code === 'ECONNRESET' || cause.message === 'Network error') return 'network-error';
  return cause.code === axios.AxiosError.ECONNABORTED ? 'timeout' : `unexpected: ${cause}`;
}
