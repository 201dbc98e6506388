import type { Secrets } from '../text/secrets.ts';
import { NOTHING_FOUND, type RequestFinding, type RequestVerdict } from './request-check/finding.ts';

/** How a request and its answer break the contract. */
export interface Checks {
  /** Of the request, without secrets. */
  readonly findings: readonly RequestFinding[];
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
  return { findings };
}

/** Both keep the contract, or are not checked. */
export const NOTHING_BROKEN: Checks = { findings: [] };
