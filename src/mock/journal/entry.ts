import type { HttpRequest, Reply } from '../../contract/message.ts';
import { formatInstant, type Instant } from '../../database/time.ts';
import { withoutSecrets } from '../../text/secrets.ts';
import { curlOf } from './curl.ts';
import { redactFields, redactRequest } from './redact.ts';

/** Where an answer came from: computed from rows, an example verbatim, or a forced answer that was computed. */
export type Source = 'database' | 'example' | 'responder';

/** One request and what it met. Shows no secret. */
export interface JournalEntry<Operation extends string = string> {
  /** Counts the requests of a mock from 1, also after `clear`. */
  readonly number: number;
  /** The mock's clock, as ISO 8601 text. */
  readonly time: string;
  /** The session that was asked; `null`: none, but the mock itself. */
  readonly session: string | null;
  /** A body of more than 4096 characters is left out. */
  readonly request: HttpRequest;
  /** `null`: no operation matched. */
  readonly operation: Operation | null;
  readonly scenario: string | null;
  readonly source: Source | null;
  /** `null`: the connection broke, or the client waits until it leaves. */
  readonly status: number | null;
  /** `null` where `status` is. */
  readonly response: JournalResponse | null;
  /** Milliseconds until the reply began: what computing it took, and the delay. `null`: it never begins. */
  readonly durationMs: number | null;
  /** For an unmatched request: the nearest operation, and what differs. */
  readonly hint: string | null;
  /** A command for a POSIX shell that asks the same again, but for a body that was left out; the key is `$POSTHOG_PERSONAL_API_KEY`. */
  readonly curl: string;
}

export interface JournalResponse {
  readonly headers: Readonly<Record<string, string>>;
  /** Of more than 4096 characters, the first ones. */
  readonly body: string | null;
}

/** What is recorded of a request. Made into an entry only when somebody looks: most are never read. */
export interface JournalRecord {
  readonly instant: Instant;
  readonly request: HttpRequest;
  readonly reply: Reply;
  /** What it took to find the reply, in milliseconds. */
  readonly computingMs: number;
  readonly operation: JournalEntry['operation'];
  readonly scenario: JournalEntry['scenario'];
  readonly source: JournalEntry['source'];
  readonly hint: JournalEntry['hint'];
}

/** A record in a journal. */
export interface NumberedRecord extends JournalRecord {
  readonly number: number;
  readonly status: JournalEntry['status'];
}

const MAX_BODY_LENGTH = 4_096;

export function toEntry(
  { number, instant, request, reply, status, computingMs, ...met }: NumberedRecord,
  session: string | null,
): JournalEntry {
  const { operation, scenario, source, hint } = met;
  const redacted = redactRequest(request);
  return {
    number,
    time: formatInstant(instant),
    session,
    request: redacted,
    operation,
    scenario,
    source,
    status,
    response: responseOf(reply),
    durationMs: Number.isFinite(reply.delayMs) ? rounded(computingMs + reply.delayMs) : null,
    hint,
    curl: curlOf(request, redacted, session),
  };
}

/** The request without a body that would fill the journal. */
export function withShortBody(request: HttpRequest): HttpRequest {
  return (request.body?.length ?? 0) > MAX_BODY_LENGTH ? { ...request, body: null } : request;
}

function responseOf(reply: Reply): JournalResponse | null {
  if (reply.kind !== 'response') return null;
  const { headers, body } = reply;
  return {
    headers: redactFields(headers),
    body: body === null ? null : withoutSecrets(body.slice(0, MAX_BODY_LENGTH)),
  };
}

/** To the microsecond. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
