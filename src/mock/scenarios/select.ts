import { OK, type Operation, type Scenario } from '../../contract/contract.ts';
import type { Answer, HttpRequest } from '../../contract/message.ts';
import { shownText } from '../../text/shown.ts';
import { type DelayRange, MAX_DELAY_MS } from '../delay.ts';
import { SCENARIO_HEADER } from '../headers.ts';
import { joinHints } from '../hint.ts';
import { type ProblemCode, problem } from '../problem.ts';
import {
  type Catalogue,
  codesOf,
  explainLack,
  hasCode,
  scenarioOfCode,
  unknownCode,
  unknownName,
} from './catalogue.ts';
import { type Choice, type Choices, choiceFor } from './choices.ts';
import { explainNoValue, explainPrefer, type Preference, type Preferences, parsePrefer } from './prefer.ts';

/** Which scenario answers, and what the request itself asked for. */
export interface Selection {
  /** `null`: nothing is forced, or the operation lacks the selected scenario. */
  readonly forced: Scenario | null;
  /** The preference that chose the scenario; listed as applied only if the scenario answers. */
  readonly chosenBy: Preference | null;
  /** Whether a choice of the mock decided; its answers count against its `times`. */
  readonly isChoice: boolean;
  readonly delay: { readonly ms: number; readonly preference: Preference } | null;
  /** The delay of the choice; it applies even where a preference names another scenario. */
  readonly choiceDelay: DelayRange | null;
  /** Why something that was asked for has no effect. */
  readonly hint: string | null;
}

/**
 * Selects by the request's preference, else by the choice for the operation, else by the choice for the mock. An unknown
 * preference is a 400 problem: a typo must not pass as a 200.
 */
export function select(
  { headers }: HttpRequest,
  operation: Operation,
  choices: Choices,
  catalogue: Catalogue,
): Selection | { readonly refusal: Answer } {
  const preferences = headers.prefer === undefined ? {} : parsePrefer(headers.prefer);
  const refusal = refuse(preferences, catalogue);
  if (refusal) return { refusal };
  const delay = preferences.delay
    ? { ms: Number(preferences.delay.value), preference: preferences.delay }
    : null;
  const preferred = preferredScenario(preferences, operation, catalogue);
  const choice = choiceFor(choices, operation.id);
  const selected = preferred ? preferred.selected : selectedIn(catalogue, operation, choice.scenario);
  const forced = selected === OK ? null : (selected ?? null);
  const isThere = selected !== undefined;
  return {
    forced,
    chosenBy: preferred && isThere ? preferred.preference : null,
    isChoice: !preferred && isThere,
    delay,
    choiceDelay: choice.delay ?? null,
    hint: joinHints(
      isThere ? null : explainOk(operation, catalogue, preferences, choice),
      headers.prefer === undefined ? null : explainPrefer(headers.prefer, catalogue.scenarios),
      headers[SCENARIO_FIELD] === undefined ? null : NOT_FOR_REQUESTS,
    ),
  };
}

const SCENARIO_FIELD = SCENARIO_HEADER.toLowerCase();
const NOT_FOR_REQUESTS = `${SCENARIO_HEADER} is a header of answers; a request selects with "Prefer: scenario=NAME".`;

/** Why an operation answers as `ok` where something else was selected. */
function explainOk(
  operation: Operation,
  catalogue: Catalogue,
  { scenario, code }: Preferences,
  choice: Choice,
): string {
  if (scenario) return `Answers as "ok": ${explainLack(catalogue, operation.id, scenario.value)}`;
  if (!code)
    return `Answers as "ok": ${operation.id} lacks "${choice.scenario}", which is selected for the mock.`;
  const list = codesOf(catalogue, operation).join(', ');
  return `Answers as "ok": ${operation.id} has no answer with status ${code.value}. It has: ${list}.`;
}

/** What a request or a choice selects in an operation; `undefined`: the operation lacks it. */
type Selected = Scenario | typeof OK | undefined;

function preferredScenario(
  { scenario, code }: Preferences,
  operation: Operation,
  catalogue: Catalogue,
): { readonly selected: Selected; readonly preference: Preference } | null {
  if (scenario) return { selected: selectedIn(catalogue, operation, scenario.value), preference: scenario };
  return code
    ? { selected: scenarioOfCode(catalogue, operation, Number(code.value)), preference: code }
    : null;
}

function selectedIn(catalogue: Catalogue, operation: Operation, name: string): Selected {
  return name === OK ? OK : catalogue.scenarioNamed(operation, name);
}

function refuse({ scenario, code, delay }: Preferences, catalogue: Catalogue): Answer | null {
  const blank = [scenario ?? code, delay].find((preference) => preference?.value === '');
  if (blank) {
    return preferProblem(blank === delay ? 'REQUEST_INVALID' : 'PREFERENCE_UNKNOWN', explainNoValue(blank));
  }
  if (scenario && !catalogue.scenarios.has(scenario.value)) {
    return preferProblem('PREFERENCE_UNKNOWN', unknownName('scenario', scenario.value, catalogue.scenarios));
  }
  if (!scenario && code && !(/^\d{3}$/.test(code.value) && hasCode(catalogue, code.value))) {
    return preferProblem('PREFERENCE_UNKNOWN', unknownCode(catalogue, code.value));
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
