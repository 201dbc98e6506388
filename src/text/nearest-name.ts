import { closest, distance } from 'fastest-levenshtein';
import { shownFew, shownText } from './shown.ts';

/** Longer names are cut, to bound the work. */
const MAX_COMPARED_LENGTH = 100;
/** Of more names than a message shows, it shows these, the nearest ones. */
const MAX_NEAREST_NAMES = 8;

/** Of a list in a message: a contract may have hundreds of operations. */
export const MAX_NAMES_SHOWN = 40;

/**
 * Says that a name does not exist, which one was probably meant, and which there are: of many, those nearest to it.
 *
 * ```ts
 * // There is no filter "limt". Did you mean "limit"? The filters are: status, limit.
 * noSuchName('There is no filter', 'limt', ['status', 'limit'], 'The filters are');
 * ```
 */
export function noSuchName(none: string, name: string, known: readonly string[], list: string): string {
  return `${none} "${shownText(name)}".${didYouMean(name, known)} ${list}: ${listNames(name, known)}.`;
}

/** Names for a message: all of them, or of many the nearest to a name and how many more there are. */
function listNames(name: string, known: readonly string[]): string {
  if (known.length <= MAX_NAMES_SHOWN) return shownFew(known, MAX_NAMES_SHOWN);
  const given = name.slice(0, MAX_COMPARED_LENGTH);
  const shown = known
    .map((one) => ({ one, far: distance(given, one.slice(0, MAX_COMPARED_LENGTH)) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, MAX_NEAREST_NAMES)
    .map(({ one }) => shownText(one));
  return `${shown.join(', ')} and ${known.length - shown.length} more`;
}

/** ` Did you mean "…"?` when one of the known names is near, else `otherwise`. */
export function didYouMean(name: string, known: readonly string[], otherwise = ''): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? otherwise : ` Did you mean "${nearest}"?`;
}

/** The name that was probably meant: the closest one in any case, if at most a third of its letters (or one) differ. */
function nearestName(name: string, known: readonly string[]): string | undefined {
  const given = name.slice(0, MAX_COMPARED_LENGTH).toLowerCase();
  if (given === '' || known.length === 0) return undefined;
  const names = known.map((one) => one.toLowerCase());
  const nearest = closest(given, names);
  const isNear = distance(given, nearest) <= Math.max(1, given.length / 3);
  return isNear ? known[names.indexOf(nearest)] : undefined;
}
