import { withoutControls } from '../../text/printable.ts';
import { counted, shownFew } from '../../text/shown.ts';
import { table } from '../../text/table.ts';
import {
  COVERAGE_KINDS,
  type Coverage,
  type CoverageTotal,
  type OperationCoverage,
  totalOf,
} from './coverage.ts';
import { percentOf } from './thresholds.ts';

/** Lines shown per section; the rest are only counted. */
const MAX_LINES = 200;
/** Dead scenarios named per operation, likewise. */
const MAX_NAMES = 8;

/**
 * Coverage as text for a terminal, without colours: a row for each operation that was answered, the totals, then what
 * was not covered: dead scenarios, and operations that nothing has asked for. Of a long section, the first lines
 * and names.
 *
 * @param columns the width of the terminal; wider rows are cut.
 */
export function renderCoverage(
  { operations, totals }: Coverage,
  { columns = Number.POSITIVE_INFINITY }: { readonly columns?: number | undefined } = {},
): string {
  if (operations.length === 0) return 'Nothing is covered, as no mock was used.';
  const asked = operations.filter(({ count }) => count > 0);
  const [head = '', ...rows] = table(
    ['OPERATION', 'ANSWERS', 'STATUSES', 'SCENARIOS', 'PARAMETERS'],
    [
      ...asked.map(rowOf),
      ['total', sumOf(asked), ...COVERAGE_KINDS.slice(1).map((kind) => shareOf(totals[kind]))],
    ],
    columns,
  );
  const total = rows.at(-1) ?? '';
  return [
    head,
    ...firstOf(rows.slice(0, -1)),
    total,
    '',
    COVERAGE_KINDS.map((kind) => `${kind} ${percentOf(totals[kind])}`).join(', '),
    ...sectionOf('Dead scenarios, which nothing has used', asked.flatMap(deadScenariosOf)),
    ...sectionOf('Answers that the contract does not document', asked.flatMap(undocumentedOf)),
    ...sectionOf(
      'Operations that nothing has asked for',
      operations.filter(({ count }) => count === 0).map(({ id }) => id),
    ),
  ].join('\n');
}

function rowOf({ id, count, statuses, scenarios, parameters }: OperationCoverage): readonly string[] {
  return [id, String(count), ...[statuses, scenarios, parameters].map(totalOf).map(shareOf)];
}

function shareOf({ covered, total }: CoverageTotal): string {
  return total === 0 ? '-' : `${covered}/${total}`;
}

function sumOf(operations: readonly OperationCoverage[]): string {
  return String(operations.reduce((sum, { count }) => sum + count, 0));
}

function deadScenariosOf({ id, scenarios }: OperationCoverage): readonly string[] {
  const dead = scenarios.filter(({ count }) => count === 0).map(({ name }) => name);
  return dead.length === 0 ? [] : [`${id}: ${shownFew(dead, MAX_NAMES)}`];
}

function undocumentedOf({ id, undocumented }: OperationCoverage): readonly string[] {
  if (undocumented.length === 0) return [];
  return [`${id}: ${undocumented.map(({ status, count }) => `${status} (${count})`).join(', ')}`];
}

function sectionOf(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return ['', `${title}:`, ...firstOf(lines).map((line) => `  ${withoutControls(line)}`)];
}

function firstOf(lines: readonly string[]): readonly string[] {
  const more = lines.length - MAX_LINES;
  return more > 0 ? [...lines.slice(0, MAX_LINES), `… and ${counted(more, 'line')} more`] : lines;
}
