import { randomUUID } from 'node:crypto';
import { clearInterval, now, setInterval } from '../adapters/real-timers.ts';
import { checkOptions, type OptionTypes } from '../check-options.ts';
import type { Answer } from '../contract/message.ts';
import { Budget } from '../mock/budget.ts';
import { RingBudget } from '../mock/journal/ring.ts';
import type { CoreMock } from '../mock/mock.ts';
import type { MockNames, SessionOptions } from '../mock/options.ts';
import { problem } from '../mock/problem.ts';
import { servedOf } from '../mock/served.ts';
import { counted, shown, shownText } from '../text/shown.ts';
import { UsageRangeError } from '../usage-error.ts';
import { CONTROL_PATH } from './control-path.ts';
import { createRowLimit, type MockRowLimit, RowBudget } from './row-limits.ts';

/** How long sessions live, and how many may be open. */
export interface SessionLimits {
  /** A session expires this many milliseconds after its last request. Default 30 minutes. */
  readonly idleTimeout?: number | undefined;
  /** How many sessions may be open at a time. Default 2000. */
  readonly max?: number | undefined;
}

/** An isolated mock that clients reach by its base URL, or by its id in a header. */
export interface Session {
  readonly id: string;
  readonly mock: CoreMock;
  /** ISO 8601; every use postpones it. */
  readonly expiresAt: string;
}

export interface Sessions extends Disposable {
  /**
   * Opens a session on a mock, by the rules of `mock.session`.
   * @returns `null` when the limit is reached.
   * @throws {UsageTypeError} on an option that does not exist or has the wrong type.
   * @throws {UsageRangeError} on a value out of range, and when the id is taken.
   * @throws {FixtureError} when its rows cannot be used.
   * @throws {LimitError} when its rows are too large, by themselves or together with those of other sessions.
   */
  open(parent: CoreMock, options: SessionOptions<MockNames>): Session | null;
  /** Finds the mock of a session and postpones the session's expiry. */
  mock(id: string): CoreMock | undefined;
  /** Like `mock`, with id and expiry. */
  use(id: string): Session | undefined;
  list(): readonly Session[];
  /** @returns whether the session was open. */
  close(id: string): boolean;
  /** How many sessions may be open at a time. */
  readonly max: number;
}

interface OpenSession {
  readonly mock: CoreMock;
  readonly rows: MockRowLimit;
  usedAt: number;
}

const LIMITS: OptionTypes<SessionLimits> = { idleTimeout: 'number', max: 'number' };

export const IDLE_TIMEOUT_MS = 30 * 60_000;
export const MAX_SESSIONS = 2_000;
/** What the journals of all sessions may take. */
export const MAX_ALL_JOURNAL_BYTES = 48 * 1_048_576;
/** What the interactions of all sessions may take. */
export const MAX_ALL_INTERACTION_BYTES = 16 * 1_048_576;
/** What all sessions may take for their coverage. */
export const MAX_ALL_COVERAGE_BYTES = 16 * 1_048_576;
/** Time between two searches for expired sessions. */
const SWEEP_MS = 60_000;
/** The longest delay of a timer, 24 days. */
const MAX_IDLE_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Keeps sessions until they have been idle for too long.
 *
 * @throws {UsageTypeError} on a limit that does not exist or is not a number.
 * @throws {UsageRangeError} when a limit is out of range.
 */
export function openSessions(limits: SessionLimits): Sessions {
  checkOptions('sessions', limits, LIMITS);
  const { idleTimeout = IDLE_TIMEOUT_MS, max = MAX_SESSIONS } = limits;
  checkLimits(idleTimeout, max);
  const rowBudget = new RowBudget();
  const journalBudget = new RingBudget(MAX_ALL_JOURNAL_BYTES);
  const pactBudget = new Budget(MAX_ALL_INTERACTION_BYTES);
  const coverage = new Budget(MAX_ALL_COVERAGE_BYTES);
  /** In the order of their last use, so that the first ones expire first. */
  const sessions = new Map<string, OpenSession>();
  const close = (id: string): boolean => {
    const session = sessions.get(id);
    if (!session) return false;
    sessions.delete(id);
    session.mock[Symbol.dispose]();
    session.rows.release();
    return true;
  };
  const closeExpired = (): void => {
    const latest = now() - idleTimeout;
    for (const [id, { usedAt }] of sessions) {
      if (usedAt > latest) return;
      close(id);
    }
  };
  const mock = (id: string): CoreMock | undefined => {
    closeExpired();
    const session = sessions.get(id);
    if (!session) return undefined;
    session.usedAt = now();
    sessions.delete(id);
    sessions.set(id, session);
    return session.mock;
  };
  const describe = (id: string): Session | undefined => {
    const session = sessions.get(id);
    if (!session) return undefined;
    return { id, mock: session.mock, expiresAt: new Date(session.usedAt + idleTimeout).toISOString() };
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    max,
    open: (parent, options) => {
      closeExpired();
      if (sessions.size >= max) return null;
      const id = options.id ?? randomUUID();
      if (sessions.has(id)) throw new UsageRangeError(`There is a session "${id}" already.`);
      const mock = parent.session({ ...options, id });
      const rows = createRowLimit(rowBudget);
      servedOf(mock).limit({ rows, journal: journalBudget, pacts: pactBudget, coverage });
      sessions.set(id, { mock, rows, usedAt: now() });
      timer ??= setInterval(closeExpired, Math.min(SWEEP_MS, idleTimeout)).unref();
      return describe(id) ?? null;
    },
    mock,
    use: (id) => (mock(id) ? describe(id) : undefined),
    list: () => {
      closeExpired();
      return [...sessions.keys()].flatMap((id) => describe(id) ?? []);
    },
    close,
    [Symbol.dispose]: () => {
      clearInterval(timer);
      for (const id of [...sessions.keys()]) close(id);
    },
  };
}

/** @throws {UsageRangeError} when a limit is not a whole number within its bounds. */
function checkLimits(idleTimeout: number, max: number): void {
  if (!(Number.isInteger(idleTimeout) && idleTimeout > 0 && idleTimeout <= MAX_IDLE_TIMEOUT_MS)) {
    throw new UsageRangeError(
      `"idleTimeout" of sessions is 1 to ${MAX_IDLE_TIMEOUT_MS} whole milliseconds; found ${shown(idleTimeout)}.`,
    );
  }
  if (!(Number.isInteger(max) && max > 0)) {
    throw new UsageRangeError(`"max" of sessions is a whole number, 1 or more; found ${shown(max)}.`);
  }
}

export function sessionNotFound(id: string): Answer {
  const detail = `There is no session "${shownText(id)}": it has expired, or was never opened by POST ${CONTROL_PATH}/sessions, which a server without a control plane does not have.`;
  return problem('SESSION_NOT_FOUND', detail);
}

export function tooManySessions(max: number): Answer {
  const detail = `There may be no more than ${counted(max, 'session')} at a time. DELETE ${CONTROL_PATH}/sessions/<id> closes one that is not needed.`;
  return problem('TOO_MANY_SESSIONS', detail);
}
