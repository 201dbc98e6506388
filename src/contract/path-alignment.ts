import { distance } from 'fastest-levenshtein';
import { type RoutingRules, segmentPattern } from './router.ts';

/** A step from the segments of a request to those of a path template. */
export interface Step {
  /** `null`: the request lacks the segment. Empty: the request has a double slash here. */
  readonly given: string | null;
  /** `null`: the template has no such segment. */
  readonly wanted: string | null;
  /** 0 where the two agree. */
  readonly cost: number;
}

export interface Alignment {
  /** The number of segments that differ, those that nearly agree counting less than one. */
  readonly cost: number;
  readonly steps: readonly Step[];
}

/** What it costs to take one segment for another, between 0 (they agree) and 1. */
export type SegmentCost = (given: string, wanted: string) => number;

/** The cheapest way to turn the segments of a request into those of a template: replace, drop or add some. */
export function alignPath(
  given: readonly string[],
  wanted: readonly string[],
  costOf: SegmentCost,
): Alignment {
  let above: Cell[] = [START];
  for (const segment of wanted) above.push(next(above.at(-1), missing(segment)));
  for (const segment of given) {
    const surplus: Step = { given: segment, wanted: null, cost: segment === '' ? DOUBLE_SLASH_COST : 1 };
    const row: Cell[] = [next(above[0], surplus)];
    for (const [index, template] of wanted.entries()) {
      row.push(
        cheapest(
          next(above[index], { given: segment, wanted: template, cost: costOf(segment, template) }),
          next(above[index + 1], surplus),
          next(row[index], missing(template)),
        ),
      );
    }
    above = row;
  }
  const end = above.at(-1) ?? START;
  return { cost: end.cost, steps: stepsTo(end) };
}

/** What an alignment costs at least, told from the number of segments alone. */
export function leastCost(given: readonly string[], wanted: readonly string[]): number {
  const named = given.filter((segment) => segment !== '').length;
  return Math.max(0, named - wanted.length, (wanted.length - given.length) * MISSING_PARAMETER_COST);
}

/** Segment costs that are computed once for a pair: the templates of a contract have much in common. */
export function createSegmentCost(rules: RoutingRules): SegmentCost {
  const known = new Map<string, number>();
  return (given, wanted) => {
    if (given === wanted) return 0;
    const pair = `${given}\n${wanted}`;
    const cost = known.get(pair) ?? segmentCost(given, wanted, rules);
    known.set(pair, cost);
    return cost;
  };
}

/** Whether a segment of a template is one parameter and nothing else. */
export function isParameter(segment: string): boolean {
  return /^\{[^{}]+\}$/.test(segment);
}

/** A doubled slash is a slip of the pen; a segment too many is more than that. */
const DOUBLE_SLASH_COST = 0.25;

/** A parameter is left out more readily than what stands around it. */
const MISSING_PARAMETER_COST = 0.9;

function missing(wanted: string): Step {
  return { given: null, wanted, cost: isParameter(wanted) ? MISSING_PARAMETER_COST : 1 };
}

/** Longer segments are cut: nobody mistypes that much. */
const MAX_COMPARED_LENGTH = 60;

function segmentCost(given: string, wanted: string, rules: RoutingRules): number {
  if (wanted.includes('{') && segmentPattern(wanted, rules).test(given)) return 0;
  if (isParameter(wanted)) return given === '' ? 1 : 0.5;
  const [a, b] = [given.slice(0, MAX_COMPARED_LENGTH), wanted.slice(0, MAX_COMPARED_LENGTH)];
  return 0.3 + (0.7 * distance(a, b)) / Math.max(a.length, b.length);
}

interface Cell {
  readonly cost: number;
  readonly last: { readonly step: Step; readonly before: Cell } | null;
}

const START: Cell = { cost: 0, last: null };

function next(before: Cell = START, step: Step): Cell {
  return { cost: before.cost + step.cost, last: { step, before } };
}

function cheapest(first: Cell, ...others: readonly Cell[]): Cell {
  return others.reduce((best, other) => (other.cost < best.cost ? other : best), first);
}

function stepsTo(end: Cell): Step[] {
  const steps: Step[] = [];
  for (let { last } = end; last !== null; last = last.before.last) steps.push(last.step);
  return steps.reverse();
}
