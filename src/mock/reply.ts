import type { Operation } from '../contract/contract.ts';
import type { Answer, HeaderField } from '../contract/message.ts';
import { memoize } from '../memoize.ts';
import type { Source } from '../provider/provider.ts';
import { printable } from '../text/printable.ts';
import { type Secrets, UNKNOWN_KEYS } from '../text/secrets.ts';
import { violationSentences } from './answer-check.ts';
import { type Checks, NOTHING_BROKEN } from './checks.ts';
import {
  HINT_HEADER,
  OPERATION_HEADER,
  SCENARIO_HEADER,
  SESSION_HEADER,
  SOURCE_HEADER,
  SYNTHETIC_HEADER,
  VIOLATIONS_HEADER,
} from './headers.ts';
import { joinHints } from './hint.ts';
import { withoutKnownKeys } from './problem.ts';
import { type Preference, preferenceApplied } from './scenarios/prefer.ts';

/**
 * What an adapter does: wait `delayMs` (`Infinity`: until the client leaves), then send the response or break the
 * connection. `redaction` is for those who show the request or the reply.
 */
export type Reply =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: readonly HeaderField[];
      /** Those among them that the answer itself has. */
      readonly own: readonly HeaderField[];
      readonly body: string | null;
      /** Whether the body is bytes, one in each character (ISO 8859-1), and not text. */
      readonly isBinary: boolean;
      readonly delayMs: number;
      readonly provenance: Provenance;
      readonly checks: Checks;
      readonly redaction: Secrets;
    }
  | {
      readonly kind: 'network-error';
      readonly delayMs: number;
      readonly provenance: Provenance;
      readonly checks: Checks;
      readonly redaction: Secrets;
    };

export type ResponseReply = Extract<Reply, { readonly kind: 'response' }>;

/** Who answered, and why; what the `X-Mock-*` headers say. `null` where it does not apply. */
export interface Provenance {
  /** `null`: no operation matched. */
  readonly operation: string | null;
  /** `null`: the mock refused the request before a scenario was selected. */
  readonly scenario: string | null;
  readonly source: Source | null;
  /** `null`: the mock itself answered, not a session. */
  readonly session: string | null;
  /** Why the answer is what it is, and what would be right, where the request is most likely mistaken. */
  readonly hint: string | null;
}

/** What a reply is made of. */
export interface ReplyParts {
  readonly method: string;
  readonly answer: Answer;
  readonly provenance: Provenance;
  readonly checks: Checks;
  /** `null`: no operation matched. */
  readonly operation: Operation | null;
  /** What the API sends with every response of the operation, unless the answer has it. */
  readonly apiHeaders: readonly HeaderField[];
  readonly synthetic: boolean;
  readonly applied: readonly Preference[];
  readonly delayMs: number;
  readonly redaction: Secrets;
}

/** Turns an answer into a response, with headers that say where it comes from. */
export function toReply({ method, answer, provenance, ...parts }: ReplyParts): ResponseReply {
  const { status, headers: own, contentType, body } = answer;
  const { scenario, source, session, hint } = provenance;
  const headers: HeaderField[] = contentType === null ? [] : [['Content-Type', contentType]];
  headers.push(...own);
  for (const field of parts.apiHeaders) addMissing(headers, field);
  if (parts.operation) headers.push(...routedHeaders(parts.operation));
  if (scenario !== null) headers.push([SCENARIO_HEADER, printable(scenario)]);
  if (source !== null) headers.push([SOURCE_HEADER, source]);
  if (hint !== null) headers.push([HINT_HEADER, hint]);
  if (session !== null) headers.push([SESSION_HEADER, session]);
  if (parts.checks.violations.length > 0 && parts.checks.withheld === null)
    headers.push([VIOLATIONS_HEADER, joinHints(violationSentences(parts.checks.violations)) ?? '']);
  if (parts.synthetic) headers.push([SYNTHETIC_HEADER, 'true']);
  if (parts.applied.length > 0) headers.push(['Preference-Applied', preferenceApplied(parts.applied)]);
  return {
    kind: 'response',
    status,
    headers,
    own,
    body: method === 'HEAD' || NEVER_HAS_BODY.has(status) ? null : body,
    isBinary: answer.isBinary === true,
    delayMs: parts.delayMs,
    provenance,
    checks: parts.checks,
    redaction: parts.redaction,
  };
}

/** A problem, or another answer that is sent before any mock has been chosen. */
export function problemReply(refusal: Answer, secrets = UNKNOWN_KEYS): ResponseReply {
  const answer = secrets === UNKNOWN_KEYS ? refusal : withoutKnownKeys(refusal, secrets);
  return toReply({
    ...AT_ONCE,
    method: 'GET',
    answer,
    provenance: {
      operation: null,
      scenario: null,
      source: null,
      session: null,
      hint: joinHints(answer.hint),
    },
    checks: NOTHING_BROKEN,
    operation: null,
    apiHeaders: [],
    redaction: secrets,
  });
}

/** Sent without a delay, and by no preference: what the mock itself answers. */
export const AT_ONCE = { synthetic: false, applied: [], delayMs: 0 } as const;

/** Statuses whose responses never have a body. */
export const NEVER_HAS_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

const routedHeaders = memoize(({ id }: Operation): readonly HeaderField[] => [
  ['Vary', 'Prefer'],
  [OPERATION_HEADER, printable(id)],
]);

function addMissing(headers: HeaderField[], field: HeaderField): void {
  const name = field[0].toLowerCase();
  if (!headers.some(([known]) => known.toLowerCase() === name)) headers.push(field);
}
