import { checkMembers, OPTIONS } from '../../check-members.ts';
import { deepFreeze } from '../../json.ts';
import { memoize } from '../../memoize.ts';
import { withoutControls } from '../../text/printable.ts';
import { shown } from '../../text/shown.ts';
import { UsageRangeError } from '../../usage-error.ts';

import type { Changes } from '../changes.ts';
import type { Catalogue } from '../scenarios/catalogue.ts';
import { checkCriteria, type JournalCriteria, meets } from './criteria.ts';
import { type JournalEntry, toEntry } from './entry.ts';
import { type JournalRecord, type KeptRecord, keep } from './record.ts';
import type { ReplayedCredentials } from './replayed-credentials.ts';
import { createRing, type RingBudget } from './ring.ts';

export type { JournalCriteria } from './criteria.ts';
export type { JournalEntry, JournalResponse } from './entry.ts';

export interface WaitOptions {
  /** How long to wait, in milliseconds of real time. Default 2000. */
  readonly timeout?: number | undefined;
}

/** The requests of a mock, oldest first: the last 1000, or the last 200 of a session; fewer where they are very long. */
export interface Journal<Operation extends string = string> {
  readonly entries: readonly JournalEntry<Operation>[];
  /** The entries for which no operation matched. */
  readonly unmatched: readonly JournalEntry<Operation>[];
  /**
   * The entries that meet the criteria; with a limit, only that number of the newest.
   * @param limit 0 or more.
   * @throws {UsageTypeError} on a criterion that does not exist or has the wrong type.
   * @throws {UsageRangeError} on an operation or a scenario that does not exist.
   */
  filter(criteria: JournalCriteria<Operation>, limit?: number): readonly JournalEntry<Operation>[];
  /**
   * Like {@link filter}, one after the other: an entry is made when it is first read, and a thousand take a while.
   * @throws {UsageTypeError} on a criterion that does not exist or has the wrong type.
   * @throws {UsageRangeError} on an operation or a scenario that does not exist.
   */
  each(criteria: JournalCriteria<Operation>, limit?: number): Iterable<JournalEntry<Operation>>;
  clear(): void;
  /**
   * Waits for the first entry that meets the criteria; an earlier one counts, too.
   *
   * ```ts
   * button.click();
   * const { request } = await mock.journal.waitFor({ operation: 'experiments_stats_retrieve', status: 200 });
   * ```
   * @throws {Error} (rejects) when none came in time, or the mock was disposed of; the message lists the last requests.
   * @throws {UsageTypeError} (rejects) on a criterion or an option that does not exist or has the wrong type.
   * @throws {UsageRangeError} (rejects) on an operation or a scenario that does not exist, and on a timeout that is not
   * a number of milliseconds.
   */
  waitFor(criteria?: JournalCriteria<Operation>, options?: WaitOptions): Promise<JournalEntry<Operation>>;
}

/** A journal together with what only its mock does with it. */
export interface MockJournal extends Journal {
  record(record: JournalRecord): void;
  /** Oldest first. */
  records(): readonly KeptRecord[];
  /** Makes it share a number of bytes with other journals. Where all of them have more, the largest drops its oldest entries. */
  share(budget: RingBudget): void;
}

export const MAX_ENTRIES = 1_000;
/** There may be thousands of sessions. */
export const MAX_SESSION_ENTRIES = 200;
export const MAX_JOURNAL_BYTES = 16 * 1_048_576;
export const MAX_SESSION_JOURNAL_BYTES = 4 * 1_048_576;
/** Of a record whose entry is kept once it was made. The command of a longer one may be many times as long. */
const MAX_REMEMBERED_BYTES = 16_384;
/** As they were when this file was loaded: `waitFor` has to end in tests that replace the timers, too. */
const { setTimeout, clearTimeout } = globalThis;
/** `setTimeout` treats anything longer as 0. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * @param session the id of the session that it belongs to; `null`: to the mock itself.
 * @param changes is told of every entry, and when the journal is cleared.
 * @param credentials asked when an entry is made.
 * @param catalogue asked for the names that criteria may have.
 */
export function createJournal(
  session: string | null,
  changes: Changes,
  credentials: () => ReplayedCredentials,
  catalogue: () => Catalogue,
): MockJournal {
  const ring =
    session === null
      ? createRing(MAX_ENTRIES, MAX_JOURNAL_BYTES)
      : createRing(MAX_SESSION_ENTRIES, MAX_SESSION_JOURNAL_BYTES);
  let number = 0;
  // Redacting costs more than answering did, so entries are made when they are read, and once unless they are long.
  const toFrozenEntry = (record: KeptRecord) => deepFreeze(toEntry(record, session, credentials()));
  const remembered = memoize(toFrozenEntry);
  const entryOf = (record: KeptRecord) =>
    record.bytes > MAX_REMEMBERED_BYTES ? toFrozenEntry(record) : remembered(record);
  const find = (criteria: JournalCriteria<string>, limit = Number.POSITIVE_INFINITY) => {
    const found = ring.records().filter((record) => meets(record, criteria));
    return found.slice(Math.max(0, found.length - limit));
  };
  const matching = (criteria: JournalCriteria<string>, limit?: number) => find(criteria, limit).map(entryOf);
  const check = (owner: string, criteria: JournalCriteria<string>) =>
    checkCriteria(owner, criteria, catalogue(), ring.records());
  function* entriesOf(records: readonly KeptRecord[]): Iterable<JournalEntry> {
    for (const record of records) yield entryOf(record);
  }
  return {
    get entries() {
      return matching({});
    },
    get unmatched() {
      return matching({ operation: null });
    },
    filter: (criteria, limit) => {
      check('filter', criteria);
      return matching(criteria, limit);
    },
    each: (criteria, limit) => {
      check('each', criteria);
      return entriesOf(find(criteria, limit));
    },
    clear: () => {
      ring.clear();
      changes.changed('journal');
    },
    record: (given) => {
      number += 1;
      const record = keep(number, given);
      ring.push(record);
      changes.requested(() => entryOf(record));
    },
    records: ring.records,
    share: ring.share,
    waitFor: (criteria = {}, options = {}) =>
      new Promise((resolve, reject) => {
        check('waitFor', criteria);
        checkMembers('waitFor', OPTIONS, options, ['timeout']);
        const timeout = readTimeout(options);
        const first = () => ring.records().find((record) => meets(record, criteria));
        const there = first();
        if (there) return resolve(entryOf(there));
        const settle = (): void => {
          clearTimeout(timer);
          unsubscribe();
        };
        const refuse = (cause: Error): void => {
          settle();
          reject(cause);
        };
        const unsubscribe = changes.subscribe(
          ({ kind }) => {
            // Not the newest one: another listener may have asked the mock meanwhile.
            const found = kind === 'request' ? first() : undefined;
            if (!found) return;
            settle();
            resolve(entryOf(found));
          },
          () => refuse(new Error('The mock was disposed of while journal.waitFor waited for a request.')),
        );
        const timer = setTimeout(
          () => refuse(new Error(missed(criteria, timeout, matching({}, 5)))),
          Math.min(timeout, MAX_TIMEOUT_MS),
        );
      }),
  };
}

function readTimeout({ timeout = 2_000 }: WaitOptions): number {
  if (typeof timeout === 'number' && timeout >= 0) return timeout;
  throw new UsageRangeError(`"timeout" is milliseconds, 0 or more; found ${shown(timeout)}.`);
}

function missed(
  criteria: JournalCriteria<string>,
  timeout: number,
  entries: readonly JournalEntry[],
): string {
  const met = entries.map(({ request, status }) =>
    withoutControls(`${request.method} ${request.path} → ${status ?? 'no response'}`),
  );
  const last = met.length > 0 ? `The last requests were: ${met.join('; ')}.` : 'There was no request at all.';
  return `No request matched ${JSON.stringify(criteria)} within ${timeout} ms. ${last}`;
}
