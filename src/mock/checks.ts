import { cut } from '../text/printable.ts';
import type { Secrets } from '../text/secrets.ts';
import type { AnswerViolation } from './answer-check.ts';
import { NOTHING_FOUND, type RequestFinding, type RequestVerdict } from './request-check/finding.ts';

/** How a request and its answer break the contract. */
export interface Checks {
  /** Of the request, without secrets. */
  readonly findings: readonly RequestFinding[];
  /** Of the answer, without secrets. */
  readonly violations: readonly AnswerViolation[];
  /** What was not sent, as it breaks the contract; `null`: nothing. Without secrets. */
  readonly withheld: WithheldAnswer | null;
}

/** An answer in whose place the client got a problem. A body of more than 4096 characters is cut. */
export interface WithheldAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Violations that are listed of an answer. */
export const MAX_VIOLATIONS = 50;
/** Of the detail of a violation, in characters. */
const MAX_DETAIL_LENGTH = 500;

/** The same checks, with what is wrong with the answer. */
export function withViolations(
  checks: Checks,
  violations: readonly AnswerViolation[],
  secrets: Secrets,
): Checks {
  const listed = violations.slice(0, MAX_VIOLATIONS).map((violation) => ({
    ...violation,
    ...(violation.pointer !== undefined && { pointer: secrets.hide(violation.pointer) }),
    detail: cut(secrets.hide(violation.detail), MAX_DETAIL_LENGTH),
  }));
  return { ...checks, violations: listed };
}

/** What may be shown of a verdict on a request. */
export function checksOf(verdict: RequestVerdict, secrets: Secrets): Checks {
  if (verdict === NOTHING_FOUND) return NOTHING_BROKEN;
  const findings = verdict.findings.map(({ in: place, name, pointer, detail }) => ({
    in: place,
    ...(name !== undefined && { name: secrets.hide(name) }),
    ...(pointer !== undefined && { pointer: secrets.hide(pointer) }),
    detail: secrets.hide(detail),
  }));
  return { ...NOTHING_BROKEN, findings };
}

/** Both keep the contract, or are not checked. */
export const NOTHING_BROKEN: Checks = { findings: [], violations: [], withheld: null };
