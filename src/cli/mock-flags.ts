import { openCoreMock } from '../create-core-mock.ts';
import { FixtureError } from '../database/rows/fixture-error.ts';
import type { FixtureInput } from '../database/rows/types.ts';
import type { CoreMock } from '../mock/mock.ts';
import type { MockNames, MockOptions } from '../mock/options.ts';
import type { MockFiles } from '../mock/shared.ts';
import { readPackaged } from '../packaged.ts';
import { type BeforeRead, checkIsFile } from '../source-files.ts';
import { shownText } from '../text/shown.ts';
import { UsageRangeError } from '../usage-error.ts';
import { CommandFailure } from './failure.ts';
import { describeFixtureError, readFixtureDirectory } from './fixture-directory.ts';

/** Where contract and rows come from. Default: the packaged ones. */
export interface SourceFlags {
  readonly contract?: string;
  /** A directory. */
  readonly fixtures?: string;
  readonly strict?: boolean;
}

/** The flags that configure a mock. */
export interface MockFlags extends SourceFlags {
  /** A name for the whole mock, and `operationId=name` for its exceptions. */
  readonly scenario?: readonly string[];
  readonly now?: string;
  readonly delay?: MockOptions['delay'];
  readonly auth?: MockOptions['auth'];
  readonly throttle?: MockOptions['throttle'];
  readonly validate?: MockOptions['validate'];
  readonly requests?: MockOptions['requests'];
  readonly provider?: MockOptions['provider'];
}

/** A mock made from flags, whose files can be read again. */
export interface MockOfFlags {
  readonly mock: CoreMock;
  /**
   * Reads contract and rows again. Nothing has changed when it throws, which it does as {@link openMockOf}.
   * @returns why selected scenarios could not be kept.
   */
  reload(): readonly string[];
}

/**
 * Creates the mock that the flags describe. It has no MSW handlers: loading MSW would take longer than the rest of the
 * start.
 *
 * @param beforeRead called with the path of each file that is read or looked for, now and by `reload`.
 * @throws (rejects) {CommandFailure} when a fixture file or `--scenario` is wrong, naming the place.
 * @throws (rejects) {ContractError} when the contract cannot be used.
 * @throws (rejects) {UsageTypeError} on a value of the wrong type.
 * @throws (rejects) {UsageRangeError} on a name that does not exist or a value out of range.
 */
export async function openMockOf(flags: MockFlags, beforeRead: BeforeRead = () => {}): Promise<MockOfFlags> {
  // One by one: a command has flags that a mock would refuse.
  const { scenario = [], now, delay, auth, throttle, validate, requests, provider } = flags;
  const options = {
    now,
    delay,
    auth,
    throttle,
    validate,
    requests,
    provider,
    scenario: readScenario(scenario),
  };
  const withFiles = await filesOf(flags, beforeRead);
  const { mock, reload } = withFiles((files, fixtures) => {
    try {
      return openCoreMock(files, { ...options, fixtures });
    } catch (cause) {
      // The other numbers and names have been checked when they were read.
      if (cause instanceof UsageRangeError && scenario.length > 0)
        throw new CommandFailure(`--scenario: ${cause.message}`, 2);
      throw cause;
    }
  });
  return { mock, reload: () => withFiles(reload) };
}

/** Loads what reads other contracts than the packaged one when there is one: it is a third of the code. */
async function readerOf({ contract, strict }: SourceFlags, beforeRead: BeforeRead): Promise<() => MockFiles> {
  const packaged = contract === undefined ? readPackaged() : null;
  if (packaged) return () => packaged;
  const { readFiles } = await import('../read-files.ts');
  return () => readFiles({ contract, strict }, beforeRead);
}

/** Calls `use` with the contract and the rows of the flags, read anew each time. */
type WithFiles = <T>(use: (files: MockFiles, rows: FixtureInput | undefined) => T) => T;

async function filesOf(flags: SourceFlags, beforeRead: BeforeRead): Promise<WithFiles> {
  const { contract, fixtures } = flags;
  const readFiles = await readerOf(flags, beforeRead);
  return (use) => {
    if (contract !== undefined) {
      beforeRead(contract);
      // `createMock` would read a wrong path as the text of a contract.
      checkIsFile(contract, contract || '--contract');
    }
    const rows = fixtures === undefined ? undefined : readFixtureDirectory(fixtures, beforeRead);
    try {
      return use(readFiles(), rows);
    } catch (cause) {
      if (cause instanceof FixtureError && fixtures !== undefined) {
        throw new CommandFailure(describeFixtureError(cause, fixtures), 1);
      }
      throw cause;
    }
  };
}

/** Reads a name for the whole mock, and `operationId=name` for its exceptions. */
function readScenario(given: readonly string[]): MockOptions<MockNames>['scenario'] {
  const chosen = new Map<string, string>();
  for (const choice of given) {
    const mark = choice.lastIndexOf('=');
    const target = mark < 0 ? 'default' : choice.slice(0, mark);
    if (target === '' || (mark >= 0 && target === 'default')) {
      const detail =
        'give the name of a scenario for the whole mock, or "operationId=name" for one operation';
      throw new CommandFailure(`--scenario "${shownText(choice)}": ${detail}.`, 2);
    }
    const earlier = chosen.get(target);
    if (earlier !== undefined) {
      const owner = mark < 0 ? 'the whole mock' : shownText(target);
      throw new CommandFailure(
        `--scenario "${shownText(choice)}": ${owner} has "${shownText(earlier)}" already; give one.`,
        2,
      );
    }
    chosen.set(target, choice.slice(mark + 1));
  }
  return Object.fromEntries(chosen);
}
