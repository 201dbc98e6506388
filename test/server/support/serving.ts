import { onTestFinished } from 'vitest';
import { createMock } from '../../../src/index.ts';
import type { CoreMock } from '../../../src/mock/mock.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../../src/server/server.ts';
import { NOW, PATHS, STATS } from '../../mock/asking.ts';

export const KEY = { authorization: 'Bearer phx_experiment_read' };
export const CONTROL = '/__mock__';

/** Serves a mock on a free port until the test is over. */
export async function serve(
  mock: CoreMock = createMock({ now: NOW }),
  options: ServerOptions = {},
): Promise<RunningServer> {
  const server = await startServer(mock, { port: 0, ...options });
  onTestFinished(() => server.close(0));
  return server;
}

/** `GET` of the statistics of project 1 below a base URL, with a key that may, unless told otherwise. */
export function ask(baseUrl: string, headers: HeadersInit = {}, path: string = PATHS[STATS]) {
  return fetch(baseUrl + path, { headers: { ...KEY, ...Object.fromEntries(new Headers(headers)) } });
}
