import { checkMembers, OPTIONS } from '../../check-members.ts';
import { OK } from '../../contract/contract.ts';
import { UsageRangeError } from '../../usage-error.ts';
import { type DelayOption, type DelayRange, readDelay } from '../delay.ts';
import { type Names, unknownName } from './catalogue.ts';

/** What is selected. */
export interface SelectedScenarios<Operation extends string = string, Scenario extends string = string> {
  /** For every operation that is not named below. */
  readonly default: Scenario;
  readonly operations: { readonly [Id in Operation]?: Scenario };
}

/** A scenario that was chosen, perhaps for so many answers only. Plain JSON, so that a snapshot can hold it. */
export interface Choice {
  readonly scenario: string;
  /** Answers left; absent: until something else is chosen. */
  readonly left?: number;
  /** Absent: the delay of the mock. */
  readonly delay?: DelayRange;
}

interface MockChoice extends Choice {
  /** What comes back when no answers are left. */
  readonly before?: Choices;
}

interface OperationChoice extends Choice {
  /** `null`: the choice for the whole mock. */
  readonly before?: OperationChoice | null;
}

/** All choices of a mock. Never changed, only replaced. */
export interface Choices {
  readonly mock: MockChoice;
  readonly operations: Readonly<Record<string, OperationChoice>>;
}

export const NOTHING_FORCED: Choices = { mock: { scenario: OK }, operations: {} };

const USE_OPTIONS = ['operation', 'times', 'delay'];

/** So many choices with `times` may wait for one another. */
export const MAX_WAITING = 100;

export interface UseOptions<Operation extends string = string> {
  /** Only for this operation; default: for the whole mock, replacing every choice made before. */
  readonly operation?: Operation | undefined;
  /** For so many answers, then what was on before. */
  readonly times?: number | undefined;
  /** Milliseconds before each of these answers, or a range, in place of the mock's own. */
  readonly delay?: DelayOption | undefined;
}

/**
 * The choices after one more has been made.
 * @throws {UsageRangeError} on an unknown scenario or operation, listing the valid ones, on `times` below 1, on a delay
 * that is none, and when too many wait. {UsageTypeError} on an option that does not exist.
 */
export function choose(choices: Choices, names: Names, scenario: string, options: UseOptions): Choices {
  checkMembers('use', OPTIONS, options, USE_OPTIONS);
  const { operation, times, delay } = options;
  if (!names.scenarios.has(scenario)) {
    throw new UsageRangeError(unknownName('scenario', String(scenario), names.scenarios));
  }
  if (times !== undefined && !(Number.isSafeInteger(times) && times > 0)) {
    throw new UsageRangeError(`"times" is the number of answers, 1 or more; found ${times}.`);
  }
  const chosen = { scenario, ...(delay !== undefined && { delay: readDelay(delay) }) };
  if (operation === undefined) {
    const mock = times === undefined ? chosen : { ...chosen, left: times, before: choices };
    refuseDeeper(mock);
    return { mock, operations: {} };
  }
  if (!names.operations.has(operation)) {
    throw new UsageRangeError(unknownName('operation', String(operation), names.operations));
  }
  const before = own(choices.operations, operation) ?? null;
  const choice = times === undefined ? chosen : { ...chosen, left: times, before };
  refuseDeeper(choice);
  return { ...choices, operations: { ...choices.operations, [operation]: choice } };
}

/** @throws {UsageRangeError} when too many choices wait for their turn to come back. */
function refuseDeeper(choice: MockChoice | OperationChoice): void {
  let waiting = 0;
  for (let earlier = beforeOf(choice); earlier; earlier = beforeOf(earlier)) waiting += 1;
  if (waiting <= MAX_WAITING) return;
  throw new UsageRangeError(
    `At most ${MAX_WAITING} choices with "times" can wait for one another; choose one without "times", or reset.`,
  );
}

function beforeOf({ before }: MockChoice | OperationChoice): MockChoice | OperationChoice | null {
  return before && 'mock' in before ? before.mock : (before ?? null);
}

/** The choice that holds for an operation. */
export function selected({ mock, operations }: Choices, operation: string): Choice {
  return own(operations, operation) ?? mock;
}

/** The choices after an answer was given by the one that is selected for an operation. */
export function counted(choices: Choices, operation: string): Choices {
  const { mock, operations } = choices;
  const choice = own(operations, operation);
  return choice
    ? countOperation(choices, operation, choice)
    : mock.left === undefined
      ? choices
      : countMock(mock, mock.left, operations);
}

export function selectedScenarios({ mock, operations }: Choices): SelectedScenarios {
  const names = Object.entries(operations).map(([id, { scenario }]) => [id, scenario]);
  return { default: mock.scenario, operations: Object.fromEntries(names) };
}

function countOperation(choices: Choices, operation: string, choice: OperationChoice): Choices {
  if (choice.left === undefined) return choices;
  const { [operation]: _, ...others } = choices.operations;
  if (choice.left > 1) {
    return { ...choices, operations: { ...others, [operation]: { ...choice, left: choice.left - 1 } } };
  }
  const { before = null } = choice;
  return { ...choices, operations: before ? { ...others, [operation]: before } : others };
}

/** Choices for single operations that were made in the meantime stay; what was on before waits behind them. */
function countMock(mock: MockChoice, left: number, operations: Choices['operations']): Choices {
  if (left > 1) return { mock: { ...mock, left: left - 1 }, operations };
  const { before = NOTHING_FORCED } = mock;
  const stayed = Object.entries(operations).map(([id, choice]) => [
    id,
    behind(choice, own(before.operations, id)),
  ]);
  return { mock: before.mock, operations: { ...before.operations, ...Object.fromEntries(stayed) } };
}

/** A choice that gives way to another one when no answers are left. */
function behind(choice: OperationChoice, last: OperationChoice | undefined): OperationChoice {
  if (!last || choice.left === undefined) return choice;
  return { ...choice, before: choice.before ? behind(choice.before, last) : last };
}

/** Operation ids come from a contract, and `constructor` is a valid one. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
