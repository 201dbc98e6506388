import type { Contestant } from './contestants.ts';
import type { Finding, Refusal } from './measure.ts';

/** How a server did with a document. */
export type Result =
  | {
      readonly contestant: string;
      /** Operations that were answered as the document says. */
      readonly valid: number;
      /** Of these, the operations that describe a success and got another status. */
      readonly refused: number;
      /** Median, from spawn to the first answer. */
      readonly startMs: number;
      /** Resident, after all operations have been answered. */
      readonly memoryMib: number;
      readonly kinds: readonly Kind[];
    }
  | { readonly contestant: string; readonly refusal: Refusal };

/** Answers that are wrong in the same way. */
export interface Kind {
  readonly kind: string;
  readonly count: number;
  readonly examples: readonly string[];
}

/** A document and its results, the first of which is ours. */
export interface Row {
  readonly document: string;
  readonly version: string;
  readonly operations: number;
  /** Operations for which no request could be made that ajv accepts. */
  readonly invalidRequests: readonly string[];
  readonly results: readonly Result[];
}

const MAX_EXAMPLES = 5;
const MAX_REFUSAL_CHARACTERS = 300;

export function summarize(
  { name }: Contestant,
  findings: readonly Finding[],
  startMs: number,
  memoryMib: number,
): Result {
  const kinds = new Map<string, Finding[]>();
  for (const finding of findings) {
    const kind = finding.verdict?.kind;
    if (kind !== undefined) kinds.set(kind, [...(kinds.get(kind) ?? []), finding]);
  }
  return {
    contestant: name,
    valid: findings.filter(({ verdict }) => verdict === null).length,
    refused: findings.filter(isRefusal).length,
    startMs: Math.round(startMs),
    memoryMib: Math.round(memoryMib),
    kinds: [...kinds]
      .map(([kind, found]) => ({
        kind,
        count: found.length,
        examples: found
          .slice(0, MAX_EXAMPLES)
          .map(({ question, verdict }) => `${question.operation.name}: ${verdict?.detail ?? ''}`),
      }))
      .toSorted((a, b) => b.count - a.count),
  };
}

function isRefusal({ question, answer, verdict }: Finding): boolean {
  if (verdict !== null || 'failure' in answer || answer.status < 400) return false;
  return [...question.operation.responses.keys()].some((status) => status.startsWith('2'));
}

/** A table for a person, a line for each document. */
export function writeTable(rows: readonly Row[]): string {
  const contestants = rows[0]?.results.map(({ contestant }) => contestant) ?? [];
  const head = ['document', 'version', 'operations', ...contestants.flatMap((name) => [name, 'ms', 'MiB'])];
  const lines = rows.map(({ document, version, operations, results }) => [
    document,
    version,
    String(operations),
    ...results.flatMap((result) => cellsOf(result, operations)),
  ]);
  const sums = contestants.flatMap((name) => [percent(shareOf(rows, name)), '', '']);
  const total = rows.reduce((sum, { operations }) => sum + operations, 0);
  const table = [head, ...lines, ['all', '', String(total), ...sums]];
  const widths = head.map((_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)));
  return table
    .map((cells) =>
      cells
        .map((cell, column) =>
          column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

function cellsOf(result: Result, operations: number): readonly string[] {
  if ('refusal' in result) return [result.refusal.reason, '', ''];
  const share = percent(operations === 0 ? 1 : result.valid / operations);
  return [share, String(result.startMs), Number.isNaN(result.memoryMib) ? '' : String(result.memoryMib)];
}

/** The share of all operations that a server answered validly, those of refused documents included. */
export function shareOf(rows: readonly Row[], name: string): number {
  const operations = rows.reduce((sum, row) => sum + row.operations, 0);
  const results = rows.flatMap((row) => row.results.filter(({ contestant }) => contestant === name));
  const valid = results.reduce((sum, result) => sum + ('valid' in result ? result.valid : 0), 0);
  return operations === 0 ? 1 : valid / operations;
}

/** What went wrong, by document, server and kind. */
export function writeDetails(rows: readonly Row[]): string {
  return rows
    .flatMap(({ document, invalidRequests, results }) => [
      ...invalidRequests.map((text) => `${document}: no valid request for ${text}`),
      ...results.flatMap((result) => detailsOf(document, result)),
    ])
    .join('\n');
}

function detailsOf(document: string, result: Result): readonly string[] {
  const title = `${document}, ${result.contestant}`;
  if ('refusal' in result) {
    const { reason, detail } = result.refusal;
    return [`${title}: ${reason}: ${detail.slice(0, MAX_REFUSAL_CHARACTERS)}`];
  }
  const refused = result.refused === 0 ? [] : [`${title}: ${result.refused} × refused as documented`];
  return [
    ...refused,
    ...result.kinds.flatMap(({ kind, count, examples }) => [
      `${title}: ${count} × ${kind}`,
      ...examples.map((example) => `    ${example}`),
    ]),
  ];
}

function percent(share: number): string {
  // 100 % means all of them.
  return `${(Math.floor(share * 1_000) / 10).toFixed(1)} %`;
}
