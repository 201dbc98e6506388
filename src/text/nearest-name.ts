import { closest, distance } from 'fastest-levenshtein';

/** Longer names are cut, to bound the work. */
const MAX_COMPARED_LENGTH = 100;

/** ` Did you mean "…"?` when one of the known names is near, else `otherwise`. */
export function didYouMean(name: string, known: readonly string[], otherwise = ''): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? otherwise : ` Did you mean "${nearest}"?`;
}

/** The name that was probably meant: the closest one, if at most a third of its letters (or one) differ. */
function nearestName(name: string, known: readonly string[]): string | undefined {
  const given = name.slice(0, MAX_COMPARED_LENGTH);
  if (given === '' || known.length === 0) return undefined;
  const nearest = closest(given, known);
  return distance(given, nearest) <= Math.max(1, given.length / 3) ? nearest : undefined;
}
