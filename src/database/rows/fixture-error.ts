import { withoutSecrets } from '../../text/secrets.ts';

/** One thing that is wrong in a fixture. */
export interface FixtureFinding {
  /** Empty where what was given is no object of collections. */
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

/** Where the rows came from, as the message names it. */
export type FixtureOrigin = 'fixtures' | 'snapshot' | 'database';

const MAX_SHOWN = 10;

/** Rows cannot be used; the message names the collection, the row and the field of every finding. */
export class FixtureError extends Error {
  override readonly name = 'FixtureError';
  readonly findings: readonly FixtureFinding[];

  constructor(findings: readonly FixtureFinding[], origin: FixtureOrigin) {
    const safe = findings.map(withoutApiKeys);
    const lines = safe.slice(0, MAX_SHOWN).map((finding) => sentence(finding, origin));
    if (safe.length > MAX_SHOWN) lines.push(`… and ${safe.length - MAX_SHOWN} more.`);
    super(lines.join('\n'));
    this.findings = safe;
  }
}

function sentence({ collection, file, pointer, detail }: FixtureFinding, origin: FixtureOrigin): string {
  const place = file === undefined ? [origin, collection].filter(Boolean).join('.') : `fixtures/${file}`;
  return `${place}${pointer === '' ? '' : `#${pointer}`}: ${detail}`;
}

/** An API key never reaches an error, not even one that was made up for a test. */
function withoutApiKeys({ collection, pointer, detail, ...rest }: FixtureFinding): FixtureFinding {
  return {
    ...rest,
    collection: withoutSecrets(collection),
    pointer: withoutSecrets(pointer),
    detail: withoutSecrets(detail),
  };
}
