import type { ContractFinding } from './contract-error.ts';
import { FINDING_KINDS, type FindingKind } from './finding-kinds.ts';

/** All findings of a kind. */
export interface FindingGroup {
  readonly kind: FindingKind;
  /** What such findings mean. */
  readonly sentence: string;
  readonly count: number;
  /** The first ones, at most {@link MAX_FIRST}. */
  readonly first: readonly ContractFinding[];
}

/** Findings that stand for a group. */
export const MAX_FIRST = 3;

/** Groups findings by their kind, the most frequent first. */
export function summariseWarnings(findings: readonly ContractFinding[]): readonly FindingGroup[] {
  const groups = new Map<FindingKind, ContractFinding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.kind);
    if (group) group.push(finding);
    else groups.set(finding.kind, [finding]);
  }
  return [...groups]
    .map(([kind, found]) => ({
      kind,
      sentence: FINDING_KINDS[kind],
      count: found.length,
      first: found.slice(0, MAX_FIRST),
    }))
    .sort((a, b) => b.count - a.count);
}
