import { closest, distance } from 'fastest-levenshtein';

/** No name that is meant is longer, and comparing costs time. */
const LONGEST = 100;

/** The name that was probably meant: one that differs in no more than a third of its letters, or in one. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const given = name.slice(0, LONGEST);
  if (given === '' || known.length === 0) return undefined;
  const nearest = closest(given, known);
  return distance(given, nearest) <= Math.max(1, given.length / 3) ? nearest : undefined;
}
