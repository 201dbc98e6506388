import type { HttpRequest } from '../../contract/message.ts';
import { formatInstant, type Instant } from '../../database/time.ts';
import type { Source } from '../../provider/provider.ts';
import type { Secrets } from '../../text/secrets.ts';
import type { Reply } from '../reply.ts';
import { curlOf } from './curl.ts';
import { redactBody, redactFields, redactRequest } from './redact.ts';

/** One request and its reply, without secrets. */
export interface JournalEntry<Operation extends string = string> {
  /** Counts the requests of a mock from 1, also after `clear`. */
  readonly number: number;
  /** The mock's clock, as ISO 8601 text. */
  readonly time: string;
  /** The session that answered; `null`: the mock itself. */
  readonly session: string | null;
  /** `body` is `null` if it had more than 4096 characters, or the request did not reach the mock. */
  readonly request: HttpRequest;
  /** `null`: no operation matched. */
  readonly operation: Operation | null;
  readonly scenario: string | null;
  readonly source: Source | null;
  /** `null`: the connection broke, or the client waits until it leaves; if no operation matched, MSW stopped the request or let it pass. */
  readonly status: number | null;
  /** `null` where `status` is. */
  readonly response: JournalResponse | null;
  /** Milliseconds until the reply began, the delay included; `null`: it never begins. */
  readonly durationMs: number | null;
  /** Why the answer is what it is, and what would be right, where the request is most likely mistaken. */
  readonly hint: string | null;
  /** A command for a POSIX shell that sends the request again, without a body of more than 4096 characters; the key is `$POSTHOG_PERSONAL_API_KEY`. */
  readonly curl: string;
}

export interface JournalResponse {
  readonly headers: Readonly<Record<string, string>>;
  /** The first 4096 characters. */
  readonly body: string | null;
}

/** What is recorded of a request. Made into an entry when it is first read: most never are. */
export interface JournalRecord {
  readonly instant: Instant;
  readonly request: HttpRequest;
  readonly reply: Reply;
  /** What it took to compute the reply, in milliseconds. */
  readonly computingMs: number;
}

/** A record in a journal. */
export interface NumberedRecord extends JournalRecord {
  readonly number: number;
}

const MAX_BODY_LENGTH = 4_096;

export function toEntry(
  { number, instant, request, reply, computingMs }: NumberedRecord,
  session: string | null,
): JournalEntry {
  const { operation, scenario, source, hint } = reply.provenance;
  const redacted = redactRequest(request, reply.redaction);
  return {
    number,
    time: formatInstant(instant),
    session,
    request: redacted,
    operation,
    scenario,
    source,
    status: statusOf(reply),
    response: responseOf(reply),
    durationMs: Number.isFinite(reply.delayMs) ? rounded(computingMs + reply.delayMs) : null,
    hint,
    curl: curlOf(request, redacted, session, reply.redaction),
  };
}

/** `null`: no response. */
export function statusOf(reply: Reply): number | null {
  return reply.kind === 'response' ? reply.status : null;
}

/** Drops a body that would fill the journal. */
export function withShortBody(request: HttpRequest): HttpRequest {
  return (request.body?.length ?? 0) > MAX_BODY_LENGTH ? { ...request, body: null } : request;
}

function responseOf(reply: Reply): JournalResponse | null {
  if (reply.kind !== 'response') return null;
  const { headers, body, redaction } = reply;
  return {
    headers: redactFields(headers, redaction),
    body: body === null ? null : shortBody(body, redaction),
  };
}

function shortBody(body: string, secrets: Secrets): string {
  if (body.length <= MAX_BODY_LENGTH) return redactBody(body, secrets);
  return secrets.hideStart(body.slice(0, MAX_BODY_LENGTH));
}

/** Milliseconds, to three decimals. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
