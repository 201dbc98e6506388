import { type CatalogueEntry, unknownName } from '../mock/scenarios/catalogue.ts';
import { printableJson, withoutControls } from '../text/printable.ts';
import { hasWords, wordsOf } from '../text/words.ts';
import { CommandFailure } from './failure.ts';
import { openMockOf, type SourceFlags } from './mock-flags.ts';
import { tableFor } from './table.ts';

/** Which scenarios are listed, and how. */
export interface ListFlags extends SourceFlags {
  readonly json: boolean;
  /** Only those of the operation with this id. */
  readonly operation?: string;
  /** Whether the operations of each scenario are listed. */
  readonly all: boolean;
}

/** Of more operations than these, a row tells the number. */
const MAX_NAMED_OPERATIONS = 3;

/**
 * The catalogue as a table, or as JSON.
 * @param given words; only scenarios that have all of them are listed.
 * @throws (rejects) {CommandFailure} when there is no such operation, or no scenario has the words.
 */
export async function listScenarios(
  given: readonly string[],
  { json, operation, all, ...flags }: ListFlags,
): Promise<string> {
  const words = wordsOf(given.join(' '));
  const { scenarios, contract } = (await openMockOf(flags)).mock;
  const ids = contract.operations.map(({ id }) => id);
  if (operation !== undefined && !ids.includes(operation)) {
    throw new CommandFailure(`--operation: ${unknownName('operation', operation, ids)}`, 2);
  }
  const listed = scenarios.filter(
    ({ name, status, summary, operations }) =>
      (operation === undefined || operations.includes(operation)) &&
      hasWords(`${name} ${status ?? ''} ${summary}`.toLowerCase(), words),
  );
  if (json) return printableJson(listed, null, 2);
  if (listed.length === 0) throw new CommandFailure(`No scenario has "${words.join(' ')}".`, 1);
  const everywhere = operation === undefined ? ids.length : 0;
  const [head = '', ...rows] = tableFor(
    process.stdout,
    ['SCENARIO', 'STATUS', 'ANSWER'],
    listed.map((entry) => [
      entry.name,
      entry.status === null ? '' : String(entry.status),
      summaryOf(entry, everywhere),
    ]),
  ).split('\n');
  const below = ({ operations }: CatalogueEntry) => (all ? operations.map(detail) : []);
  return [head, ...listed.flatMap((entry, index) => [rows[index] ?? '', ...below(entry)])].join('\n');
}

function detail(operation: string): string {
  return `  ${withoutControls(operation)}`;
}

function summaryOf({ summary, operations, synthetic }: CatalogueEntry, everywhere: number): string {
  const remarks = [
    ...(operations.length < everywhere ? [scopeOf(operations, everywhere)] : []),
    ...(synthetic ? ['synthetic: the live API cannot answer this here'] : []),
  ];
  return remarks.length === 0 ? summary : `${summary} (${remarks.join('; ')})`;
}

function scopeOf(operations: readonly string[], everywhere: number): string {
  if (operations.length <= MAX_NAMED_OPERATIONS) return `only ${operations.join(', ')}`;
  return `${operations.length} of ${everywhere} operations`;
}
