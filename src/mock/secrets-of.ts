import type { Reads } from '../database/reads.ts';
import type { PersonalApiKey } from '../database/rows/types.ts';
import { memoize } from '../memoize.ts';
import { Secrets } from '../text/secrets.ts';

/** The secrets of a mock, by the keys that its rows have at present. Cheap: every request asks. */
export function secretsOf(reads: Reads): Secrets {
  return ofKeys(reads)(reads.keys());
}

const ofKeys = memoize(({ isPackagedKey }: Reads) =>
  // The array is another one after a write.
  memoize((keys: readonly PersonalApiKey[]) => {
    const values = () => keys.map(({ value }) => value).filter((value) => !isPackagedKey(value));
    return new Secrets(values);
  }),
);
