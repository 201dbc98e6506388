import pc from 'picocolors';
import type { CatalogueEntry } from '../mock/scenarios/catalogue.ts';
import { printableJson, withoutControls } from '../text/printable.ts';
import { openMockOf, type SourceFlags } from './mock-flags.ts';

/** The catalogue as a table, or as JSON. */
export function listScenarios({ json, ...flags }: SourceFlags & { readonly json: boolean }): string {
  const { scenarios, contract } = openMockOf(flags).mock;
  if (json) return printableJson(scenarios, null, 2);
  const everywhere = contract.operations.length;
  const rows = scenarios.map((entry) => [
    withoutControls(entry.name),
    entry.status === null ? '' : String(entry.status),
    withoutControls(summaryOf(entry, everywhere)),
  ]);
  return table(['SCENARIO', 'STATUS', 'ANSWER'], rows);
}

function summaryOf({ summary, operations, synthetic }: CatalogueEntry, everywhere: number): string {
  const remarks = [
    ...(operations.length < everywhere ? [`only ${operations.join(', ')}`] : []),
    ...(synthetic ? ['synthetic: the live API cannot answer this here'] : []),
  ];
  return remarks.length === 0 ? summary : `${summary} (${remarks.join('; ')})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const { bold } = pc.createColors(process.stdout.isTTY === true && pc.isColorSupported);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((cells) => (cells[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [bold(line(head)), ...rows.map(line)].join('\n');
}
