import type { HttpRequest } from '../contract/message.ts';
import { formatInstant, type Instant } from '../database/time.ts';
import { shown } from '../text/shown.ts';
import { checkMembers, OPTIONS } from './check-members.ts';
import { redactRequest } from './redact.ts';

/** Where an answer came from: computed from rows, an example verbatim, or a forced answer that was computed. */
export type Source = 'database' | 'example' | 'responder';

/** One request and what it met. Shows no secret. */
export interface JournalEntry<Operation extends string = string> {
  /** Counts the requests of a mock from 1, also after `clear`. */
  readonly number: number;
  /** The mock's clock, as ISO 8601 text. */
  readonly time: string;
  /** A body of more than 4096 characters is left out. */
  readonly request: HttpRequest;
  /** `null`: no operation matched. */
  readonly operation: Operation | null;
  readonly scenario: string | null;
  readonly source: Source | null;
  /** `null`: the connection broke, or the client waits until it leaves. */
  readonly status: number | null;
  /** For an unmatched request: the nearest operation, and what differs. */
  readonly hint: string | null;
}

/** What is recorded of a request. Redacted only when somebody looks: most entries are never read. */
export type JournalRecord = Omit<JournalEntry, 'number' | 'time'> & { readonly instant: Instant };

/** What an entry has to be like; what is left out does not matter. */
export interface JournalCriteria<Operation extends string = string> {
  readonly operation?: Operation | null;
  readonly method?: string;
  readonly scenario?: string | null;
  readonly status?: number | null;
}

export interface WaitOptions {
  /** How long to wait, in milliseconds of real time. Default 2000. */
  readonly timeout?: number;
}

/** The requests a mock has met, oldest first; of very many, the last 1000. */
export interface Journal<Operation extends string = string> {
  readonly entries: readonly JournalEntry<Operation>[];
  /** The entries for which no operation matched. */
  readonly unmatched: readonly JournalEntry<Operation>[];
  clear(): void;
  /**
   * The first entry that meets the criteria, whether it is there already or comes later.
   * @throws {Error} (rejects) when none has come in time; the message says which have. {TypeError} (rejects) on a
   * criterion or an option that does not exist, {RangeError} (rejects) on a timeout that is none.
   */
  waitFor(criteria?: JournalCriteria<Operation>, options?: WaitOptions): Promise<JournalEntry<Operation>>;
}

/** A journal together with what only its mock does with it. */
export interface MockJournal extends Journal {
  record(record: JournalRecord): void;
}

const CRITERIA = ['operation', 'method', 'scenario', 'status'];
const CAPACITY = 1_000;
const LONGEST_BODY = 4_096;
/** `setTimeout` takes more for nothing at all. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

export function createJournal(): MockJournal {
  let ring: (JournalRecord & { readonly number: number })[] = [];
  let oldest = 0;
  let number = 0;
  const waiting = new Set<(entry: JournalEntry) => void>();
  const entries = () => [...ring.slice(oldest), ...ring.slice(0, oldest)].map(toEntry);
  return {
    get entries() {
      return entries();
    },
    get unmatched() {
      return entries().filter(({ operation }) => operation === null);
    },
    clear: () => {
      ring = [];
      oldest = 0;
    },
    record: (record) => {
      number += 1;
      const { instant, request, operation, scenario, source, status, hint } = record;
      // Member by member: spreading would cost more than all the rest of an answer.
      const numbered = {
        number,
        instant,
        request: withShortBody(request),
        operation,
        scenario,
        source,
        status,
        hint,
      };
      if (ring.length < CAPACITY) ring.push(numbered);
      else {
        ring[oldest] = numbered;
        oldest = (oldest + 1) % CAPACITY;
      }
      if (waiting.size > 0) for (const look of waiting) look(toEntry(numbered));
    },
    waitFor: (criteria = {}, options = {}) =>
      new Promise((resolve, reject) => {
        checkMembers('waitFor', ['criterion', 'criteria'], criteria, CRITERIA);
        checkMembers('waitFor', OPTIONS, options, ['timeout']);
        const timeout = readTimeout(options);
        const there = entries().find((entry) => meets(entry, criteria));
        if (there) return resolve(there);
        const look = (entry: JournalEntry): void => {
          if (!meets(entry, criteria)) return;
          done();
          resolve(entry);
        };
        const timer = setTimeout(
          () => {
            done();
            reject(new Error(missed(criteria, timeout, entries())));
          },
          Math.min(timeout, LONGEST_TIMEOUT),
        );
        const done = (): void => {
          clearTimeout(timer);
          waiting.delete(look);
        };
        waiting.add(look);
      }),
  };
}

function readTimeout({ timeout = 2_000 }: WaitOptions): number {
  if (typeof timeout === 'number' && timeout >= 0) return timeout;
  throw new RangeError(`"timeout" is milliseconds, 0 or more; found ${shown(timeout)}.`);
}

function toEntry({ instant, number, request, ...rest }: JournalRecord & { number: number }): JournalEntry {
  return { number, time: formatInstant(instant), request: redactRequest(request), ...rest };
}

function withShortBody(request: HttpRequest): HttpRequest {
  return (request.body?.length ?? 0) > LONGEST_BODY ? { ...request, body: null } : request;
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
