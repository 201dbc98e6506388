import { type Contract, OK, type Operation, type Parameter } from '../../contract/contract.ts';
import { deepFreeze } from '../../json.ts';
import { noSuchName } from '../../text/nearest-name.ts';

/** A scenario that can be selected, and where. */
export interface CatalogueEntry<Operation extends string = string, Scenario extends string = string> {
  readonly name: Scenario;
  /** `null` where no response is sent, and for `ok`, whose status depends on the request. */
  readonly status: number | null;
  /** The ids of the operations that have it. */
  readonly operations: readonly Operation[];
  readonly summary: string;
  /** The live API cannot give this answer on these operations. */
  readonly synthetic: boolean;
}

/** What can be selected in a contract. */
export interface Catalogue {
  /** Every scenario, `ok` first, then in document order. */
  readonly entries: readonly CatalogueEntry[];
  readonly scenarios: ReadonlySet<string>;
  /** Each operation with the scenarios that it has, `ok` first. */
  readonly operations: ReadonlyMap<string, ReadonlySet<string>>;
  /** Statuses that some operation answers, in ascending order. */
  readonly codes: ReadonlySet<number>;
}

export function catalogueOf({ operations }: Contract): Catalogue {
  const ids = operations.map(({ id }) => id);
  const entries = new Map<string, GrowingEntry>([[OK, { ...NOTHING_FORCED, operations: [...ids] }]]);
  const codes = new Set([200]);
  for (const { id, ok, scenarios } of operations) {
    codes.add(ok[0].status);
    for (const { name, status, summary, synthetic } of scenarios.values()) {
      const entry = entries.get(name) ?? { name, status, operations: [], summary, synthetic };
      entry.operations.push(id);
      entries.set(name, entry);
      if (status !== null) codes.add(status);
    }
  }
  return {
    entries: deepFreeze([...entries.values()]),
    scenarios: new Set(entries.keys()),
    operations: new Map(operations.map(({ id, scenarios }) => [id, new Set([OK, ...scenarios.keys()])])),
    codes: new Set([...codes].sort((a, b) => a - b)),
  };
}

type GrowingEntry = CatalogueEntry & { readonly operations: string[] };

const NOTHING_FORCED = {
  name: OK,
  status: null,
  summary: 'Forces nothing: the answer is computed from the rows.',
  synthetic: false,
} as const;

/** An operation that a scenario can be selected for. */
export type OperationEntry = Pick<Operation, 'id' | 'method' | 'summary'> & {
  readonly parameters: readonly Omit<Parameter, 'schema' | 'isJson'>[];
  /** The path template below the base path of the first server. */
  readonly path: string;
};

export function operationsOf({ operations }: Contract): readonly OperationEntry[] {
  return operations.map(({ id, method, basePaths: [base = ''], path, summary, parameters }) => ({
    id,
    method,
    path: base + path,
    summary,
    parameters: parameters.map(({ schema: _, isJson: __, ...parameter }) => parameter),
  }));
}

/** The scenario that a status code chooses: `ok` for success, else the first of that status in document order. */
export function scenarioOfCode(operation: Operation, code: number): string | undefined {
  if (code === 200 || code === operation.ok[0].status) return OK;
  for (const { name, status } of operation.scenarios.values()) if (status === code) return name;
  return undefined;
}

/** Says that a name does not exist, which one may be meant, and which there are. */
export function unknownName(kind: string, name: string, known: Iterable<string>): string {
  return noSuchName(`There is no ${kind}`, name, [...known], 'The contract has');
}

/**
 * Why a scenario cannot be selected for an operation of the catalogue: the operation lacks it and would answer as `ok`,
 * which nobody means. `null`: it can.
 */
export function explainLack({ operations }: Catalogue, operation: string, scenario: string): string | null {
  const own = operations.get(operation);
  if (!own || own.has(scenario)) return null;
  return `${operation} has no scenario "${scenario}". It has: ${[...own].join(', ')}.`;
}
