import { type Contract, OK, type Operation } from '../../contract/contract.ts';
import { deepFreeze } from '../../json.ts';
import { didYouMean } from '../../text/nearest-name.ts';
import { shownText } from '../../text/shown.ts';

/** A scenario as a list of choices shows it. */
export interface CatalogueEntry<Operation extends string = string, Scenario extends string = string> {
  readonly name: Scenario;
  /** `null` where no response comes back, and for `ok`, whose status depends on the request. */
  readonly status: number | null;
  /** The operations that have it. */
  readonly operations: readonly Operation[];
  readonly summary: string;
  /** The live API cannot give this answer on these operations. */
  readonly synthetic: boolean;
}

/** Every scenario of a contract, `ok` first, then in document order. */
export function catalogueOf({ operations }: Contract): readonly CatalogueEntry[] {
  const entries = new Map<string, CatalogueEntry>([
    [
      OK,
      {
        name: OK,
        status: null,
        operations: operations.map(({ id }) => id),
        summary: 'Forces nothing: the answer is computed from the rows.',
        synthetic: false,
      },
    ],
  ]);
  for (const operation of operations) {
    for (const { name, status, summary, synthetic } of operation.scenarios.values()) {
      const known = entries.get(name);
      entries.set(
        name,
        known
          ? { ...known, operations: [...known.operations, operation.id] }
          : { name, status, operations: [operation.id], summary, synthetic },
      );
    }
  }
  return deepFreeze([...entries.values()]);
}

/** An operation as a list of choices shows it. */
export type OperationEntry = Pick<Operation, 'id' | 'method' | 'summary' | 'parameters'> & {
  /** A template, with the base path of the first server. */
  readonly path: string;
};

export function operationsOf({ operations }: Contract): readonly OperationEntry[] {
  return operations.map(({ id, method, basePaths: [base = ''], path, summary, parameters }) => ({
    id,
    method,
    path: base + path,
    summary,
    parameters,
  }));
}

/** The names and codes by which a contract's scenarios can be chosen. */
export interface Names {
  readonly scenarios: ReadonlySet<string>;
  readonly operations: ReadonlySet<string>;
  /** Statuses that some operation answers, in ascending order. */
  readonly codes: ReadonlySet<number>;
}

export function namesOf({ operations }: Contract): Names {
  const scenarios = operations.flatMap((operation) => [...operation.scenarios.values()]);
  const codes = [
    200,
    ...operations.map(({ ok }) => ok.status),
    ...scenarios.flatMap(({ status }) => status ?? []),
  ];
  return {
    scenarios: new Set([OK, ...scenarios.map(({ name }) => name)]),
    operations: new Set(operations.map(({ id }) => id)),
    codes: new Set(codes.toSorted((a, b) => a - b)),
  };
}

/** The scenario that a status code chooses: `ok` for success, else the first of that status in document order. */
export function scenarioOfCode(operation: Operation, code: number): string | undefined {
  if (code === 200 || code === operation.ok.status) return OK;
  for (const { name, status } of operation.scenarios.values()) if (status === code) return name;
  return undefined;
}

/** What to say of a name that does not exist: the one that may be meant, and all there are. */
export function unknownName(kind: string, name: string, known: ReadonlySet<string>): string {
  return `There is no ${kind} "${shownText(name)}".${didYouMean(name, [...known])} The contract has: ${[...known].join(', ')}.`;
}
