import { checkAt } from '../contract/schema.ts';
import type { Rows } from '../database/rows/types.ts';
import schema from '../generated/snapshot.json' with { type: 'json' };
import { isObject, type JsonObject } from '../json.ts';
import { withoutSecrets } from '../text/secrets.ts';
import { shown } from '../text/shown.ts';
import { UsageTypeError } from '../usage-error.ts';
import { type ClockState, isPossible } from './clock.ts';
import { type Catalogue, explainLack } from './scenarios/catalogue.ts';
import { type Choices, MAX_WAITING } from './scenarios/choices.ts';

/** Everything about a mock that can change, but for its journal and the counts of its throttle: plain JSON, fit for a file. */
export interface MockSnapshot {
  readonly version: 2;
  /** Times are absolute. */
  readonly rows: Rows;
  /** Oldest first. */
  readonly choices: Choices;
  readonly clock: ClockState;
  /** What the provider keeps beside the rows. */
  readonly provider: JsonObject;
}

/**
 * Checks a snapshot from outside, except for its rows and the provider's state: store and provider check these.
 * @throws {UsageTypeError} naming what is wrong and where.
 */
export function checkSnapshot(value: unknown, catalogue: Catalogue): MockSnapshot {
  if (value === undefined) throw wrongSnapshot('the snapshot: expected object, found undefined.');
  // As JSON has it: a member that is undefined is not there.
  const given = isObject(value)
    ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))
    : value;
  // Before each of them is checked.
  if (isObject(given)) refuseManyChoices(given.choices, catalogue);
  const violations = checkAt(
    schema,
    '',
  )(given).map(({ pointer, detail }) => `${pointer || 'the snapshot'}: ${detail}`);
  if (violations.length > 0) throw wrongSnapshot(violations.join(' '));
  // It has just passed the schema.
  const snapshot = value as MockSnapshot;
  for (const [index, { scenario, operation }] of snapshot.choices.entries()) {
    const at = `/choices/${index}`;
    if (!catalogue.scenarios.has(scenario)) {
      throw wrongSnapshot(`${at}/scenario: the contract has no scenario ${shown(scenario)}.`);
    }
    if (operation === undefined) continue;
    if (!catalogue.operations.has(operation)) {
      throw wrongSnapshot(`${at}/operation: the contract has no operation ${shown(operation)}.`);
    }
    const lack = explainLack(catalogue, operation, scenario);
    if (lack !== null) throw wrongSnapshot(`${at}/scenario: ${lack}`);
  }
  if (isPossible(snapshot.clock)) return snapshot;
  throw wrongSnapshot(`/clock: expected a time in the years 0 to 9999, found ${shown(snapshot.clock)}.`);
}

function refuseManyChoices(choices: unknown, { operations }: Catalogue): void {
  const max = MAX_WAITING * (operations.size + 1);
  if (!Array.isArray(choices) || choices.length <= max) return;
  throw wrongSnapshot(`/choices: there are ${choices.length}, and may be ${max}.`);
}

function wrongSnapshot(detail: string): UsageTypeError {
  // A name in it may be a key.
  return new UsageTypeError(`The snapshot cannot be restored: ${withoutSecrets(detail)}`);
}
