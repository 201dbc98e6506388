import { closest, distance } from 'fastest-levenshtein';

/** Nobody means a longer name, and comparing costs time. */
const MAX_LENGTH = 100;

/** ` Did you mean "…"?`, where one of the names is near; else what is to be said instead. */
export function didYouMean(name: string, known: readonly string[], otherwise = ''): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? otherwise : ` Did you mean "${nearest}"?`;
}

/** The name that was probably meant: one that differs in no more than a third of its letters, or in one. */
function nearestName(name: string, known: readonly string[]): string | undefined {
  const given = name.slice(0, MAX_LENGTH);
  if (given === '' || known.length === 0) return undefined;
  const nearest = closest(given, known);
  return distance(given, nearest) <= Math.max(1, given.length / 3) ? nearest : undefined;
}
