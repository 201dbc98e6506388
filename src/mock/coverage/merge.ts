import { type Coverage, type OperationCoverage, toCoverage } from './coverage.ts';

/**
 * Adds up the coverage of several mocks, as of the workers of a test run: the same as if one mock had answered
 * everything. An operation that only some of them have, as after a change of the contract, counts as well.
 *
 * ```ts
 * const all = mergeCoverage(files.map((file) => JSON.parse(readFileSync(file, 'utf8'))));
 * ```
 */
export function mergeCoverage(all: readonly Coverage[]): Coverage {
  const operations = all.flatMap((coverage) => coverage.operations);
  return toCoverage(groupsOf(operations, ({ id }) => id).map(addUp));
}

function addUp(same: Group<OperationCoverage>): OperationCoverage {
  const [{ id, method, path }] = same;
  return {
    id,
    method,
    path,
    count: sumOf(same),
    statuses: sumUp(
      same.flatMap(({ statuses }) => statuses),
      ({ status }) => status,
    ),
    undocumented: sumUp(
      same.flatMap(({ undocumented }) => undocumented),
      ({ status }) => status,
    ).toSorted((a, b) => a.status - b.status),
    scenarios: sumUp(
      same.flatMap(({ scenarios }) => scenarios),
      ({ name }) => name,
    ),
    parameters: sumUp(
      same.flatMap(({ parameters }) => parameters),
      (parameter) => `${parameter.in} ${parameter.name}`,
    ),
  };
}

function sumUp<T extends Counted>(counted: readonly T[], keyOf: (one: T) => unknown): readonly T[] {
  return groupsOf(counted, keyOf).map((same) => ({ ...same[0], count: sumOf(same) }));
}

function sumOf(counted: readonly Counted[]): number {
  return counted.reduce((sum, { count }) => sum + count, 0);
}

interface Counted {
  readonly count: number;
}

type Group<T> = readonly [T, ...T[]];

/** In the order in which their keys first appear. */
function groupsOf<T>(items: readonly T[], keyOf: (item: T) => unknown): readonly Group<T>[] {
  const groups = new Map<unknown, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}
