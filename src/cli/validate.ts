import { ContractError, type ContractFinding, findingLine } from '../contract/contract-error.ts';
import { type FindingGroup, summariseWarnings } from '../contract/summarise-warnings.ts';
import { linesWithoutControls, withoutControls } from '../text/printable.ts';
import { counted } from '../text/shown.ts';
import { userFailure } from './failure.ts';
import type { LogStreams } from './log.ts';
import { openMockOf, type SourceFlags } from './mock-flags.ts';

/** What is wrong with contract and fixtures, and what is odd about the contract. */
export interface Validation {
  /** Whether they can be used; with `--strict`, nothing may be odd either. */
  readonly isValid: boolean;
  /** What keeps them from being used. */
  readonly errors: readonly string[];
  readonly warnings: readonly ContractFinding[];
  /** How many operations, scenarios and rows there are; empty when there are errors. */
  readonly summary: string;
}

export interface ValidateFlags extends SourceFlags {
  /** Lists every warning. */
  readonly all?: boolean;
  readonly json?: boolean;
}

/** Checks all of the contract, however large; and the fixtures even when the contract is wrong. */
export async function validate({ contract, fixtures, strict = false }: ValidateFlags): Promise<Validation> {
  const odd = contract === undefined ? [] : await findingsOf({ contract, strict: true });
  const wrong = fixtures === undefined ? [] : await findingsOf({ fixtures });
  const isRefused = odd.some((finding) => typeof finding === 'string' || finding.kind === 'document');
  const file = contract ?? '';
  const errors = [...(isRefused ? odd : []), ...wrong].map((finding) => lineOf(file, finding));
  const warnings = isRefused ? [] : odd.filter((finding) => typeof finding !== 'string');
  return {
    isValid: errors.length === 0 && !(strict && warnings.length > 0),
    errors,
    warnings,
    summary:
      errors.length > 0
        ? ''
        : await summarise({ ...(contract && { contract }), ...(fixtures && { fixtures }) }),
  };
}

async function summarise(flags: SourceFlags): Promise<string> {
  const { mock } = await openMockOf(flags);
  const { file, operations } = mock.contract;
  const collections = Object.entries(mock.snapshot().rows);
  const rows = collections.reduce((sum, [, { length }]) => sum + length, 0);
  const found = `${file}: ${counted(operations.length, 'operation')}, ${counted(mock.scenarios.length, 'scenario')}`;
  if (rows === 0 && flags.fixtures === undefined) return found;
  const counts = collections.map(([collection, { length }]) => `${collection} ${length}`).join(', ');
  return [found, `${flags.fixtures ?? 'fixtures'}: ${counted(rows, 'row')} (${counts})`].join('\n');
}

async function findingsOf(flags: SourceFlags): Promise<readonly (ContractFinding | string)[]> {
  try {
    await openMockOf(flags);
    return [];
  } catch (cause) {
    // The message has only the first findings.
    if (cause instanceof ContractError) return cause.findings;
    const failure = userFailure(cause);
    if (!failure) throw cause;
    return failure.message.split('\n');
  }
}

function lineOf(file: string, finding: ContractFinding | string): string {
  return typeof finding === 'string' ? finding : findingLine(file, finding);
}

/** Writes what {@link validate} has found: errors and warnings, then the summary; or all of it as JSON. */
export function writeValidation(
  validation: Validation,
  flags: ValidateFlags,
  { out, err }: LogStreams,
): void {
  if (flags.json) {
    out.write(`${toJson(validation, flags)}\n`);
    return;
  }
  const { errors, warnings, summary } = validation;
  for (const error of errors) err.write(`error: ${withoutControls(error)}\n`);
  if (warnings.length > 0) err.write(`${linesWithoutControls(listWarnings(validation, flags))}\n`);
  if (summary !== '') out.write(`${linesWithoutControls(summary)}\n`);
}

/** The warnings by kind, each with its sentence, its count and the first findings, or all of them. */
function listWarnings(
  { warnings }: Validation,
  { contract = '', all = false, strict = false }: ValidateFlags,
): string {
  const label = strict ? 'error' : 'warning';
  const groups = summariseWarnings(warnings);
  return groups
    .map((group) => describeGroup(label, contract, group, all ? ofKind(warnings, group) : group.first))
    .join('\n');
}

function describeGroup(
  label: string,
  file: string,
  { kind, count, sentence }: FindingGroup,
  shown: readonly ContractFinding[],
): string {
  const more = count - shown.length;
  return [
    `${label}: ${kind} (${count}): ${sentence}`,
    ...shown.map((finding) => `  ${findingLine(file, finding)}`),
    ...(more > 0 ? [`  … and ${more} more, which --all lists.`] : []),
  ].join('\n');
}

/** As one line of JSON. */
function toJson(validation: Validation, { all = false }: ValidateFlags): string {
  const { isValid, errors, warnings, summary } = validation;
  const groups = summariseWarnings(warnings).map(({ first, ...group }) => ({
    ...group,
    findings: all ? ofKind(warnings, group) : first,
  }));
  return JSON.stringify({ isValid, errors, warnings: groups, summary: summary.split('\n').filter(Boolean) });
}

function ofKind(warnings: readonly ContractFinding[], { kind }: Pick<FindingGroup, 'kind'>) {
  return warnings.filter((warning) => warning.kind === kind);
}
