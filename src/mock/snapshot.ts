import type { Rows } from '../database/rows/types.ts';
import { isObject } from '../json.ts';
import { shown } from '../text/shown.ts';
import { UsageTypeError } from '../usage-error.ts';
import { type ClockState, isClockState } from './clock.ts';
import { isDelayRange } from './delay.ts';
import type { Names } from './scenarios/catalogue.ts';
import { type Choices, MAX_WAITING } from './scenarios/choices.ts';

/** Everything about a mock that can change, but for its journal and the counts of its throttle: plain JSON, fit for a file. */
export interface MockSnapshot {
  readonly version: 1;
  /** Times are absolute. */
  readonly rows: Rows;
  readonly choices: Choices;
  readonly clock: ClockState;
  /** Applied change requests that let no request through any more. */
  readonly settled: readonly string[];
}

/**
 * Takes a snapshot from outside for what it claims to be, but for its rows, which the store checks itself.
 * @throws {UsageTypeError} naming the member that is wrong.
 */
export function checkSnapshot(value: unknown, names: Names): MockSnapshot {
  const snapshot = objectOf(value, 'A snapshot');
  if (snapshot.version !== 1) {
    throw new UsageTypeError(`A snapshot has "version" 1; found ${shown(snapshot.version)}.`);
  }
  checkChoices(snapshot.choices, names);
  if (!isClockState(snapshot.clock)) {
    throw new UsageTypeError(`"clock" of a snapshot is a state of a clock; found ${shown(snapshot.clock)}.`);
  }
  if (!Array.isArray(snapshot.settled) || snapshot.settled.some((id) => typeof id !== 'string')) {
    throw new UsageTypeError('"settled" of a snapshot is an array of ids of change requests.');
  }
  // Every member but the rows has just been checked.
  return snapshot as unknown as MockSnapshot;
}

function checkChoices(value: unknown, names: Names, deepest = MAX_WAITING): void {
  const { mock, operations } = objectOf(value, '"choices" of a snapshot');
  refuseDeeper(deepest);
  checkChoice(mock, names, (before) => checkChoices(before, names, deepest - 1));
  for (const [id, choice] of Object.entries(objectOf(operations, '"choices.operations" of a snapshot'))) {
    if (!names.operations.has(id)) {
      throw new UsageTypeError(
        `The contract has no operation ${shown(id)}, for which the snapshot has a choice.`,
      );
    }
    checkOperationChoice(choice, names, MAX_WAITING);
  }
}

function checkOperationChoice(value: unknown, names: Names, deepest: number): void {
  refuseDeeper(deepest);
  checkChoice(value, names, (before) => before === null || checkOperationChoice(before, names, deepest - 1));
}

function refuseDeeper(deepest: number): void {
  if (deepest >= 0) return;
  throw new UsageTypeError(`At most ${MAX_WAITING} choices of a snapshot can wait for one another.`);
}

function checkChoice(value: unknown, names: Names, checkBefore: (before: unknown) => void): void {
  const { scenario, left, delay, before } = objectOf(value, 'A choice of a snapshot');
  if (typeof scenario !== 'string' || !names.scenarios.has(scenario)) {
    throw new UsageTypeError(
      `The contract has no scenario ${shown(scenario)}, which the snapshot has selected.`,
    );
  }
  if (delay !== undefined && !isDelayRange(delay)) {
    throw new UsageTypeError(`"delay" of a choice is [min, max] milliseconds; found ${shown(delay)}.`);
  }
  if (left === undefined) return;
  if (!Number.isSafeInteger(left) || Number(left) < 1) {
    throw new UsageTypeError(`"left" of a choice is a number of answers; found ${shown(left)}.`);
  }
  checkBefore(before);
}

function objectOf(value: unknown, what: string) {
  if (isObject(value)) return value;
  throw new UsageTypeError(`${what} is an object; found ${shown(value)}.`);
}
