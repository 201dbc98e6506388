import { onTestFinished } from 'vitest';
import { createMock } from '../../../src/index.ts';
import type { CoreMock } from '../../../src/mock/mock.ts';
import { type ServerOptions, startServer } from '../../../src/server/server.ts';
import { NOW, PATHS, STATS } from '../../mock/asking.ts';

export const API = PATHS[STATS];
export const CONTROL = '/__mock__';
export const KEY = { authorization: 'Bearer phx_experiment_read' };
export const JSON_BODY = { 'content-type': 'application/json' };

/** Serves a mock on a free port until the test is over. `failures` are the causes of its 500s. */
export async function serve({
  mock = createMock({ now: NOW }),
  ...options
}: ServerOptions & { readonly mock?: CoreMock } = {}) {
  const failures: unknown[] = [];
  const onError = (cause: unknown) => void failures.push(cause);
  const server = await startServer(mock, { port: 0, onError, ...options });
  onTestFinished(() => server.close(0));
  return { ...server, mock, failures };
}

/** Sends `GET` with a key that may read, by default for the statistics of project 1. */
export function ask(baseUrl: string, headers: HeadersInit = {}, path: string = API) {
  return fetch(baseUrl + path, { headers: { ...KEY, ...Object.fromEntries(new Headers(headers)) } });
}

/** The scenario that answers below a base URL: `ok` unless the mock was changed. */
export async function scenarioAt(baseUrl: string): Promise<string | null> {
  const response = await ask(baseUrl);
  await response.text();
  return response.headers.get('x-mock-scenario');
}

/** Opens a session, by default one in which every answer is a 403, and returns its base URL. */
export async function openSession(url: string, body: object = { scenario: 'missing-scope' }) {
  const init = { method: 'POST', headers: JSON_BODY, body: JSON.stringify(body) };
  const { baseUrl }: { baseUrl: string } = await (await fetch(`${url}${CONTROL}/sessions`, init)).json();
  return baseUrl;
}
