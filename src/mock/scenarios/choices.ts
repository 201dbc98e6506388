import { isPlainObject } from '../../built-ins.ts';
import { checkMembers, OPTIONS } from '../../check-members.ts';
import { OK } from '../../contract/contract.ts';
import type { OperationId } from '../../generated/names.ts';
import { isObject } from '../../json.ts';
import { memoize } from '../../memoize.ts';
import { shown } from '../../text/shown.ts';
import { UsageRangeError, UsageTypeError } from '../../usage-error.ts';
import { type DelayOption, type DelayRange, readDelay } from '../delay.ts';
import type { MockNames, MockOptions } from '../options.ts';
import { type Catalogue, explainLack, unknownName } from './catalogue.ts';

/** The scenarios that answer at present. */
export interface SelectedScenarios<Operation extends string = string, Scenario extends string = string> {
  /** For every operation that is not named below. */
  readonly default: Scenario;
  readonly operations: { readonly [Id in Operation]?: Scenario };
}

/** A scenario that was chosen. Plain JSON, so that a snapshot can hold it. */
export interface Choice {
  readonly scenario: string;
  /** Absent: the whole mock. */
  readonly operation?: string;
  /** Answers left, after which the choice below counts again; absent: until another one replaces it. */
  readonly left?: number;
  /** Absent: the delay of the mock. */
  readonly delay?: DelayRange;
}

/**
 * The choices that count, oldest first. The last one that applies to an operation decides; the ones below it come back
 * when its answers are used up. Never changed, only replaced.
 */
export type Choices = readonly Choice[];

const USE_OPTIONS = ['operation', 'times', 'delay'];

/** Choices with `times` that may wait for one another, for each operation and for the whole mock. */
export const MAX_WAITING = 100;

export interface UseOptions<Operation extends string = OperationId> {
  /** Only for this operation. Default: for the whole mock, replacing every earlier choice. */
  readonly operation?: Operation | undefined;
  /** For this number of answers, then back to the choice before. Default: until something else is selected. */
  readonly times?: number | undefined;
  /** Milliseconds before each of these answers, or a range, instead of the mock's own. */
  readonly delay?: DelayOption | undefined;
}

/**
 * The choices after one more; `null` takes back the choices for an operation.
 * @throws {UsageRangeError} on an unknown scenario or operation, and on a scenario that the operation lacks, listing the
 * valid ones; on `times` below 1, on a delay out of range, and when too many choices wait.
 * @throws {UsageTypeError} on an option that does not exist, on a name that is no text, and on `null` without an operation.
 */
export function choose(
  choices: Choices,
  catalogue: Catalogue,
  scenario: string | null,
  options: UseOptions<string>,
): Choices {
  if (scenario === null) return takeBack(choices, catalogue, options);
  checkMembers('use', OPTIONS, options, USE_OPTIONS);
  const { operation, times, delay } = options;
  checkName('scenario', scenario);
  if (operation !== undefined) checkName('operation', operation);
  const problem = findNameProblem(catalogue, scenario, operation);
  if (problem !== null) throw new UsageRangeError(problem);
  checkTimes(times);
  const choice = {
    scenario,
    ...(operation !== undefined && { operation }),
    ...(times !== undefined && { left: times }),
    ...(delay !== undefined && { delay: readDelay(delay) }),
  };
  if (times !== undefined) return stack(choices, choice);
  return operation === undefined
    ? [choice]
    : [...choices.filter((earlier) => earlier.operation !== operation), choice];
}

/** The choices without those for an operation. */
function takeBack(choices: Choices, catalogue: Catalogue, options: UseOptions<string>): Choices {
  checkMembers('The scenario null', OPTIONS, options, ['operation']);
  const { operation } = options;
  if (operation === undefined) {
    throw new UsageTypeError(
      'The scenario null takes back the choice for one operation, which "operation" names; for the whole mock, use "ok".',
    );
  }
  checkName('operation', operation);
  const problem = findNameProblem(catalogue, OK, operation);
  if (problem !== null) throw new UsageRangeError(problem);
  return choices.filter((choice) => choice.operation !== operation);
}

/** Why a scenario cannot be chosen, with the ones that can; `null`: it can. */
function findNameProblem(
  catalogue: Catalogue,
  scenario: string,
  operation: string | undefined,
): string | null {
  const { scenarios, operations } = catalogue;
  if (!scenarios.has(scenario)) return unknownName('scenario', scenario, scenarios);
  if (operation === undefined) return null;
  if (!operations.has(operation)) return unknownName('operation', operation, operations.keys());
  return explainLack(catalogue, operation, scenario);
}

/** Without it, a list of one name would pass for the name in the message that refuses it. */
function checkName(kind: 'scenario' | 'operation', name: unknown): void {
  if (typeof name === 'string') return;
  throw new UsageTypeError(
    `The name of ${kind === 'operation' ? 'an' : 'a'} ${kind} is a string; found ${shown(name)}.`,
  );
}

function checkTimes(times: unknown): void {
  if (times === undefined || (Number.isSafeInteger(times) && Number(times) > 0)) return;
  throw new UsageRangeError(`"times" is the number of answers, 1 or more; found ${shown(times)}.`);
}

/** @throws {UsageRangeError} when too many choices wait. */
function stack(choices: Choices, choice: Choice): Choices {
  const waiting = choices.filter(
    ({ operation, left }) => operation === choice.operation && left !== undefined,
  );
  if (waiting.length < MAX_WAITING) return [...choices, choice];
  throw new UsageRangeError(
    `At most ${MAX_WAITING} choices with "times" can wait for one another; choose one without "times", or reset.`,
  );
}

/**
 * The choices of the option `scenario`: one name, or names by operation and by `default`.
 * @throws as {@link choose} does, and {UsageTypeError} when it is neither.
 */
export function startChoices(scenario: MockOptions<MockNames>['scenario'], catalogue: Catalogue): Choices {
  if (scenario === undefined) return [];
  if (typeof scenario === 'string') return choose([], catalogue, scenario, {});
  if (!isObject(scenario) || !isPlainObject(scenario)) {
    throw new UsageTypeError(
      `"scenario" is the name of a scenario, or { default: name, [operation]: name }; found ${shown(scenario)}.`,
    );
  }
  const { default: whole, ...operations } = scenario;
  return Object.entries(operations).reduce<Choices>(
    (choices, [operation, name]) =>
      name === undefined ? choices : choose(choices, catalogue, name, { operation }),
    whole === undefined ? [] : choose([], catalogue, whole, {}),
  );
}

/** The choices that can still be made in another catalogue, and why the others cannot. */
export function keepChoices(
  choices: Choices,
  catalogue: Catalogue,
): { readonly kept: Choices; readonly lost: readonly string[] } {
  const problems = choices.map(({ scenario, operation }) => findNameProblem(catalogue, scenario, operation));
  return {
    kept: choices.filter((_, index) => problems[index] === null),
    lost: problems.filter((problem) => problem !== null),
  };
}

/** The choice that decides for an operation. */
export function choiceFor(choices: Choices, operation: string): Choice {
  const { ofOperations, ofMock } = indexOf(choices);
  return ofOperations.get(operation) ?? ofMock;
}

/** Once for each list: every request asks. */
const indexOf = memoize((choices: Choices) => {
  let ofMock: Choice = NOTHING_FORCED;
  const ofOperations = new Map<string, Choice>();
  for (const choice of choices) {
    if (choice.operation !== undefined) {
      ofOperations.set(choice.operation, choice);
    } else {
      // A choice for the whole mock covers the earlier ones.
      ofOperations.clear();
      ofMock = choice;
    }
  }
  return { ofMock, ofOperations };
});

const NOTHING_FORCED: Choice = { scenario: OK };

/** The choices after one answer by the choice that decides for an operation. */
export function countAnswer(choices: Choices, operation: string): Choices {
  const choice = choiceFor(choices, operation);
  if (choice.left === undefined) return choices;
  const left = choice.left - 1;
  return choices.flatMap((other) => {
    if (other !== choice) return [other];
    return left > 0 ? [{ ...choice, left }] : [];
  });
}

export function selectedScenarios(choices: Choices): SelectedScenarios {
  const { ofMock, ofOperations } = indexOf(choices);
  const operations = [...ofOperations].map(([id, { scenario }]) => [id, scenario]);
  return { default: ofMock.scenario, operations: Object.fromEntries(operations) };
}
