/**
 * A contract mock of PostHog's experiments API.
 *
 * ```ts
 * import { createMock } from 'posthog-experiments-mock';
 * import { setupServer } from 'msw/node';
 *
 * const mock = createMock({ now: '2026-01-31T12:00:00Z' });
 * const server = setupServer(...mock.handlers);
 * mock.use('missing-scope');
 * ```
 * @module
 */
import { createMockWith } from './create-mock.ts';
import { readFiles } from './read-files.ts';

export const createMock = createMockWith(readFiles);

export { createHttpListener, type HttpListenerOptions } from './adapters/http.ts';
export { type Unhandled, type UnhandledOptions, unhandled } from './adapters/unhandled.ts';
export * from './public.ts';
export { type RunningServer, type ServerOptions, startServer } from './server/server.ts';
export type { SessionLimits } from './server/sessions.ts';
