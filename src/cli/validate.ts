import { ContractError, findingLine } from '../contract/contract-error.ts';
import { counted } from '../text/shown.ts';
import { userFailure } from './failure.ts';
import { openMockOf, type SourceFlags } from './mock-flags.ts';

/** What is wrong with contract and fixtures; without findings, they can be used. */
export interface Validation {
  readonly findings: readonly string[];
  /** How many operations, scenarios and rows there are; empty when there are findings. */
  readonly summary: string;
}

/** Checks the fixtures even when the contract is wrong, so that one run finds everything. */
export function validate({ contract, fixtures }: SourceFlags): Validation {
  const findings = [
    ...(contract === undefined ? [] : findingsOf({ contract })),
    ...(fixtures === undefined ? [] : findingsOf({ fixtures })),
  ];
  if (findings.length > 0) return { findings, summary: '' };
  const { mock } = openMockOf({ ...(contract && { contract }), ...(fixtures && { fixtures }) });
  const { file, operations } = mock.contract;
  const collections = Object.entries(mock.snapshot().rows);
  const rows = collections.reduce((sum, [, { length }]) => sum + length, 0);
  const counts = collections.map(([collection, { length }]) => `${collection} ${length}`).join(', ');
  return {
    findings: [],
    summary: [
      `${file}: ${counted(operations.length, 'operation')}, ${counted(mock.scenarios.length, 'scenario')}`,
      `${fixtures ?? 'fixtures'}: ${counted(rows, 'row')} (${counts})`,
    ].join('\n'),
  };
}

function findingsOf(flags: SourceFlags): readonly string[] {
  try {
    openMockOf(flags);
    return [];
  } catch (cause) {
    // The message has only the first findings.
    if (cause instanceof ContractError)
      return cause.findings.map((finding) => findingLine(cause.file, finding));
    const failure = userFailure(cause);
    if (!failure) throw cause;
    return failure.message.split('\n');
  }
}
