import type { HttpRequest } from '../../contract/message.ts';
import { formatInstant } from '../../database/time.ts';
import type { Source } from '../../provider/provider.ts';
import { counted } from '../../text/shown.ts';
import type { AnswerViolation } from '../answer-check.ts';
import type { WithheldAnswer } from '../checks.ts';
import type { Reply } from '../reply.ts';
import type { RequestFinding } from '../request-check/finding.ts';
import { curlOf } from './curl.ts';
import type { CutPart, KeptRecord } from './record.ts';
import { redactBody, redactFields, redactRequest } from './redact.ts';
import type { ReplayedCredentials } from './replayed-credentials.ts';

/** One request and its reply, without secrets. */
export interface JournalEntry<Operation extends string = string> {
  /** Counts the requests of a mock from 1, also after `clear`. */
  readonly number: number;
  /** The mock's clock, as ISO 8601 text. */
  readonly time: string;
  /** The session that answered; `null`: the mock itself. */
  readonly session: string | null;
  /** Texts that are too long are cut: see `cut`. `body` is `null` also if the request did not reach the mock. */
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
  /** How the request breaks the contract; empty: it keeps it, or is not checked. */
  readonly findings: readonly RequestFinding[];
  /** How the answer breaks the contract; empty: it keeps it, or is not checked. */
  readonly violations: readonly AnswerViolation[];
  /** The answer in whose place the client got a problem, as it breaks the contract; `null`: it got the answer. */
  readonly withheld: WithheldAnswer | null;
  /**
   * What was too long to be kept whole. Of a path, 1024 characters are kept, of a query and of the response's body 4096,
   * of headers about 8192 together; a request's body of more than 4096 characters is left out.
   */
  readonly cut: readonly CutPart[];
  /** A command for a POSIX shell that sends again what is kept of the request; a credential is `$POSTHOG_PERSONAL_API_KEY`, or `$API_KEY` for other APIs. */
  readonly curl: string;
}

export interface JournalResponse {
  readonly headers: Readonly<Record<string, string>>;
  /** Of bytes, only how many they are. */
  readonly body: string | null;
}

export function toEntry(
  { number, instant, request, reply, computingMs, cut }: KeptRecord,
  session: string | null,
  credentials: ReplayedCredentials,
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
    response: responseOf(reply, cut.includes('response')),
    durationMs: Number.isFinite(reply.delayMs) ? rounded(computingMs + reply.delayMs) : null,
    hint,
    ...reply.checks,
    cut,
    curl: curlOf(request, redacted, { session, secrets: reply.redaction, credentials }),
  };
}

/** `null`: no response. */
export function statusOf(reply: Reply): number | null {
  return reply.kind === 'response' ? reply.status : null;
}

function responseOf(reply: Reply, isCut: boolean): JournalResponse | null {
  if (reply.kind !== 'response') return null;
  const { headers, body, isBinary, redaction } = reply;
  const shownHeaders = redactFields(headers, redaction);
  if (body === null) return { headers: shownHeaders, body };
  // Nobody can read them; `Content-Type` is among the headers.
  if (isBinary) return { headers: shownHeaders, body: `(${counted(body.length, 'byte')})` };
  return {
    headers: shownHeaders,
    body: isCut ? redaction.hideStart(body) : redactBody(body, redaction),
  };
}

/** Milliseconds, to three decimals. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
