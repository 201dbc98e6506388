import { ContractError, findingLine } from '../contract/contract-error.ts';
import { toFailure } from './failure.ts';
import { createMockOf, type SourceFlags } from './mock-flags.ts';

/** What was found in contract and fixtures; no findings: they can be used. */
export interface Validation {
  readonly findings: readonly string[];
  /** What they hold; the text is empty when they cannot be used. */
  readonly summary: string;
}

/** Checks the fixtures also where the contract is wrong: both have to be put right. */
export function validate({ contract, fixtures }: SourceFlags): Validation {
  const findings = [
    ...(contract === undefined ? [] : findingsOf({ contract })),
    ...(fixtures === undefined ? [] : findingsOf({ fixtures })),
  ];
  if (findings.length > 0) return { findings, summary: '' };
  const mock = createMockOf({ ...(contract && { contract }), ...(fixtures && { fixtures }) });
  const { file, operations } = mock.contract;
  const rows = Object.values(mock.snapshot().rows).reduce((sum, { length }) => sum + length, 0);
  return {
    findings: [],
    summary: [
      `${file}: ${operations.length} operations, ${mock.scenarios.length} scenarios`,
      `${fixtures ?? 'fixtures'}: ${rows} rows`,
    ].join('\n'),
  };
}

function findingsOf(flags: SourceFlags): readonly string[] {
  try {
    createMockOf(flags);
    return [];
  } catch (cause) {
    // A message stops after some; who checks wants all of them.
    if (cause instanceof ContractError)
      return cause.findings.map((finding) => findingLine(cause.file, finding));
    return toFailure(cause).message.split('\n');
  }
}
