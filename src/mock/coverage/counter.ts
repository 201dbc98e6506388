import type { HttpRequest } from '../../contract/message.ts';
import type { Budget } from '../budget.ts';
import type { Catalogue } from '../scenarios/catalogue.ts';
import { type Coverage, type OperationCoverage, toCoverage } from './coverage.ts';
import type { CoverageLayout, CoverageLayouts } from './layout.ts';

/** Counts the answers of a mock and of its sessions. A reset keeps the counts. */
export interface CoverageCounter {
  count(answered: Answered): void;
  coverage(): Coverage;
  clear(): void;
  /** Goes on with another contract. What was counted stays, as far as the contract still has it. */
  reload(of: CountedContract): void;
  /** Makes it share a number of bytes with other mocks. Without room, it counts no more operations; its parent does. */
  share(budget: Budget): void;
  /** Gives its bytes back. What was counted can still be read. */
  dispose(): void;
}

/** An answer of the API, forced or not, for an operation. */
export interface Answered {
  /** The id of the operation. */
  readonly operation: string;
  /** `null`: there was no response. */
  readonly status: number | null;
  readonly scenario: string;
  readonly request: HttpRequest;
}

export interface CountedContract {
  readonly catalogue: Catalogue;
  readonly layouts: CoverageLayouts;
}

/** Different undocumented statuses listed per operation; an answer with yet another one counts only as an answer. */
export const MAX_UNDOCUMENTED_STATUSES = 20;
/** Of the numbers of an operation, by estimate. */
const BYTES_OF_COUNTS = 400;
const BYTES_OF_NUMBER = 8;

/** @param parent of the mock that it is a session of; `null`: it is none. */
export function createCoverageCounter(
  contract: CountedContract,
  parent: CoverageCounter | null,
): CoverageCounter {
  let { catalogue, layouts } = contract;
  let counted = new Map<string, Counts>();
  let budget: Budget | null = null;
  let bytes = 0;
  const take = (more: number): void => {
    bytes += more;
    budget?.add(more);
  };
  const open = (id: string): Counts | undefined => {
    const operation = catalogue.operations.get(id);
    if (!operation || budget?.isExceeded) return undefined;
    const counts = emptyCounts(layouts(operation));
    counted.set(id, counts);
    take(bytesOf(counts));
    return counts;
  };
  const countsOf = (id: string): Counts | undefined => counted.get(id) ?? open(id);
  const clear = (): void => {
    counted = new Map();
    take(-bytes);
  };
  const coverage = (): Coverage =>
    toCoverage(
      [...catalogue.operations.values()].map((operation) =>
        describe(counted.get(operation.id) ?? emptyCounts(layouts(operation))),
      ),
    );
  return {
    count: (answered) => {
      const counts = countsOf(answered.operation);
      if (counts) addAnswer(counts, answered);
      parent?.count(answered);
    },
    coverage,
    clear,
    reload: (next) => {
      const before = [...counted.values()].map(describe);
      ({ catalogue, layouts } = next);
      clear();
      for (const operation of before) {
        const counts = countsOf(operation.id);
        if (counts) addCoverage(counts, operation);
      }
    },
    share: (shared) => {
      budget?.add(-bytes);
      budget = shared;
      budget.add(bytes);
    },
    dispose: () => {
      budget?.add(-bytes);
      budget = null;
    },
  };
}

/** The numbers of an operation, in the order of its layout. */
interface Counts {
  readonly layout: CoverageLayout;
  answers: number;
  readonly statuses: number[];
  readonly scenarios: number[];
  readonly parameters: number[];
  readonly undocumented: Map<number, number>;
}

function emptyCounts(layout: CoverageLayout): Counts {
  return {
    layout,
    answers: 0,
    statuses: zeros(layout.statuses.size),
    scenarios: zeros(layout.scenarios.size),
    parameters: zeros(layout.parameters.length),
    undocumented: new Map(),
  };
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

function bytesOf({ statuses, scenarios, parameters }: Counts): number {
  const numbers = statuses.length + scenarios.length + parameters.length + 2 * MAX_UNDOCUMENTED_STATUSES;
  return BYTES_OF_COUNTS + BYTES_OF_NUMBER * numbers;
}

function addAnswer(counts: Counts, { status, scenario, request }: Answered): void {
  const { layout } = counts;
  counts.answers += 1;
  if (status !== null) addStatus(counts, status, 1);
  add(counts.scenarios, layout.scenarios.get(scenario), 1);
  for (const index of layout.usedParameters(request)) add(counts.parameters, index, 1);
}

function addStatus({ layout, statuses, undocumented }: Counts, code: number, count: number): void {
  const index = layout.statusIndex(code);
  if (index !== undefined) {
    add(statuses, index, count);
    return;
  }
  const known = undocumented.get(code);
  if (known === undefined && undocumented.size >= MAX_UNDOCUMENTED_STATUSES) return;
  undocumented.set(code, (known ?? 0) + count);
}

function add(numbers: number[], index: number | undefined, count: number): void {
  if (index !== undefined) numbers[index] = (numbers[index] ?? 0) + count;
}

/** Adds what another contract has counted, by name. */
function addCoverage(counts: Counts, before: OperationCoverage): void {
  const { layout } = counts;
  counts.answers += before.count;
  for (const { status, count } of before.statuses) {
    const index = layout.statuses.get(status);
    if (index !== undefined) add(counts.statuses, index, count);
    else if (count > 0 && /^\d+$/.test(status)) addStatus(counts, Number(status), count);
  }
  for (const { status, count } of before.undocumented) addStatus(counts, status, count);
  for (const { name, count } of before.scenarios) add(counts.scenarios, layout.scenarios.get(name), count);
  for (const { count, ...parameter } of before.parameters) {
    const isSame = (known: typeof parameter) => known.in === parameter.in && known.name === parameter.name;
    const index = layout.parameters.findIndex(isSame);
    if (index >= 0) add(counts.parameters, index, count);
  }
}

function describe({ layout, answers, ...counts }: Counts): OperationCoverage {
  const { id, method, path } = layout.operation;
  return {
    id,
    method,
    path,
    count: answers,
    statuses: [...layout.statuses].map(([status, index]) => ({ status, count: counts.statuses[index] ?? 0 })),
    undocumented: [...counts.undocumented]
      .map(([status, count]) => ({ status, count }))
      .toSorted((a, b) => a.status - b.status),
    scenarios: [...layout.scenarios].map(([name, index]) => ({ name, count: counts.scenarios[index] ?? 0 })),
    parameters: layout.parameters.map((parameter, index) => ({
      in: parameter.in,
      name: parameter.name,
      count: counts.parameters[index] ?? 0,
    })),
  };
}
