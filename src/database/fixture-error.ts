/** One thing that is wrong in a fixture. */
export interface FixtureFinding {
  readonly collection: string;
  /** The file of the packaged rows; absent for rows that were given in code. */
  readonly file?: string;
  /** The index of the row; absent where the collection as a whole is wrong. */
  readonly row?: number;
  /** JSON pointer (RFC 6901) into the collection, such as `/3/start_date`. */
  readonly pointer: string;
  /** What is wrong, and what would be right. */
  readonly detail: string;
}

const SHOWN = 10;
const KEY = /ph[cxs]_[\w-]+/g;

/** Rows cannot be used; the message names the collection, the row and the field of every finding. */
export class FixtureError extends Error {
  override readonly name = 'FixtureError';
  readonly findings: readonly FixtureFinding[];

  constructor(findings: readonly FixtureFinding[]) {
    const safe = findings.map(withoutKeys);
    const lines = safe.slice(0, SHOWN).map(sentence);
    if (safe.length > SHOWN) lines.push(`… and ${safe.length - SHOWN} more.`);
    super(lines.join('\n'));
    this.findings = safe;
  }
}

function sentence({ collection, file, pointer, detail }: FixtureFinding): string {
  const place = file === undefined ? `fixtures.${collection}` : `fixtures/${file}`;
  return `${place}${pointer === '' ? '' : `#${pointer}`}: ${detail}`;
}

/** An API key never reaches an error, a made-up one included: what is redacted always cannot be forgotten once. */
function withoutKeys(finding: FixtureFinding): FixtureFinding {
  return { ...finding, detail: finding.detail.replace(KEY, (key) => `${key.slice(0, 4)}…`) };
}
