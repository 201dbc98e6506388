import { createServer, type IncomingMessage } from 'node:http';
import {
  createHttpFront,
  createRefusing,
  HTTP_OPTIONS,
  type HttpListenerOptions,
  MAX_BODY_BYTES,
  targetOf,
} from '../adapters/http.ts';
import { hasBody } from '../adapters/line.ts';
import { createPipelines } from '../adapters/pipelines.ts';
import { checkOptions, type OptionTypes } from '../check-options.ts';
import { memoize } from '../memoize.ts';
import { checkMock } from '../mock/check-mock.ts';
import type { CoreMock } from '../mock/mock.ts';
import { servedOf } from '../mock/served.ts';
import { UNKNOWN_KEYS } from '../text/secrets.ts';
import { shown } from '../text/shown.ts';
import { UsageRangeError } from '../usage-error.ts';
import { createEventStreams } from './control/event-streams.ts';
import { checkReach, createGuard, GUARD_OPTIONS, type GuardOptions } from './control/guard.ts';
import { controlRoute } from './control-path.ts';
import { createDrain } from './drain.ts';
import { limitBodies } from './limit-bodies.ts';
import { limitConnections } from './limit-connections.ts';
import { listenOn } from './listen.ts';
import { answerBySession, createServerListener } from './listener.ts';
import { readPublicUrl } from './public-url.ts';
import { createRefusals } from './refusals.ts';
import { createRowLimit } from './row-limits.ts';
import { openSessions, type SessionLimits } from './sessions.ts';

/** Where a server listens, and who may steer its mock. */
export interface ServerOptions extends HttpListenerOptions, Omit<GuardOptions, 'host'> {
  /** Default 4010; 0 picks a free port. */
  readonly port?: number | undefined;
  /** The address to listen on; `localhost` is both 127.0.0.1 and ::1. Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /**
   * Where clients reach the server through a proxy, such as `https://mock.example/posthog`. Base URLs of sessions are
   * below it, and the control plane accepts its name and its pages.
   */
  readonly publicUrl?: string | undefined;
  /** Whether there is a control plane, and with it sessions. Default true. */
  readonly control?: boolean | undefined;
  /** Limits of the sessions that clients open. */
  readonly sessions?: SessionLimits | undefined;
}

const OPTIONS: OptionTypes<ServerOptions> = {
  port: 'number',
  ...GUARD_OPTIONS,
  publicUrl: 'string',
  control: 'boolean',
  sessions: 'object',
  ...HTTP_OPTIONS,
};

/** A mock served over HTTP. */
export interface RunningServer extends AsyncDisposable {
  /** Such as `http://127.0.0.1:4010`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /**
   * Stops accepting connections, answers the requests that it has, and tells their clients that it closes.
   * @param grace milliseconds after which answers are sent before their delay is over, and what is left is closed.
   * Default 2000.
   */
  close(grace?: number): Promise<void>;
}

export const DEFAULT_PORT = 4010;
export const DEFAULT_HOST = '127.0.0.1';
const MAX_PORT = 65_535;
const GRACE_MS = 2_000;
/** Repeated headers are joined, as WSGI servers do; Node would keep only the first. A missing `Host` is refused by us. */
const NODE_OPTIONS = { joinDuplicateHeaders: true, requireHostHeader: false };

/**
 * Serves a mock over HTTP, with a control plane to steer it and sessions that are mocks of their own.
 *
 * ```ts
 * const server = await startServer(createMock(), { port: 0 });
 * await fetch(`${server.url}/api/projects/1/experiments/stats/`);
 * await server.close();
 * ```
 * @param mock the shared mock, or a function that returns the current one. Disposing of a mock that was replaced ends
 * its event streams, and clients reconnect to the current one.
 * @throws {Error} (rejects) with Node's `code`, such as `EADDRINUSE`, when it cannot listen.
 * @throws {UsageRangeError} (rejects) when other machines could steer the mock, as with `host: '0.0.0.0'` and no
 * `token`, on a value out of range, and on an invalid CORS origin or public URL.
 * @throws {UsageTypeError} (rejects) on what is no mock, and on an option that does not exist or has the wrong type.
 */
export async function startServer(
  mock: CoreMock | (() => CoreMock),
  options: ServerOptions = {},
): Promise<RunningServer> {
  if (typeof mock !== 'function') checkMock('startServer', mock);
  checkOptions('startServer', options, OPTIONS);
  const { port = DEFAULT_PORT, host = DEFAULT_HOST, control = true } = options;
  const { corsOrigins, bodyLimit, onError = () => {} } = options;
  if (!(Number.isInteger(port) && port >= 0 && port <= MAX_PORT)) {
    throw new UsageRangeError(`"port" is a whole number from 0 to ${MAX_PORT}; found ${shown(port)}.`);
  }
  if (control) checkReach(host, options.token);
  if (host.trim() === '') {
    throw new UsageRangeError(
      `"host" is an address such as "${DEFAULT_HOST}", or "0.0.0.0" for all; found ${shown(host)}.`,
    );
  }
  const publicUrl = options.publicUrl === undefined ? null : readPublicUrl(options.publicUrl);
  const limited = memoize((mock: CoreMock) => {
    servedOf(mock).limit({ rows: createRowLimit(null), journal: null, pacts: null, coverage: null });
    return mock;
  });
  if (typeof mock !== 'function') limited(mock);
  const shared = typeof mock === 'function' ? () => limited(mock()) : () => mock;
  const onReply = options.onReply && withSecrets(options.onReply, shared);
  const streams = createEventStreams();
  const sessions = openSessions(options.sessions ?? {});
  const guard = control ? createGuard({ ...options, host }, publicUrl) : null;
  const refusals = createRefusals({ corsOrigins, onReply }, () => shared().secrets);
  const httpOptions = { corsOrigins, bodyLimit, onError, onReply };
  const parts = { shared, sessions, streams, publicUrl, onError };
  const api = createHttpFront(answerBySession(parts), httpOptions);
  const unlimited = createServerListener(parts, guard, refusals, api.listener);
  const listener = limitBodies(unlimited, bodyLimit ?? MAX_BODY_BYTES, refusals.refuse);
  const pipelines = createPipelines({ isAlone, refusing: createRefusing(httpOptions) });
  const create = () => {
    const server = createServer(NODE_OPTIONS, (incoming, response) =>
      pipelines.take(incoming, response, listener),
    );
    // By default, Node drops what comes after two thousand, perhaps a key; 16 KiB bound them all.
    server.maxHeadersCount = 0;
    refusals.attachTo(server, pipelines);
    limitConnections(server, pipelines);
    return server;
  };
  const listening = await listenOn(create, port, host);
  const drain = createDrain(listening.servers, pipelines);
  const close = async (grace = GRACE_MS) => {
    const drained = drain(grace, api.hurry);
    streams.close();
    await drained;
    sessions[Symbol.dispose]();
  };
  return {
    url: `http://${hostOfUrl(host)}:${listening.port}`,
    port: listening.port,
    close,
    [Symbol.asyncDispose]: () => close(),
  };
}

/** What is answered before a mock has been chosen may quote a key of the shared one. */
function withSecrets(
  onReply: NonNullable<HttpListenerOptions['onReply']>,
  shared: () => CoreMock,
): NonNullable<HttpListenerOptions['onReply']> {
  return (request, reply, milliseconds) => {
    const isKnown = reply.redaction !== UNKNOWN_KEYS;
    onReply(request, isKnown ? reply : { ...reply, redaction: shared().secrets }, milliseconds);
  };
}

/** Answers of the control plane may be long, and bodies are. */
function isAlone(incoming: IncomingMessage): boolean {
  return hasBody(incoming) || controlRoute(targetOf(incoming).path) !== null;
}

/** A client cannot connect to a wildcard address, so the URL has a loopback one. */
function hostOfUrl(host: string): string {
  if (host === '0.0.0.0') return DEFAULT_HOST;
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
