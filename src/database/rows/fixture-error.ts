import { withoutControls } from '../../text/printable.ts';
import { withoutSecrets } from '../../text/secrets.ts';
import { fixtureFile } from './fixture-files.ts';

/** One mistake in the rows of a collection. */
export interface FixtureFinding {
  /** Empty when the fixtures as a whole are not an object of collections. */
  readonly collection: string;
  /** The file of packaged rows; absent for rows given in code. */
  readonly file?: string;
  /** The index of the row; absent when the finding is about the collection as a whole. */
  readonly row?: number;
  /** JSON pointer (RFC 6901) into the collection, such as `/3/start_date`. */
  readonly pointer: string;
  /** What is wrong, and what would be right. */
  readonly detail: string;
}

/** Where the rows came from: the packaged files, the options of a mock, a snapshot, or a write to the database. */
export type FixtureOrigin = 'packaged' | 'fixtures' | 'snapshot' | 'database';

const MAX_SHOWN = 10;

/**
 * Rows that cannot be used. The message has a line for each of the first ten findings, with the collection and a JSON
 * pointer to the row and field; `findings` has the first hundred. Neither contains API keys.
 */
export class FixtureError extends Error {
  override readonly name = 'FixtureError';
  readonly findings: readonly FixtureFinding[];

  constructor(findings: readonly FixtureFinding[], origin: FixtureOrigin) {
    const located = origin === 'packaged' ? findings.map(withFile) : findings;
    const safe = located.map(withoutApiKeys);
    const lines = safe.slice(0, MAX_SHOWN).map((finding) => toLine(finding, origin));
    if (safe.length > MAX_SHOWN) lines.push(`… and ${safe.length - MAX_SHOWN} more.`);
    super(lines.join('\n'));
    this.findings = safe;
  }
}

function withFile(finding: FixtureFinding): FixtureFinding {
  return { ...finding, file: fixtureFile(finding.collection) };
}

function toLine({ collection, file, pointer, detail }: FixtureFinding, origin: FixtureOrigin): string {
  const place = file === undefined ? [origin, collection].filter(Boolean).join('.') : `fixtures/${file}`;
  return withoutControls(`${place}${pointer === '' ? '' : `#${pointer}`}: ${detail}`);
}

/** API keys must not reach an error, not even made-up ones. */
function withoutApiKeys({ collection, pointer, detail, ...rest }: FixtureFinding): FixtureFinding {
  return {
    ...rest,
    collection: withoutSecrets(collection),
    pointer: withoutSecrets(pointer),
    detail: withoutSecrets(detail),
  };
}
