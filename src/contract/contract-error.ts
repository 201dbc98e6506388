/** One thing that is wrong in a contract. */
export interface ContractFinding {
  /** JSON pointer (RFC 6901) into the document; empty for the document as a whole. */
  readonly pointer: string;
  /** What is wrong, and what would be right. */
  readonly detail: string;
}

const MAX_SHOWN = 10;

/** The OpenAPI document cannot be used; the message names the file and the JSON pointer of every finding. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
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

/** A finding in one line: file, place, and what is wrong. */
export function findingLine(file: string, { pointer, detail }: ContractFinding): string {
  return `${file}#${pointer}: ${detail}`;
}
