import { distance } from 'fastest-levenshtein';
import type { RoutingRules } from './router.ts';
import { readSegmentTemplate } from './segment-template.ts';

/** A segment of a request paired with a segment of a path template; one of them may be missing. */
export interface Step {
  /** `null`: the request lacks this segment. Empty: the request has a double slash here. */
  readonly given: string | null;
  /** `null`: the template lacks this segment. */
  readonly wanted: string | null;
  /** From 0 (they match) to 1. */
  readonly cost: number;
}

export interface Alignment {
  /** The sum of the costs of all steps. */
  readonly cost: number;
  readonly steps: readonly Step[];
}

/** The cost of mistaking one segment for another, from 0 (they match) to 1. */
export type SegmentCost = (given: string, wanted: string) => number;

/** Finds the cheapest way to turn the segments of a request into those of a template, as an edit distance does. */
export function alignPath(
  given: readonly string[],
  wanted: readonly string[],
  costOf: SegmentCost,
): Alignment {
  let above: Cell[] = [START];
  for (const segment of wanted) above.push(extend(above.at(-1), missingStep(segment)));
  for (const segment of given) {
    const surplus: Step = { given: segment, wanted: null, cost: segment === '' ? DOUBLE_SLASH_COST : 1 };
    const row: Cell[] = [extend(above[0], surplus)];
    for (const [index, template] of wanted.entries()) {
      row.push(
        pickCheapest(
          extend(above[index], { given: segment, wanted: template, cost: costOf(segment, template) }),
          extend(above[index + 1], surplus),
          extend(row[index], missingStep(template)),
        ),
      );
    }
    above = row;
  }
  const end = above.at(-1) ?? START;
  return { cost: end.cost, steps: traceSteps(end) };
}

/** A lower bound for the cost of an alignment, from the number of segments alone. */
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
    const cost = known.get(pair) ?? computeCost(given, wanted, rules);
    known.set(pair, cost);
    return cost;
  };
}

/** Whether a segment of a template is a parameter as a whole: `{id}`, but not `{id}.csv`. */
export function isParameter(segment: string): boolean {
  return /^\{[^{}]+\}$/.test(segment);
}

/** A double slash is a smaller mistake than a surplus segment. */
const DOUBLE_SLASH_COST = 0.25;

/** People forget a parameter more easily than a fixed segment. */
const MISSING_PARAMETER_COST = 0.9;

function missingStep(wanted: string): Step {
  return { given: null, wanted, cost: isParameter(wanted) ? MISSING_PARAMETER_COST : 1 };
}

/** Longer segments are cut, to bound the work. */
const MAX_COMPARED_LENGTH = 60;

function computeCost(given: string, wanted: string, rules: RoutingRules): number {
  if (readSegmentTemplate(wanted, rules.allowsDots)?.match(given)) return 0;
  if (isParameter(wanted)) return given === '' ? 1 : 0.5;
  const [a, b] = [given.slice(0, MAX_COMPARED_LENGTH), wanted.slice(0, MAX_COMPARED_LENGTH)];
  return 0.3 + (0.7 * distance(a, b)) / Math.max(a.length, b.length);
}

interface Cell {
  readonly cost: number;
  readonly last: { readonly step: Step; readonly before: Cell } | null;
}

const START: Cell = { cost: 0, last: null };

function extend(before: Cell = START, step: Step): Cell {
  return { cost: before.cost + step.cost, last: { step, before } };
}

function pickCheapest(first: Cell, ...others: readonly Cell[]): Cell {
  return others.reduce((best, other) => (other.cost < best.cost ? other : best), first);
}

function traceSteps(end: Cell): Step[] {
  const steps: Step[] = [];
  for (let { last } = end; last !== null; last = last.before.last) steps.push(last.step);
  return steps.reverse();
}
