import type { RowLimit } from '../database/row-limit.ts';
import { bytesOfRows } from '../database/rows/row-bytes.ts';
import { hasMoreMembers, isObject, type JsonObject } from '../json.ts';
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
export function createRowLimit(budget: RowBudget | null): MockRowLimit {
  let starts: readonly Rows[] = [];
  let rows = 0;
  let held = 0;
  let isReleased = false;
  const resize = (nextRows: number, isWhole: boolean, nextHeld: number): void => {
    // A request that was under way when its session closed changes rows that nobody sees any more.
    if (isReleased) return;
    const max = isWhole ? MAX_SNAPSHOT_BYTES : MAX_ROW_BYTES;
    if (nextRows > max && nextRows > rows) throw tooLarge(nextRows, max);
    if (budget && nextHeld > held) budget.refuse(nextHeld - held);
    budget?.add(nextHeld - held);
    rows = nextRows;
    held = nextHeld;
  };
  const start = (collections: readonly Rows[]): void => {
    budget?.share(collections);
    starts = collections;
  };
  const release = (): void => {
    if (isReleased) return;
    resize(0, true, 0);
    budget?.leave(starts);
    isReleased = true;
  };
  return { start, resize, release };
}

type Rows = readonly JsonObject[];

/** The rows that requests have brought into sessions. Rows that several sessions start with count once. */
export class RowBudget extends Budget {
  readonly #sharers = new Map<Rows, number>();

  constructor() {
    super(MAX_ALL_ROW_BYTES);
  }

  /** @throws {LimitError} when there is no room for so many bytes. */
  refuse(bytes: number): void {
    if (bytes > 0 && this.used + bytes > this.max) throw tooMany(this);
  }

  /** @throws {LimitError} when there is no room for those that are not shared yet. */
  share(collections: readonly Rows[]): void {
    const others = collections.filter((rows) => !this.#sharers.has(rows));
    const bytes = others.reduce((sum, rows) => sum + bytesOfRows(rows), 0);
    this.refuse(bytes);
    this.add(bytes);
    for (const rows of collections) this.#sharers.set(rows, (this.#sharers.get(rows) ?? 0) + 1);
  }

  leave(collections: readonly Rows[]): void {
    for (const rows of collections) {
      const left = (this.#sharers.get(rows) ?? 0) - 1;
      if (left > 0) this.#sharers.set(rows, left);
      else if (this.#sharers.delete(rows)) this.add(-bytesOfRows(rows));
    }
  }
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
