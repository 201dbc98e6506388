import { messageOf } from './message-of.ts';
import type { ScenarioChoice } from './source/panel-source.ts';

/** The scenarios chosen in a tab, which survive a reload of its page. */
export interface KeptChoice {
  readonly default?: string;
  readonly operations: Readonly<Record<string, string>>;
}

/** A scenario that the page's URL asks for. */
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
  const kept: KeptChoice =
    operation === undefined
      ? { default: scenario, operations: {} }
      : { ...others, operations: { ...operations, [operation]: scenario } };
  store((storage) => storage.setItem(KEPT, JSON.stringify(kept)));
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

/** The scenarios in a URL's query: `?mock-scenario=NAME` for all operations, `?mock-scenario=OPERATION=NAME` for one. */
export function askedScenarios(search: string): readonly AskedScenario[] {
  return new URLSearchParams(search).getAll(PARAMETER).flatMap((value) => {
    const equals = value.lastIndexOf('=');
    const scenario = value.slice(equals + 1).trim();
    if (scenario === '') return [];
    return equals < 0 ? [{ scenario }] : [{ scenario, operation: value.slice(0, equals).trim() }];
  });
}

/** The message for a scenario in the URL that cannot be selected. */
export function askedProblem(cause: unknown): string {
  return `?${PARAMETER}= in the address: ${messageOf(cause)}`;
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

/** Storage may be forbidden or full. The choice then lasts until the page is reloaded. */
function store(write: (storage: Storage) => void): void {
  try {
    write(sessionStorage);
  } catch {}
}
