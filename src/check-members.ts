import { isObject } from './json.ts';
import { didYouMean } from './text/nearest-name.ts';
import { shown, shownText } from './text/shown.ts';
import { UsageTypeError } from './usage-error.ts';

/** What the members of an object are called, as one and as many. */
type MemberWords = readonly [one: string, many: string];

export const OPTIONS: MemberWords = ['option', 'options'];

/**
 * Refuses what a caller without types may get wrong: a name that nobody reads would be ignored in silence.
 * @throws {UsageTypeError} when `given` is no object, or has a member that does not exist, listing those that do.
 */
export function checkMembers(
  owner: string,
  [one, many]: MemberWords,
  given: unknown,
  known: readonly string[],
): void {
  if (!isObject(given)) {
    throw new UsageTypeError(`${owner} takes an object of ${many}; found ${shown(given)}.`);
  }
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UsageTypeError(
    `${owner} has no ${one} "${shownText(unknown)}".${didYouMean(unknown, known)} The ${many} are: ${known.join(', ')}.`,
  );
}
