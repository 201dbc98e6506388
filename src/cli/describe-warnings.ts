import type { ContractFinding } from '../contract/contract-error.ts';
import { summariseWarnings } from '../contract/summarise-warnings.ts';
import { counted } from '../text/shown.ts';

const MAX_KINDS = 6;

/** How many warnings a contract has, then a line for each of the most frequent kinds. Empty without warnings. */
export function describeWarnings(warnings: readonly ContractFinding[]): readonly string[] {
  if (warnings.length === 0) return [];
  const groups = summariseWarnings(warnings);
  const width = String(groups[0]?.count).length;
  const rest = groups.slice(MAX_KINDS);
  const left = rest.reduce((sum, { count }) => sum + count, 0);
  return [
    `${counted(warnings.length, 'warning')} about the contract`,
    ...groups
      .slice(0, MAX_KINDS)
      .map(({ sentence, count }) => `  ${String(count).padStart(width)} ${sentence}`),
    ...(left > 0 ? [`  ${left} of ${counted(rest.length, 'more kind')}`] : []),
  ];
}
