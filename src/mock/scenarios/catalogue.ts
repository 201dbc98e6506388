import {
  type Contract,
  OK,
  type Operation,
  type Parameter,
  type ResponseDescription,
  type Scenario,
  servedPathOf,
} from '../../contract/contract.ts';
import { answersWith, descriptionOf } from '../../contract/described.ts';
import { deepFreeze } from '../../json.ts';
import { once } from '../../memoize.ts';
import type { ScenariosOf } from '../../provider/provider.ts';
import { MAX_NAMES_SHOWN, noSuchName } from '../../text/nearest-name.ts';
import { shownFew } from '../../text/shown.ts';

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

/** What can be selected in a contract. A large one has many thousand scenarios, so they are listed when they are first asked for. */
export interface Catalogue {
  /** Every scenario, `ok` first, then in document order. */
  readonly entries: readonly CatalogueEntry[];
  readonly scenarios: ReadonlySet<string>;
  /** By id. */
  readonly operations: ReadonlyMap<string, Operation>;
  /** Statuses that some operation answers, in ascending order; then ranges such as `4XX`, and `default`. */
  readonly codes: ReadonlySet<string>;
  /** The contract's, then the provider's; without `ok`. */
  scenariosOf(operation: Operation): readonly Scenario[];
  scenarioNamed(operation: Operation, name: string): Scenario | undefined;
}

/**
 * @param more the scenarios that an operation has beside the contract's own.
 * @param okSummary what `ok` answers with.
 */
export function catalogueOf({ operations }: Contract, more: ScenariosOf, okSummary: string): Catalogue {
  const scenariosOf: Catalogue['scenariosOf'] = (operation) => {
    const own = operation.scenarios;
    return [...own.values(), ...[...more(operation).values()].filter(({ name }) => !own.has(name))];
  };
  const entries = once(() => listEntries(operations, scenariosOf, okSummary));
  const scenarios = once(() => new Set(entries().map(({ name }) => name)));
  const codes = once(() => listCodes(operations, entries()));
  return {
    get entries() {
      return entries();
    },
    get scenarios() {
      return scenarios();
    },
    get codes() {
      return codes();
    },
    operations: new Map(operations.map((operation) => [operation.id, operation])),
    scenariosOf,
    scenarioNamed: (operation, name) => operation.scenarios.get(name) ?? more(operation).get(name),
  };
}

function listEntries(
  operations: readonly Operation[],
  scenariosOf: Catalogue['scenariosOf'],
  okSummary: string,
): readonly CatalogueEntry[] {
  const ids = operations.map(({ id }) => id);
  const ok = { name: OK, status: null, operations: ids, summary: okSummary, synthetic: false };
  const entries = new Map<string, GrowingEntry>([[OK, ok]]);
  for (const operation of operations) {
    for (const { name, status, summary, synthetic } of scenariosOf(operation)) {
      const entry = entries.get(name) ?? { name, status, operations: [], summary, synthetic };
      entry.operations.push(operation.id);
      entries.set(name, entry);
    }
  }
  return deepFreeze([...entries.values()]);
}

type GrowingEntry = CatalogueEntry & { readonly operations: string[] };

function listCodes(
  operations: readonly Operation[],
  entries: readonly CatalogueEntry[],
): ReadonlySet<string> {
  const codes = new Set([200, ...operations.map(({ ok }) => ok[0].status)].map(String));
  for (const { status } of entries) if (status !== null) codes.add(String(status));
  for (const { responses } of operations) for (const { status } of responses) codes.add(status);
  // Digits come before letters.
  return new Set([...codes].sort());
}

/** An operation that a scenario can be selected for. */
export type OperationEntry = Pick<Operation, 'id' | 'method' | 'summary' | 'tags'> & {
  readonly parameters: readonly Pick<Parameter, 'name' | 'in' | 'required' | 'description' | 'example'>[];
  /** The path template below the base path of the first server. */
  readonly path: string;
};

export function operationsOf({ operations }: Contract): readonly OperationEntry[] {
  return operations.map((operation) => ({
    id: operation.id,
    method: operation.method,
    path: servedPathOf(operation),
    summary: operation.summary,
    tags: operation.tags,
    parameters: operation.parameters.map(({ name, in: place, required, description, example }) => ({
      name,
      in: place,
      required,
      description,
      example,
    })),
  }));
}

/** Whether some operation answers with a status code of three digits. */
export function hasCode({ codes }: Catalogue, code: string): boolean {
  const range = `${code.charAt(0)}XX`;
  return (
    codes.has(code) ||
    (/^[2-5]/.test(code) && (codes.has('default') || codes.has(range) || codes.has(range.toLowerCase())))
  );
}

/**
 * The scenario that a status code chooses: `ok` for the status that it has, and for 200 where the contract has none; else
 * the first of that status in document order; else what the contract has for a range or by `default`.
 */
export function scenarioOfCode(
  catalogue: Catalogue,
  operation: Operation,
  code: number,
): Scenario | typeof OK | undefined {
  const { ok, responses } = operation;
  if (code === ok[0].status) return OK;
  if (code === 200 && !responses.some(({ status }) => status === '200')) return OK;
  const named = catalogue.scenariosOf(operation).find(({ status }) => status === code);
  if (named) return named;
  const description = descriptionOf(operation, code);
  return description && unnamedScenario(description, code);
}

function unnamedScenario(description: ResponseDescription, code: number): Scenario {
  return {
    name: description.status,
    summary: '',
    reply: 'example',
    status: code,
    synthetic: false,
    answers: answersWith(description, code),
  };
}

/** The statuses that an operation can be asked for, for messages. */
export function codesOf(catalogue: Catalogue, operation: Operation): readonly string[] {
  const scenarios = catalogue.scenariosOf(operation).flatMap(({ status }) => status ?? []);
  const described = operation.responses.map(({ status }) => status);
  return [...new Set([operation.ok[0].status, ...scenarios, ...described].map(String))];
}

/** Says that a name does not exist, which one may be meant, and which there are. */
export function unknownName(kind: string, name: string, known: Iterable<string>): string {
  return noSuchName(`There is no ${kind}`, name, [...known], 'The contract has');
}

/** Says that no operation answers with a status code, and which ones there are. */
export function unknownCode({ codes, scenarios }: Catalogue, code: string): string {
  const isCode = (name: string) => /^\d{3}$/.test(name);
  const wildcards = [...codes].filter((name) => !isCode(name));
  const wildcard = wildcards.find((name) => name.toUpperCase() === code.toUpperCase());
  if (wildcard !== undefined) {
    const orName = scenarios.has(wildcard) ? `, or scenario=${wildcard}` : '';
    const inside = wildcard === 'default' ? '503' : `${wildcard.charAt(0)}03`;
    return `"code" takes three digits; for "${wildcard}", give a code that it covers, such as code=${inside}${orName}.`;
  }
  const unknown = noSuchName('There is no status code', code, [...codes].filter(isCode), 'The contract has');
  return wildcards.length === 0
    ? unknown
    : `${unknown} Any code that ${wildcards.join(' or ')} covers will do, too.`;
}

/**
 * Why a scenario cannot be selected for an operation of the catalogue: the operation lacks it and would answer as `ok`,
 * which nobody means. `null`: it can.
 */
export function explainLack(catalogue: Catalogue, id: string, scenario: string): string | null {
  const operation = catalogue.operations.get(id);
  if (!operation || scenario === OK || catalogue.scenarioNamed(operation, scenario)) return null;
  const names = [OK, ...catalogue.scenariosOf(operation).map(({ name }) => name)];
  return `${id} has no scenario "${scenario}". It has: ${shownFew(names, MAX_NAMES_SHOWN)}.`;
}
