import { statSync } from 'node:fs';
import { ContractError } from '../contract/contract-error.ts';
import { createCoreMock } from '../create-core-mock.ts';
import { FixtureError } from '../database/rows/fixture-error.ts';
import type { CoreMock } from '../mock/mock.ts';
import type { MockOptions } from '../mock/options.ts';
import { readFiles } from '../packaged.ts';
import { CommandFailure } from './failure.ts';
import { describeFixtureError, readFixtureDirectory } from './fixture-directory.ts';

/** Where contract and rows come from. Default: the packaged ones. */
export interface SourceFlags {
  readonly contract?: string;
  /** A directory. */
  readonly fixtures?: string;
}

/** The flags that configure a mock. */
export interface MockFlags extends SourceFlags {
  /** Names, or `operationId=name`. */
  readonly scenario?: readonly string[];
  readonly now?: string;
  readonly delay?: MockOptions['delay'];
  readonly auth?: MockOptions['auth'];
  readonly throttle?: MockOptions['throttle'];
  readonly validate?: MockOptions['validate'];
}

/**
 * Creates the mock that the flags describe, reading its files anew. It has no MSW handlers: loading MSW would
 * take longer than the rest of the start.
 * @throws {CommandFailure} when a fixture file or `--scenario` is wrong, naming the place.
 * @throws {ContractError} when the contract cannot be used.
 * @throws {UsageTypeError} on a value of the wrong type.
 * @throws {UsageRangeError} on a name that does not exist or a value out of range.
 */
export function createMockOf(flags: MockFlags): CoreMock {
  // One by one: a command has flags that a mock would refuse.
  const { contract, fixtures, scenario = [], now, delay, auth, throttle, validate } = flags;
  if (contract !== undefined) checkIsFile(contract);
  const rows = fixtures === undefined ? undefined : readFixtureDirectory(fixtures);
  try {
    const options = { now, delay, auth, throttle, validate, scenario: readScenario(scenario) };
    return createCoreMock(readFiles({ contract }), { ...options, fixtures: rows });
  } catch (cause) {
    if (cause instanceof FixtureError && fixtures !== undefined) {
      throw new CommandFailure(describeFixtureError(cause, fixtures), 1);
    }
    throw cause;
  }
}

/** `createMock` would read a wrong path as the text of a contract. */
function checkIsFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) return;
  const detail = 'there is no such file, or it is a directory; expected the path of an OpenAPI 3.1 document.';
  throw new ContractError(path || '--contract', [{ pointer: '', detail }]);
}

/** Reads one name for the whole mock, or one for each operation. */
function readScenario(given: readonly string[]): MockOptions['scenario'] {
  const [first, ...others] = given;
  if (first === undefined) return undefined;
  if (others.length === 0 && !first.includes('=')) return first;
  return Object.fromEntries(
    given.map((choice) => {
      const mark = choice.lastIndexOf('=');
      if (mark > 0) return [choice.slice(0, mark), choice.slice(mark + 1)];
      const detail = 'give one scenario for the whole mock, or "operationId=scenario" for each operation';
      throw new CommandFailure(`--scenario "${choice}": ${detail}.`, 2);
    }),
  );
}
