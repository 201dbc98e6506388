import { isObject } from './json.ts';
import { noSuchName } from './text/nearest-name.ts';
import { shown } from './text/shown.ts';
import { UsageTypeError } from './usage-error.ts';

/** What members of an object are called in a message, in the singular and in the plural. */
type MemberWords = readonly [singular: string, plural: string];

export const OPTIONS: MemberWords = ['option', 'options'];

/**
 * Checks the options of callers without types, whose misspelt names would be ignored silently.
 *
 * @param owner the function that takes the options, as messages name it.
 * @throws {UsageTypeError} when `given` is not an object or has an unknown member; the message lists the known ones.
 */
export function checkMembers(
  owner: string,
  [singular, plural]: MemberWords,
  given: unknown,
  known: readonly string[],
): void {
  if (!isObject(given)) {
    throw new UsageTypeError(`${owner} takes an object of ${plural}; found ${shown(given)}.`);
  }
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UsageTypeError(noSuchName(`${owner} has no ${singular}`, unknown, known, `The ${plural} are`));
}
