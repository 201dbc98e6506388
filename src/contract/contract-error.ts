import { withoutControls } from '../text/printable.ts';
import type { FindingKind } from './finding-kinds.ts';

/** One thing that is odd about a contract. */
export interface ContractFinding {
  readonly kind: FindingKind;
  /** JSON pointer (RFC 6901) into the document; empty for the document as a whole. */
  readonly pointer: string;
  /** What is wrong, and what would be right. */
  readonly detail: string;
  /** The file that it is in, where that is not the contract's own: as the contract refers to it, such as `models/a.yaml`. */
  readonly file?: string;
}

const MAX_SHOWN = 10;

/**
 * An OpenAPI document that cannot be used. The message has a line for each of the first ten findings, with the file
 * and a JSON pointer; `findings` has them all.
 */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  /** Where the document came from: a path, or `contract` where it has none. */
  readonly file: string;
  readonly findings: readonly ContractFinding[];

  constructor(file: string, findings: readonly ContractFinding[]) {
    const lines = findings.slice(0, MAX_SHOWN).map((finding) => findingLine(file, finding));
    if (findings.length > MAX_SHOWN) lines.push(`… and ${findings.length - MAX_SHOWN} more.`);
    super(lines.join('\n'));
    this.file = file;
    this.findings = findings;
  }
}

/** A finding as one line: file, pointer and detail. */
export function findingLine(contract: string, { pointer, detail, file = contract }: ContractFinding): string {
  return withoutControls(`${file}${pointer === '' ? '' : `#${pointer}`}: ${detail}`);
}
