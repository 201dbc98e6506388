import type { ScenarioChoice } from './source/panel-source.ts';

/** The scenarios that were chosen in a tab, to be chosen again when its page is loaded again. */
export interface KeptChoice {
  readonly default?: string;
  readonly operations: Readonly<Record<string, string>>;
}

/** A scenario that a page's URL asks for. */
export interface AskedScenario {
  readonly scenario: string;
  readonly operation?: string;
}

const KEPT = 'posthog-experiments-mock:scenario';
const PARAMETER = 'mock-scenario';

export function keptChoice(): KeptChoice {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}');
    if (isKept(kept)) return kept;
  } catch {
    // No storage, or somebody else's: nothing is kept.
  }
  return { operations: {} };
}

/** Keeps what was chosen until something else is; a choice for so many answers is over too soon to be kept. */
export function keepChoice(scenario: string, { operation, times }: ScenarioChoice): void {
  if (times !== undefined) return;
  const { operations, ...others } = keptChoice();
  const kept: KeptChoice =
    operation === undefined
      ? { default: scenario, operations: {} }
      : { ...others, operations: { ...operations, [operation]: scenario } };
  store((storage) => storage.setItem(KEPT, JSON.stringify(kept)));
}

export function forgetChoice(): void {
  store((storage) => storage.removeItem(KEPT));
}

/** The kept choices as acts, in the order in which they have to be done. */
export function keptScenarios({ default: scenario, operations }: KeptChoice): readonly AskedScenario[] {
  const forOperations = Object.entries(operations).map(([operation, name]) => ({
    operation,
    scenario: name,
  }));
  return scenario === undefined ? forOperations : [{ scenario }, ...forOperations];
}

/** `?mock-scenario=NAME` for all operations, `?mock-scenario=OPERATION=NAME` for one; any number of them. */
export function askedScenarios(search: string): readonly AskedScenario[] {
  return new URLSearchParams(search).getAll(PARAMETER).flatMap((value) => {
    const equals = value.lastIndexOf('=');
    const scenario = value.slice(equals + 1).trim();
    if (scenario === '') return [];
    return equals < 0 ? [{ scenario }] : [{ scenario, operation: value.slice(0, equals).trim() }];
  });
}

/** What to say when a URL asks for what does not exist. */
export function askedProblem(cause: unknown): string {
  return `?${PARAMETER}= in the address: ${cause instanceof Error ? cause.message : String(cause)}`;
}

function isKept(value: unknown): value is KeptChoice {
  if (typeof value !== 'object' || value === null || !('operations' in value)) return false;
  const { operations } = value;
  const isDefault = !('default' in value) || typeof value.default === 'string';
  return (
    isDefault &&
    typeof operations === 'object' &&
    operations !== null &&
    Object.values(operations).every((name) => typeof name === 'string')
  );
}

/** Storage can be forbidden or full; the choice then lasts as long as the page. */
function store(write: (storage: Storage) => void): void {
  try {
    write(sessionStorage);
  } catch {}
}
