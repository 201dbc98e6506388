import { distance } from 'fastest-levenshtein';
import type { Contract, Operation } from './contract.ts';
import { decodePath, segmentsOf } from './router.ts';

/** The operation that comes nearest to a request which matches none. */
export interface NearMiss {
  readonly operation: Operation;
  /** What would have to change, each as a sentence. */
  readonly differences: readonly string[];
}

/** Why no operation matches a request, in one line of printable ASCII that a header can carry. */
export function explainMiss(contract: Contract, method: string, path: string): string {
  const nearest = nearestOperation(contract, path);
  if (nearest) {
    const { operation, differences } = nearest;
    const { method: known, path: template } = operation;
    return printable(`Nearest operation: ${known} ${template}. ${differences.join('; ')}.`);
  }
  const routes = contract.operations.map((operation) => `${operation.method} ${operation.path}`);
  const others = routes.length - ROUTES_SHOWN;
  const more = others > 0 ? ` and ${others} more` : '';
  return printable(
    `Nothing is near ${method} ${shown(path)}. The contract has: ${routes.slice(0, ROUTES_SHOWN).join(', ')}${more}.`,
  );
}

/** `null` when fewer than half of the segments agree with any operation. */
export function nearestOperation({ operations }: Contract, path: string): NearMiss | null {
  const segments = segmentsOf(decodePath(path)).slice(0, MOST_SEGMENTS);
  let best:
    | { readonly alignment: Alignment; readonly operation: Operation; readonly base: string }
    | undefined;
  for (const operation of operations) {
    for (const base of operation.basePaths) {
      const alignment = align(segments, segmentsOf(base + operation.path));
      if (!best || alignment.cost < best.alignment.cost) best = { alignment, operation, base };
    }
  }
  if (!best) return null;
  const { operation, base, alignment } = best;
  const length = segmentsOf(base + operation.path).length;
  return alignment.cost * 2 > length ? null : { operation, differences: alignment.differences };
}

const ROUTES_SHOWN = 5;
/** Longer paths and segments are cut: nobody mistypes that much. */
const MOST_SEGMENTS = 40;
const LONGEST_SEGMENT = 60;

interface Alignment {
  /** The number of segments that differ, those that nearly agree counting less than one. */
  readonly cost: number;
  readonly differences: readonly string[];
}

const NOTHING: Alignment = { cost: 0, differences: [] };

/** The cheapest way to turn the segments of a request into those of a template: replace, drop or add some. */
function align(segments: readonly string[], template: readonly string[]): Alignment {
  let above: Alignment[] = [NOTHING];
  for (const wanted of template) above.push(add(above.at(-1), MISSING_COST, `"${wanted}" is missing`));
  for (const segment of segments) {
    const row: Alignment[] = [add(above[0], surplusCost(segment), surplus(segment))];
    for (const [index, wanted] of template.entries()) {
      row.push(
        cheapest(
          replace(above[index], segment, wanted),
          add(above[index + 1], surplusCost(segment), surplus(segment)),
          add(row[index], MISSING_COST, `"${wanted}" is missing`),
        ),
      );
    }
    above = row;
  }
  return above.at(-1) ?? NOTHING;
}

const MISSING_COST = 1;

/** A doubled slash is a slip of the pen; a segment too many is more than that. */
function surplusCost(segment: string): number {
  return segment === '' ? 0.25 : 1;
}

function surplus(segment: string): string {
  return segment === '' ? 'there is a double slash' : `"${shown(segment)}" is too much`;
}

function replace(before: Alignment | undefined, segment: string, wanted: string): Alignment {
  if (wanted.includes('{')) {
    if (segment === '') return add(before, 1, `${wanted} is empty`);
    return segment.includes('.')
      ? add(before, 0.5, `${wanted} is "${shown(segment)}", which has a dot in it`)
      : add(before, 0);
  }
  if (segment === wanted) return add(before, 0);
  const cut = segment.slice(0, LONGEST_SEGMENT);
  const likeness = distance(cut, wanted) / Math.max(cut.length, wanted.length);
  return add(before, 0.3 + 0.7 * likeness, `"${shown(segment)}" should be "${wanted}"`);
}

function add(before: Alignment | undefined, cost: number, difference?: string): Alignment {
  const { cost: sum, differences } = before ?? NOTHING;
  return { cost: sum + cost, differences: difference ? [...differences, difference] : differences };
}

function cheapest(first: Alignment, ...others: readonly Alignment[]): Alignment {
  return others.reduce((best, other) => (other.cost < best.cost ? other : best), first);
}

/** Somebody may have put a key into the path. */
function shown(text: string): string {
  const cut = text.length > LONGEST_SEGMENT ? `${text.slice(0, LONGEST_SEGMENT)}...` : text;
  return cut.replaceAll(/ph[cxs]_[\w-]*/gi, (key) => `${key.slice(0, 4)}...`);
}

function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/gu, (character) =>
    encodeURIComponent(character.replace(/\p{Surrogate}/u, '\ufffd')),
  );
}
