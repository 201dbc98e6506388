import { randomUUID } from 'node:crypto';
import type { Answerer } from '../adapters/fetch.ts';
import type { Answer, HttpRequest, Reply } from '../contract/message.ts';
import type { CoreMock } from '../mock/mock.ts';
import type { SessionOptions } from '../mock/options.ts';
import { problem } from '../mock/problem.ts';
import { shownText } from '../text/shown.ts';

/** The path below which everything but the API is: the control plane, and the base URLs of sessions. */
export const CONTROL_PATH = '/__mock__';
/** The base URLs of sessions: `/__mock__/s/<id>`. */
const SESSION_PATH = `${CONTROL_PATH}/s/`;
/** The twin of a base URL, for clients whose own is fixed. */
export const SESSION_HEADER = 'x-mock-session';

export interface SessionLimits {
  /** Milliseconds after its last request at which a session expires. Default 30 minutes. */
  readonly idle?: number | undefined;
  /** How many there may be at a time. Default 2000. */
  readonly most?: number | undefined;
}

/** An isolated mock that clients reach by its base URL, or by its id in a header. */
export interface Session {
  readonly id: string;
  readonly mock: CoreMock;
  /** ISO 8601; moves on with every use. */
  readonly expiresAt: string;
}

export interface Sessions extends Disposable {
  /**
   * @returns `null` when there are as many as there may be.
   * @throws as `mock.session` does; {RangeError} when there is a session of that id already.
   */
  open(parent: CoreMock, options: SessionOptions): Session | null;
  /** Finds a session and keeps it from expiring. */
  use(id: string): Session | undefined;
  list(): readonly Session[];
  /** @returns whether there was one. */
  close(id: string): boolean;
  readonly limits: Required<{ readonly [K in keyof SessionLimits]: number }>;
}

const IDLE = 30 * 60_000;
const MOST = 2_000;
/** Expired sessions are found at the latest after so many milliseconds. */
const SWEEP = 60_000;

/** @param closed told of the mock of every session that is closed. */
export function openSessions(
  { idle = IDLE, most = MOST }: SessionLimits,
  closed: (mock: CoreMock) => void,
): Sessions {
  /** In the order of their last use, so that the first ones expire first. */
  const sessions = new Map<string, { readonly mock: CoreMock; usedAt: number }>();
  const close = (id: string): boolean => {
    const session = sessions.get(id);
    if (!session) return false;
    sessions.delete(id);
    session.mock[Symbol.dispose]();
    closed(session.mock);
    return true;
  };
  const closeExpired = (): void => {
    const bound = Date.now() - idle;
    for (const [id, { usedAt }] of sessions) {
      if (usedAt > bound) return;
      close(id);
    }
  };
  const touch = (id: string, mock: CoreMock): Session => {
    const usedAt = Date.now();
    sessions.delete(id);
    sessions.set(id, { mock, usedAt });
    return { id, mock, expiresAt: expiry(usedAt) };
  };
  const expiry = (usedAt: number) => new Date(usedAt + idle).toISOString();
  const timer = setInterval(closeExpired, Math.min(SWEEP, idle)).unref();
  return {
    limits: { idle, most },
    open: (parent, options) => {
      closeExpired();
      if (sessions.size >= most) return null;
      const id = options.id ?? randomUUID();
      if (sessions.has(id)) throw new RangeError(`There is a session "${id}" already.`);
      return touch(id, parent.session({ ...options, id }));
    },
    use: (id) => {
      closeExpired();
      const session = sessions.get(id);
      return session && touch(id, session.mock);
    },
    list: () => {
      closeExpired();
      return [...sessions].map(([id, { mock, usedAt }]) => ({ id, mock, expiresAt: expiry(usedAt) }));
    },
    close,
    [Symbol.dispose]: () => {
      clearInterval(timer);
      for (const id of [...sessions.keys()]) close(id);
    },
  };
}

/** Answers by the shared mock, or by the session that a request names; never by the one for the other. */
export function answerBySession(shared: () => CoreMock, sessions: Sessions): Answerer {
  return {
    answer: (request) => {
      const named = request.headers[SESSION_HEADER];
      if (named === undefined && !request.path.startsWith(SESSION_PATH)) return shared().answer(request);
      const { id, path } = locate(request, named);
      const session = sessions.use(id);
      return session
        ? withSession(session.mock.answer({ ...request, path }), id)
        : toReply(sessionNotFound(id));
    },
  };
}

/** The id and the path within the session; a base URL wins over a header. */
function locate({ path }: HttpRequest, named = ''): { readonly id: string; readonly path: string } {
  const inUrl = sessionOfPath(path);
  return inUrl ? { id: inUrl.id, path: inUrl.rest } : { id: named, path };
}

/** Splits `/__mock__/s/<id>/api/…`; `null` for a path that is in no session. */
export function sessionOfPath(path: string): { readonly id: string; readonly rest: string } | null {
  if (!path.startsWith(SESSION_PATH)) return null;
  const start = SESSION_PATH.length;
  const end = path.indexOf('/', start);
  return end < 0
    ? { id: path.slice(start), rest: '/' }
    : { id: path.slice(start, end), rest: path.slice(end) };
}

export function baseUrlOf(host: string, id: string): string {
  return `http://${host}${SESSION_PATH}${id}`;
}

export function sessionNotFound(id: string): Answer {
  const detail = `There is no session "${shownText(id)}"; it may have expired. POST ${CONTROL_PATH}/sessions opens one.`;
  return problem('SESSION_NOT_FOUND', detail);
}

export function tooManySessions({ most }: Sessions['limits']): Answer {
  const detail = `There are ${most} sessions, and there may be no more. DELETE ${CONTROL_PATH}/sessions/<id> closes one that is not needed.`;
  return problem('TOO_MANY_SESSIONS', detail);
}

function withSession(reply: Reply, id: string): Reply {
  if (reply.kind !== 'response') return reply;
  return { ...reply, headers: [...reply.headers, ['X-Mock-Session', id]] };
}

function toReply({ status, contentType, body }: Answer): Reply {
  return { kind: 'response', status, headers: [['Content-Type', contentType ?? '']], body, delayMs: 0 };
}
