/** How much of a contract was answered: plain JSON, fit for a file. */
export interface Coverage {
  readonly version: 1;
  /** Every operation of the contract, in document order. */
  readonly operations: readonly OperationCoverage[];
  readonly totals: CoverageTotals;
}

/** How much of each kind of thing was covered, over all operations. */
export type CoverageTotals = { readonly [Kind in CoverageKind]: CoverageTotal };

export type CoverageKind = 'operations' | 'statuses' | 'scenarios' | 'parameters';

export interface CoverageTotal {
  readonly covered: number;
  readonly total: number;
}

/** How often an operation was answered. Problems of the mock itself, and requests with another method, do not count. */
export interface OperationCoverage {
  readonly id: string;
  /** In upper case. */
  readonly method: string;
  /** The path template, as the document writes it. */
  readonly path: string;
  /** Broken connections and timeouts included. */
  readonly count: number;
  /** As documented: `200`, `4XX` or `default`. */
  readonly statuses: readonly StatusCount<string>[];
  /** Statuses that the contract does not have for the operation, in ascending order. */
  readonly undocumented: readonly StatusCount<number>[];
  /** `ok` first. A scenario that has a count of 0 is dead: nothing has used it. */
  readonly scenarios: readonly { readonly name: string; readonly count: number }[];
  /** The documented parameters in query, headers and cookies. One in the path is used whenever the operation is. */
  readonly parameters: readonly ParameterCount[];
}

interface StatusCount<Status> {
  readonly status: Status;
  readonly count: number;
}

export interface ParameterCount {
  /** `query`, `header` or `cookie`. */
  readonly in: string;
  readonly name: string;
  /** In how many requests it was. */
  readonly count: number;
}

export const COVERAGE_KINDS = ['operations', 'statuses', 'scenarios', 'parameters'] as const;

/** The coverage of operations, with its totals. */
export function toCoverage(operations: readonly OperationCoverage[]): Coverage {
  return {
    version: 1,
    operations,
    totals: {
      operations: totalOf(operations),
      statuses: totalOf(operations.flatMap(({ statuses }) => statuses)),
      scenarios: totalOf(operations.flatMap(({ scenarios }) => scenarios)),
      parameters: totalOf(operations.flatMap(({ parameters }) => parameters)),
    },
  };
}

/** How many of them were counted at all. */
export function totalOf(counted: readonly { readonly count: number }[]): CoverageTotal {
  return { covered: counted.filter(({ count }) => count > 0).length, total: counted.length };
}
