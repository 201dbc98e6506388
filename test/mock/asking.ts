import type { HttpRequest, Reply } from '../../src/index.ts';

export const STATS = 'experiments_stats_retrieve';
export const FLAGS = 'experiments_requires_flag_implementation_retrieve';

export const PATHS = {
  [STATS]: '/api/projects/1/experiments/stats/',
  [FLAGS]: '/api/projects/1/experiments/requires_flag_implementation/',
} as const;

export const NOW = '2026-03-15T12:00:00Z';

/** What the tests need of a mock of any contract. */
export interface Asked {
  answer(request: HttpRequest): Reply;
}

/** By default `GET` of the statistics of project 1 with a key that may read them. */
export function request(changes: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    path: PATHS[STATS],
    query: '',
    headers: { authorization: 'Bearer phx_experiment_read' },
    body: null,
    ...changes,
  };
}

/** Like {@link request}, with more headers. */
export function requestWith(headers: HttpRequest['headers'], changes: Partial<HttpRequest> = {}) {
  return request({ ...changes, headers: { ...request().headers, ...headers } });
}

/** A response, its headers by lower-case name. */
export function ask(mock: Asked, changes: Partial<HttpRequest> = {}) {
  const reply = mock.answer(request(changes));
  if (reply.kind !== 'response') throw new Error(`no response but a ${reply.kind}`);
  const headers: Record<string, string> = Object.fromEntries(
    reply.headers.map(([name, value]) => [name.toLowerCase(), value]),
  );
  return { ...reply, headers };
}

/** A response to a request with a `Prefer` header. */
export function prefer(mock: Asked, preferences: string, changes: Partial<HttpRequest> = {}) {
  return ask(mock, requestWith({ prefer: preferences }, changes));
}

/** The JSON body of a response. */
export function bodyOf(mock: Asked, changes: Partial<HttpRequest> = {}) {
  return JSON.parse(ask(mock, changes).body ?? 'null');
}

/** The scenario that produced the answer. */
export function scenarioOf(mock: Asked, changes: Partial<HttpRequest> = {}): string | undefined {
  return ask(mock, changes).headers['x-mock-scenario'];
}
