import { OK, type Operation, type Scenario } from '../../contract/contract.ts';
import type { Answer, HttpRequest } from '../../contract/message.ts';
import { shownText } from '../../text/shown.ts';
import { type DelayRange, MAX_DELAY_MS } from '../delay.ts';
import { type ProblemCode, problem } from '../problem.ts';
import { type Names, scenarioOfCode, unknownName } from './catalogue.ts';
import { type Choices, selected } from './choices.ts';
import { type Preference, type Preferences, parsePrefer } from './prefer.ts';

/** Which scenario answers, and what the request itself had to do with it. */
export interface Selection {
  /** `null`: nothing is forced, which is also so where the operation lacks the selected scenario. */
  readonly forced: Scenario | null;
  /** The preference that chose the scenario; listed as applied only if the scenario answers. */
  readonly chosenBy: Preference | null;
  /** A choice of the mock decided, so an answer counts towards its `times`. */
  readonly isChoice: boolean;
  readonly delay: { readonly ms: number; readonly preference: Preference } | null;
  /** The delay that the choice came with; it also holds where a preference names another scenario. */
  readonly choiceDelay: DelayRange | null;
}

/**
 * Selects by preference of the request, else by choice for the operation, else by choice for the mock.
 * Returns a 400 problem for a preference that cannot be meant: a typo must not pass as a 200.
 */
export function select(
  { headers }: HttpRequest,
  operation: Operation,
  choices: Choices,
  names: Names,
): Selection | { readonly refusal: Answer } {
  const preferences = headers.prefer === undefined ? {} : parsePrefer(headers.prefer);
  const refusal = refuse(preferences, names);
  if (refusal) return { refusal };
  const delay = preferences.delay
    ? { ms: Number(preferences.delay.value), preference: preferences.delay }
    : null;
  const preferred = preferredScenario(preferences, operation);
  const choice = selected(choices, operation.id);
  const name = preferred ? preferred.name : choice.scenario;
  const forced = name === undefined ? null : (operation.scenarios.get(name) ?? null);
  const isThere = forced !== null || name === OK;
  return {
    forced,
    chosenBy: preferred && isThere ? preferred.preference : null,
    isChoice: !preferred && isThere,
    delay,
    choiceDelay: choice.delay ?? null,
  };
}

/** The name is undefined when the operation has no scenario of that status. */
function preferredScenario(
  { scenario, code }: Preferences,
  operation: Operation,
): { readonly name: string | undefined; readonly preference: Preference } | null {
  if (scenario) return { name: scenario.value, preference: scenario };
  return code ? { name: scenarioOfCode(operation, Number(code.value)), preference: code } : null;
}

function refuse({ scenario, code, delay }: Preferences, names: Names): Answer | null {
  if (scenario && !names.scenarios.has(scenario.value)) {
    return preferProblem('PREFERENCE_UNKNOWN', unknownName('scenario', scenario.value, names.scenarios));
  }
  if (!scenario && code && !(/^\d{3}$/.test(code.value) && names.codes.has(Number(code.value)))) {
    const known = new Set([...names.codes].map(String));
    return preferProblem('PREFERENCE_UNKNOWN', unknownName('status code', code.value, known));
  }
  if (delay && !(/^\d{1,5}$/.test(delay.value) && Number(delay.value) <= MAX_DELAY_MS)) {
    const detail = `"delay" is whole milliseconds from 0 to ${MAX_DELAY_MS}; found "${shownText(delay.value)}".`;
    return preferProblem('REQUEST_INVALID', detail);
  }
  return null;
}

function preferProblem(code: ProblemCode, detail: string): Answer {
  return problem(code, detail, [{ in: 'header', name: 'Prefer', detail }]);
}
