import type { RowLimit } from '../database/row-limit.ts';
import { hasMoreMembers, isObject } from '../json.ts';
import { Budget } from '../mock/budget.ts';
import { LimitError } from '../mock/limit-error.ts';
import { problem } from '../mock/problem.ts';
import { counted } from '../text/shown.ts';
import { CONTROL_PATH } from './control-path.ts';

/** Rows that come in one request. Short ones take many times their length once they have all their fields. */
export const MAX_ROWS = 40_000;
/** Collections, known or not, that come in one request. */
export const MAX_COLLECTIONS = 100;
/** What requests may bring into one mock, by estimate: some thousand experiments, or more events. */
export const MAX_ROW_BYTES = 8 * 1_048_576;
/** The same with all other rows of the mock: what GET fixtures gives and PUT fixtures takes. */
export const MAX_SNAPSHOT_BYTES = 10 * 1_048_576;
/** What requests may bring into all sessions together. */
export const MAX_ALL_ROW_BYTES = 32 * 1_048_576;

/** The limit of one mock. */
export interface MockRowLimit extends RowLimit {
  /** Gives back what the mock has. */
  release(): void;
}

/** @param budget what sessions share; `null`: the mock is no session. */
export function createRowLimit(budget: Budget | null): MockRowLimit {
  let rows = 0;
  let held = 0;
  let isReleased = false;
  const resize = (nextRows: number, isWhole: boolean, nextHeld: number): void => {
    // A request that was under way when its session closed changes rows that nobody sees any more.
    if (isReleased) return;
    const max = isWhole ? MAX_SNAPSHOT_BYTES : MAX_ROW_BYTES;
    if (nextRows > max && nextRows > rows) throw tooLarge(nextRows, max);
    if (budget && nextHeld > held && budget.used - held + nextHeld > budget.max) throw tooMany(budget);
    budget?.add(nextHeld - held);
    rows = nextRows;
    held = nextHeld;
  };
  const release = (): void => {
    resize(0, true, 0);
    isReleased = true;
  };
  return { resize, release };
}

export function createRowBudget(): Budget {
  return new Budget(MAX_ALL_ROW_BYTES);
}

/**
 * Counts the rows of unchecked collections, before any of them is read.
 * @throws {LimitError} when there are too many.
 */
export function refuseManyRows(collections: unknown): void {
  if (!isObject(collections)) return;
  if (hasMoreMembers(collections, MAX_COLLECTIONS)) throw tooManyCollections();
  let count = 0;
  for (const rows of Object.values(collections)) count += Array.isArray(rows) ? rows.length : 0;
  if (count <= MAX_ROWS) return;
  const detail = `A request brings at most ${counted(MAX_ROWS, 'row')}; this one has ${count}. ${BY_FILE}`;
  throw new LimitError(problem('PAYLOAD_TOO_LARGE', detail));
}

/** @throws {LimitError} when a snapshot would be larger than one that can be restored. */
export function refuseLargeSnapshot(bytes: number): void {
  if (bytes > MAX_SNAPSHOT_BYTES) throw tooLarge(bytes, MAX_SNAPSHOT_BYTES);
}

const BY_FILE =
  'Larger fixtures can be given at the start: fixtures in code, --fixtures on the command line.';

function tooManyCollections(): LimitError {
  const detail = `A request brings at most ${MAX_COLLECTIONS} collections; this one has more.`;
  return new LimitError(problem('PAYLOAD_TOO_LARGE', detail));
}

function tooLarge(bytes: number, max: number): LimitError {
  const detail = `The rows of a mock that are sent over HTTP may take ${counted(max, 'byte')} of memory; these take about ${bytes}. ${BY_FILE}`;
  return new LimitError(problem('PAYLOAD_TOO_LARGE', detail));
}

function tooMany({ max, used }: Budget): LimitError {
  const detail = `The rows of all sessions together may take ${counted(max, 'byte')} of memory; they take about ${used} already. DELETE ${CONTROL_PATH}/sessions/<id> closes a session that is not needed.`;
  return new LimitError(problem('TOO_MANY_SESSIONS', detail));
}
