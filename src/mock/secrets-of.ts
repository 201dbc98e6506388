import type { Reads } from '../database/reads.ts';
import type { PersonalApiKey } from '../database/rows/types.ts';
import { memoize } from '../memoize.ts';
import { Secrets } from '../text/secrets.ts';

/** The secrets of a mock, by the keys that its rows have at present. Cheap: every request asks. */
export function secretsOf(reads: Reads): Secrets {
  return ofKeys(reads)(reads.keys());
}

/** The same, and the credentials of a request. */
export function secretsWith(reads: Reads, credentials: readonly string[]): Secrets {
  if (credentials.length === 0) return secretsOf(reads);
  const keys = reads.keys();
  return new Secrets(() => [...keysToHide(reads, keys), ...credentials]);
}

const ofKeys = memoize((reads: Reads) =>
  // The array is another one after a write.
  memoize((keys: readonly PersonalApiKey[]) => new Secrets(() => keysToHide(reads, keys))),
);

function keysToHide({ isPackagedKey }: Reads, keys: readonly PersonalApiKey[]): readonly string[] {
  return keys.map(({ value }) => value).filter((value) => !isPackagedKey(value));
}
