import { memoize } from '../memoize.ts';
import { cut, printable } from '../text/printable.ts';
import { shownText } from '../text/shown.ts';
import { type Contract, type Operation, servedPathOf } from './contract.ts';
import { alignPath, createSegmentCost, isParameter, leastCost, type Step } from './path-alignment.ts';
import { matchesPins, pathKeyOf, pinText } from './path-key.ts';
import { PLAIN_ROUTING, type Router, type RoutingRules, segmentsOf, withoutFormatSuffix } from './router.ts';

/** The operation nearest to a request that matches none. */
export interface NearMiss {
  readonly operation: Operation;
  /** The path template below the nearest base path of the servers. */
  readonly path: string;
  /** How the request differs from it, in printable ASCII; may be empty. */
  readonly differences: readonly string[];
}

const MAX_ROUTES_SHOWN = 5;
const MAX_HINT_LENGTH = 1000;

/**
 * Explains why no operation matches a request, in one line of printable ASCII that fits a header.
 *
 * @param path percent-encoded, without the query.
 * @param query percent-encoded, without the question mark.
 */
export function explainMiss(router: Router, method: string, path: string, query = ''): string {
  const nearest = nearestOperation(router, method, path, query);
  return nearest ? hintOf(nearest) : toHint(nothingNearHint(router.contract, method, path));
}

/** What a near miss differs in, in one line of printable ASCII that fits a header. */
export function hintOf({ operation, path, differences }: NearMiss): string {
  const nearest = `Nearest operation: ${operation.method} ${path}.`;
  return toHint(
    differences.length > 0 ? `${nearest} Differs: ${differences.join('; ')}.` : `${nearest} Nothing differs.`,
  );
}

function toHint(text: string): string {
  return cut(printable(text), MAX_HINT_LENGTH);
}

/** The operation that a request was probably meant for; `null` when less than half of the segments agree with any. */
export function nearestOperation(router: Router, method: string, path: string, query = ''): NearMiss | null {
  const { contract, rules } = router;
  const below = matchBelowBase(router, method, path, query);
  if (below) return below;
  const given = givenSegments(path, rules);
  const costOf = createSegmentCost(rules);
  let best: Candidate | undefined;
  for (const operation of contract.operations) {
    const reluctance = methodCost(operation, method);
    for (const basePath of operation.basePaths) {
      const base = segmentsOf(basePath, PLAIN_ROUTING);
      const wanted = [...base, ...templateSegmentsOf(operation)];
      const limit = Math.min(wanted.length / 2, (best?.cost ?? Number.POSITIVE_INFINITY) - reluctance);
      if (leastCost(given, wanted) > limit) continue;
      const { cost, steps } = alignPath(given, wanted, costOf);
      if (cost > wanted.length / 2) continue;
      if (best && cost + reluctance >= best.cost) continue;
      best = { operation, basePath, baseLength: base.length, steps, cost: cost + reluctance };
    }
  }
  if (!best) return null;
  const differences = [
    ...pathDifferences(best, rules),
    ...slashDifferences(best.operation, path, rules),
    ...pinDifferences(best.operation, query),
    ...methodDifferences(best.operation, method),
  ];
  const { operation, basePath } = best;
  return { operation, path: basePath + operation.path, differences: differences.map(printable) };
}

/** Of distinct base paths that a request is tried below. */
const MAX_BASE_PATHS = 20;

/** The operation that a request would match if its path began with a base path of the contract. */
function matchBelowBase(router: Router, method: string, path: string, query: string): NearMiss | null {
  if (path.length > MAX_PATH_LENGTH) return null;
  for (const basePath of basePathsOf(router.contract)) {
    const operation = router.match(method, basePath + path, query)?.operation;
    // Templates of parameters alone match everything.
    if (!operation || templateSegmentsOf(operation).every(isParameter)) continue;
    const differences = [`base path "${basePath}" is missing`, ...methodDifferences(operation, method)];
    return { operation, path: basePath + operation.path, differences: differences.map(printable) };
  }
  return null;
}

const basePathsOf = memoize(({ operations }: Contract): readonly string[] => {
  const distinct = new Set(operations.flatMap(({ basePaths }) => basePaths));
  return [...distinct].filter((basePath) => basePath !== '').slice(0, MAX_BASE_PATHS);
});

const templateSegmentsOf = memoize((operation: Operation): readonly string[] =>
  segmentsOf(pathKeyOf(operation).template, PLAIN_ROUTING),
);

interface Candidate {
  readonly operation: Operation;
  readonly basePath: string;
  /** How many segments of the template belong to the base path. */
  readonly baseLength: number;
  readonly steps: readonly Step[];
  readonly cost: number;
}

/** Nobody types more than this by mistake, and a hostile path must not cost more. */
const MAX_PATH_LENGTH = 2000;
const MAX_SEGMENTS = 40;

function givenSegments(path: string, { takesFormatSuffix }: RoutingRules): readonly string[] {
  const segments = segmentsOf(path.slice(0, MAX_PATH_LENGTH), PLAIN_ROUTING);
  const single = segments.filter((segment, index) => segment !== '' || segments[index - 1] !== '');
  const bare = takesFormatSuffix ? withoutFormatSuffix(single)?.segments : undefined;
  return (bare ?? single).slice(0, MAX_SEGMENTS);
}

/** Breaks ties between operations of the same path. */
function methodCost(operation: Operation, method: string): number {
  if (operation.method === method) return 0;
  return methodsOf(operation).includes(method) ? 0.01 : 0.02;
}

function methodsOf({ allow }: Operation): readonly string[] {
  return allow.split(', ');
}

function methodDifferences(operation: Operation, method: string): string[] {
  const isAllowed = methodsOf(operation).includes(method);
  return isAllowed ? [] : [`method ${shownText(method)} where the contract has ${operation.allow}`];
}

function slashDifferences(operation: Operation, path: string, rules: RoutingRules): string[] {
  const wanted = pathKeyOf(operation).template;
  if (rules.ignoresTrailingSlash || wanted.endsWith('/') === path.endsWith('/')) return [];
  return [`${path.endsWith('/') ? 'surplus' : 'missing'} slash at the end`];
}

function pinDifferences(operation: Operation, query: string): string[] {
  const sent = new URLSearchParams(query);
  const missing = pathKeyOf(operation).pins.filter((pin) => !matchesPins([pin], sent));
  return missing.length === 0 ? [] : [`the query lacks "${missing.map(pinText).join('&')}"`];
}

function pathDifferences({ steps, baseLength }: Candidate, rules: RoutingRules): string[] {
  const differences: string[] = [];
  let position = 0;
  let before: string | null = null;
  const start = baseEnd(steps, baseLength);
  const base = baseDifference(steps.slice(0, start));
  if (base !== null) differences.push(base);
  for (const [index, step] of steps.entries()) {
    const { given } = step;
    if (given) position += 1;
    const isPart = index >= start || given === '';
    if (isPart && step.cost > 0) differences.push(stepDifference(step, position, before, rules));
    if (given) before = given;
  }
  return differences;
}

/** The index of the first step that is not part of the base path. */
function baseEnd(steps: readonly Step[], baseLength: number): number {
  let wanted = 0;
  const end = steps.findIndex((step) => step.wanted !== null && ++wanted > baseLength);
  return end < 0 ? steps.length : end;
}

function baseDifference(steps: readonly Step[]): string | null {
  if (steps.every(({ given, cost }) => given === '' || cost === 0)) return null;
  const given = steps.flatMap((step) => (step.given ? `/${step.given}` : [])).join('');
  const wanted = steps.flatMap((step) => (step.wanted === null ? [] : `/${step.wanted}`)).join('');
  if (given === '') return `base path "${wanted}" is missing`;
  return wanted === ''
    ? `base path "${shownText(given)}" where the contract has none`
    : `base path "${shownText(given)}" where the contract has "${wanted}"`;
}

function stepDifference(
  { given, wanted }: Step,
  position: number,
  before: string | null,
  { allowsDots }: RoutingRules,
): string {
  const place = before === null ? 'at the start' : `after "${shownText(before)}"`;
  if (wanted === null)
    return given ? `surplus segment "${shownText(given)}" ${place}` : `double slash ${place}`;
  if (given === null) return `${quoted(wanted)} is missing ${place}`;
  if (given === '') return `${quoted(wanted)} is empty`;
  return isParameter(wanted)
    ? `${wanted} is "${shownText(given)}", but a parameter may contain ${allowsDots ? 'no slash' : 'neither dot nor slash'}`
    : `segment ${position} is "${shownText(given)}" where the contract has "${wanted}"`;
}

function quoted(wanted: string): string {
  return isParameter(wanted) ? wanted : `"${wanted}"`;
}

function nothingNearHint({ operations }: Contract, method: string, path: string): string {
  const routes = operations
    .slice(0, MAX_ROUTES_SHOWN)
    .map((operation) => `${operation.method} ${servedPathOf(operation)}`);
  const others = operations.length - routes.length;
  const more = others > 0 ? ` and ${others} more` : '';
  const asked = `${shownText(method)} ${shownText(path.slice(0, MAX_PATH_LENGTH))}`;
  return `Nothing is near ${asked}. The contract has: ${routes.join(', ')}${more}.`;
}
