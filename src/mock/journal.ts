import { shown } from '../text/shown.ts';
import { checkMembers, OPTIONS } from './check-members.ts';
import { type JournalEntry, type JournalRecord, toEntry, withShortBody } from './journal-entry.ts';

export type { JournalEntry, JournalResponse, Source } from './journal-entry.ts';

/** What an entry has to be like; what is left out does not matter. */
export interface JournalCriteria<Operation extends string = string> {
  readonly operation?: Operation | null | undefined;
  readonly method?: string | undefined;
  readonly scenario?: string | null | undefined;
  readonly status?: number | null | undefined;
}

export interface WaitOptions {
  /** How long to wait, in milliseconds of real time. Default 2000. */
  readonly timeout?: number | undefined;
}

/** The requests a mock has met, oldest first; of very many, the last 1000. */
export interface Journal<Operation extends string = string> {
  readonly entries: readonly JournalEntry<Operation>[];
  /** The entries for which no operation matched. */
  readonly unmatched: readonly JournalEntry<Operation>[];
  /** The entries that meet the criteria. @throws {TypeError} on a criterion that does not exist. */
  filter(criteria: JournalCriteria<Operation>): readonly JournalEntry<Operation>[];
  clear(): void;
  /**
   * The first entry that meets the criteria, whether it is there already or comes later.
   * @throws {Error} (rejects) when none has come in time; the message says which have. {TypeError} (rejects) on a
   * criterion or an option that does not exist, {RangeError} (rejects) on a timeout that is none.
   */
  waitFor(criteria?: JournalCriteria<Operation>, options?: WaitOptions): Promise<JournalEntry<Operation>>;
  /**
   * Calls back for every entry that comes from now on.
   * @returns a function that ends it.
   */
  subscribe(listener: (entry: JournalEntry<Operation>) => void): () => void;
}

/** A journal together with what only its mock does with it. */
export interface MockJournal extends Journal {
  record(record: JournalRecord): void;
}

const CRITERIA = ['operation', 'method', 'scenario', 'status'];
const CAPACITY = 1_000;
/** `setTimeout` takes anything longer for 0. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** @param session the session whose requests these are; `null`: those of a mock that is none. */
export function createJournal(session: string | null): MockJournal {
  let ring: (JournalRecord & { readonly number: number })[] = [];
  let oldest = 0;
  let number = 0;
  const listeners = new Set<(entry: JournalEntry) => void>();
  const entryOf = (record: JournalRecord & { readonly number: number }) => toEntry(record, session);
  const entries = () => [...ring.slice(oldest), ...ring.slice(0, oldest)].map(entryOf);
  const subscribe = (listener: (entry: JournalEntry) => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  return {
    get entries() {
      return entries();
    },
    get unmatched() {
      return entries().filter(({ operation }) => operation === null);
    },
    filter: (criteria) => {
      checkCriteria('filter', criteria);
      return entries().filter((entry) => meets(entry, criteria));
    },
    clear: () => {
      ring = [];
      oldest = 0;
    },
    record: ({ instant, request, reply, computingMs, operation, scenario, source, hint }) => {
      number += 1;
      // Member by member: spreading would cost more than all the rest of an answer.
      const numbered = {
        number,
        instant,
        request: withShortBody(request),
        reply,
        computingMs,
        operation,
        scenario,
        source,
        hint,
      };
      if (ring.length < CAPACITY) ring.push(numbered);
      else {
        ring[oldest] = numbered;
        oldest = (oldest + 1) % CAPACITY;
      }
      if (listeners.size === 0) return;
      const entry = entryOf(numbered);
      for (const listener of [...listeners]) listener(entry);
    },
    waitFor: (criteria = {}, options = {}) =>
      new Promise((resolve, reject) => {
        checkCriteria('waitFor', criteria);
        checkMembers('waitFor', OPTIONS, options, ['timeout']);
        const timeout = readTimeout(options);
        const there = entries().find((entry) => meets(entry, criteria));
        if (there) return resolve(there);
        const unsubscribe = subscribe((entry) => {
          if (!meets(entry, criteria)) return;
          clearTimeout(timer);
          unsubscribe();
          resolve(entry);
        });
        const timer = setTimeout(
          () => {
            unsubscribe();
            reject(new Error(missed(criteria, timeout, entries())));
          },
          Math.min(timeout, LONGEST_TIMEOUT),
        );
      }),
    subscribe,
  };
}

function readTimeout({ timeout = 2_000 }: WaitOptions): number {
  if (typeof timeout === 'number' && timeout >= 0) return timeout;
  throw new RangeError(`"timeout" is milliseconds, 0 or more; found ${shown(timeout)}.`);
}

function checkCriteria(owner: string, criteria: unknown): void {
  checkMembers(owner, ['criterion', 'criteria'], criteria, CRITERIA);
}

function meets(entry: JournalEntry, { method, operation, scenario, status }: JournalCriteria): boolean {
  return (
    (method === undefined || entry.request.method === method) &&
    (operation === undefined || entry.operation === operation) &&
    (scenario === undefined || entry.scenario === scenario) &&
    (status === undefined || entry.status === status)
  );
}

function missed(criteria: JournalCriteria, timeout: number, entries: readonly JournalEntry[]): string {
  const met = entries
    .slice(-5)
    .map(({ request, status }) => `${request.method} ${request.path} → ${status ?? 'no response'}`);
  const last = met.length > 0 ? `The last requests were: ${met.join('; ')}.` : 'No request has come at all.';
  return `No request that meets ${JSON.stringify(criteria)} has come within ${timeout} ms. ${last}`;
}
