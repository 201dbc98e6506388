import type { Contract } from './contract/contract.ts';
import { findingLine } from './contract/contract-error.ts';
import { summariseWarnings } from './contract/summarise-warnings.ts';
import { counted } from './text/shown.ts';

/** Warnings remembered; beyond this the set is emptied, and a contract may be warned about again. */
const MAX_WARNED = 1_000;
const warned = new Set<string>();

/** Writes to the console what is odd about a contract, once however many mocks are made of it. */
export function warnOnce({ file, warnings }: Contract): void {
  if (warnings.length === 0) return;
  const groups = summariseWarnings(warnings).map(
    ({ kind, count, sentence, first: [first] }) =>
      `  ${kind} (${count}): ${sentence}${first ? ` First: ${findingLine(file, first)}` : ''}`,
  );
  const text = [
    `posthog-experiments-mock: ${file} has ${counted(warnings.length, 'mistake')}, which the mock works around; mock.contract.warnings has all.`,
    ...groups,
  ].join('\n');
  if (warned.has(text)) return;
  if (warned.size >= MAX_WARNED) warned.clear();
  warned.add(text);
  console.warn(text);
}
