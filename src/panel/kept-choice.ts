import { messageOf } from '../text/message-of.ts';
import { didYouMean } from '../text/nearest-name.ts';
import { shownText } from '../text/shown.ts';
import type { ScenarioChoice } from './source/panel-source.ts';

/** The scenarios chosen in a tab, which survive a reload of its page. */
export interface KeptChoice {
  readonly default?: string;
  readonly operations: Readonly<Record<string, string>>;
}

/** A scenario that was kept, or that the page's URL asks for. */
export interface AskedScenario {
  readonly scenario: string;
  readonly operation?: string;
}

const KEPT = 'posthog-experiments-mock:scenario';
const PARAMETER = 'mock-scenario';

/** The choice kept in this tab; an empty one if there is none. */
export function keptChoice(): KeptChoice {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}');
    if (isKept(kept)) return kept;
  } catch {
    // Storage is forbidden, or has something else under this key.
  }
  return { operations: {} };
}

/** Keeps a choice until the next one. A choice limited by `times` is not kept: it ends by itself. */
export function keepChoice(scenario: string, { operation, times }: ScenarioChoice): void {
  if (times !== undefined) return;
  const { operations, ...others } = keptChoice();
  keep(
    operation === undefined
      ? { default: scenario, operations: {} }
      : { ...others, operations: { ...operations, [operation]: scenario } },
  );
}

/** Forgets the choice that was kept for an operation. */
export function forgetOperation(operation: string): void {
  const { operations, ...others } = keptChoice();
  const { [operation]: _, ...kept } = operations;
  keep({ ...others, operations: kept });
}

/** Forgets the kept choice. */
export function forgetChoice(): void {
  store((storage) => storage.removeItem(KEPT));
}

/** The scenarios to select for a kept choice, in this order. */
export function keptScenarios({ default: scenario, operations }: KeptChoice): readonly AskedScenario[] {
  const forOperations = Object.entries(operations).map(([operation, name]) => ({
    operation,
    scenario: name,
  }));
  return scenario === undefined ? forOperations : [{ scenario }, ...forOperations];
}

/**
 * The scenarios in a URL's query, in the order in which to select them: `?mock-scenario=NAME` for all operations, then
 * `?mock-scenario=OPERATION=NAME` for one.
 */
export function askedScenarios(search: string): readonly AskedScenario[] {
  const asked = new URLSearchParams(search).getAll(PARAMETER).map((value) => {
    const equals = value.lastIndexOf('=');
    const scenario = value.slice(equals + 1).trim();
    return equals < 0 ? { scenario } : { scenario, operation: value.slice(0, equals).trim() };
  });
  // Selecting one for all operations replaces the choices for single ones.
  return asked.toSorted((a, b) => Number('operation' in a) - Number('operation' in b));
}

/** The messages for a misspelt parameter in a URL's query, and for scenarios that replace one another. */
export function searchProblems(search: string): readonly string[] {
  const names = [...new Set(new URLSearchParams(search).keys())];
  const misspelt = names.flatMap((name) => {
    const meant = name === PARAMETER ? '' : didYouMean(name, [PARAMETER]);
    return meant === '' ? [] : [`?${shownText(name)} in the URL is no parameter of the mock.${meant}`];
  });
  return [...misspelt, ...repeatedProblems(askedScenarios(search))];
}

function repeatedProblems(asked: readonly AskedScenario[]): readonly string[] {
  const targets = asked.map(({ operation = 'all operations' }) => operation);
  const repeated = new Set(targets.filter((target, index) => targets.indexOf(target) < index));
  return [...repeated].map(
    (target) =>
      `?${PARAMETER} in the URL names several scenarios for ${target}. The last one that exists is selected.`,
  );
}

/** The message for a scenario in the URL that cannot be selected. */
export function askedProblem({ scenario, operation }: AskedScenario, cause: unknown): string {
  const value = operation === undefined ? scenario : `${operation}=${scenario}`;
  return `?${PARAMETER}=${value} in the URL: ${messageOf(cause)}`;
}

function isKept(value: unknown): value is KeptChoice {
  if (typeof value !== 'object' || value === null || !('operations' in value)) return false;
  const { operations } = value;
  const hasValidDefault = !('default' in value) || typeof value.default === 'string';
  return (
    hasValidDefault &&
    typeof operations === 'object' &&
    operations !== null &&
    Object.values(operations).every((name) => typeof name === 'string')
  );
}

function keep(kept: KeptChoice): void {
  store((storage) => storage.setItem(KEPT, JSON.stringify(kept)));
}

/** Storage may be forbidden or full. The choice then lasts until the page is reloaded. */
function store(write: (storage: Storage) => void): void {
  try {
    write(sessionStorage);
  } catch {}
}
