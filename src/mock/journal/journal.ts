import { checkMembers, OPTIONS } from '../../check-members.ts';
import { deepFreeze } from '../../json.ts';
import { memoize } from '../../memoize.ts';
import { shown } from '../../text/shown.ts';
import { UsageRangeError } from '../../usage-error.ts';
import {
  type JournalEntry,
  type JournalRecord,
  type NumberedRecord,
  toEntry,
  withShortBody,
} from './entry.ts';

export type { JournalEntry, JournalResponse, Source } from './entry.ts';

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

/** The requests a mock has met, oldest first; of very many, the last 1000, or the last 200 of a session. */
export interface Journal<Operation extends string = string> {
  readonly entries: readonly JournalEntry<Operation>[];
  /** The entries for which no operation matched. */
  readonly unmatched: readonly JournalEntry<Operation>[];
  /**
   * The entries that meet the criteria; with a limit, so many of the newest.
   * @throws {UsageTypeError} on a criterion that does not exist.
   */
  filter(criteria: JournalCriteria<Operation>, limit?: number): readonly JournalEntry<Operation>[];
  clear(): void;
  /**
   * The first entry that meets the criteria, whether it is there already or comes later.
   * @throws {Error} (rejects) when none has come in time; the message says which have. {UsageTypeError} (rejects) on a
   * criterion or an option that does not exist, {UsageRangeError} (rejects) on a timeout that is none.
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
  /** Empties it, and ends whoever waits for it or listens to it. */
  close(): void;
}

const CRITERIA = ['operation', 'method', 'scenario', 'status'];
const MAX_ENTRIES = 1_000;
/** There may be thousands of sessions. */
const MAX_SESSION_ENTRIES = 200;
/** `setTimeout` takes anything longer for 0. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** @param session the session whose requests these are; `null`: those of a mock that is none. */
export function createJournal(session: string | null): MockJournal {
  const capacity = session === null ? MAX_ENTRIES : MAX_SESSION_ENTRIES;
  let ring: NumberedRecord[] = [];
  let oldest = 0;
  let number = 0;
  const listeners = new Set<(entry: JournalEntry) => void>();
  const waiting = new Set<(cause: Error) => void>();
  // Looking for secrets costs more than answering did, so it is done once, and only for whom somebody looks at.
  const entryOf = memoize((record: NumberedRecord) => deepFreeze(toEntry(record, session)));
  const records = () => [...ring.slice(oldest), ...ring.slice(0, oldest)];
  const matching = (criteria: JournalCriteria, limit = Number.POSITIVE_INFINITY) => {
    const found = records().filter((record) => meets(record, criteria));
    return found.slice(Math.max(0, found.length - limit)).map(entryOf);
  };
  const subscribe = (listener: (entry: JournalEntry) => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  const clear = () => {
    ring = [];
    oldest = 0;
  };
  return {
    get entries() {
      return matching({});
    },
    get unmatched() {
      return matching({ operation: null });
    },
    filter: (criteria, limit) => {
      checkCriteria('filter', criteria);
      return matching(criteria, limit);
    },
    clear,
    close: () => {
      clear();
      listeners.clear();
      for (const refuse of [...waiting])
        refuse(new Error('The mock was disposed of while somebody waited for a request.'));
    },
    record: ({ instant, request, reply, computingMs, operation, scenario, source, hint }) => {
      number += 1;
      // Member by member: spreading would cost more than all the rest of an answer.
      const numbered = {
        number,
        instant,
        request: withShortBody(request),
        reply,
        status: reply.kind === 'response' ? reply.status : null,
        computingMs,
        operation,
        scenario,
        source,
        hint,
      };
      if (ring.length < capacity) ring.push(numbered);
      else {
        ring[oldest] = numbered;
        oldest = (oldest + 1) % capacity;
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
        const [there] = matching(criteria);
        if (there) return resolve(there);
        const settle = (): void => {
          clearTimeout(timer);
          unsubscribe();
          waiting.delete(refuse);
        };
        const refuse = (cause: Error): void => {
          settle();
          reject(cause);
        };
        const unsubscribe = subscribe((entry) => {
          if (!meets(entry, criteria)) return;
          settle();
          resolve(entry);
        });
        const timer = setTimeout(
          () => refuse(new Error(missed(criteria, timeout, matching({}, 5)))),
          Math.min(timeout, MAX_TIMEOUT_MS),
        );
        waiting.add(refuse);
      }),
    subscribe,
  };
}

function readTimeout({ timeout = 2_000 }: WaitOptions): number {
  if (typeof timeout === 'number' && timeout >= 0) return timeout;
  throw new UsageRangeError(`"timeout" is milliseconds, 0 or more; found ${shown(timeout)}.`);
}

function checkCriteria(owner: string, criteria: unknown): void {
  checkMembers(owner, ['criterion', 'criteria'], criteria, CRITERIA);
}

/** What criteria look at, in an entry as in the record that it is made of. */
type Met = Pick<JournalEntry, 'operation' | 'scenario' | 'status'> & {
  readonly request: { readonly method: string };
};

function meets(met: Met, { method, operation, scenario, status }: JournalCriteria): boolean {
  return (
    (method === undefined || met.request.method === method) &&
    (operation === undefined || met.operation === operation) &&
    (scenario === undefined || met.scenario === scenario) &&
    (status === undefined || met.status === status)
  );
}

function missed(criteria: JournalCriteria, timeout: number, entries: readonly JournalEntry[]): string {
  const met = entries.map(
    ({ request, status }) => `${request.method} ${request.path} → ${status ?? 'no response'}`,
  );
  const last = met.length > 0 ? `The last requests were: ${met.join('; ')}.` : 'No request has come at all.';
  return `No request that meets ${JSON.stringify(criteria)} has come within ${timeout} ms. ${last}`;
}
