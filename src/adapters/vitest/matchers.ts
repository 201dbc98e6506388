import type { MatcherState } from 'vitest';
import { checkMembers, OPTIONS } from '../../check-members.ts';
import { isOfMethod } from '../../contract/contract.ts';
import type { AnyMock, JournalEntry, MockNames, SessionOptions } from '../../index.ts';
import { isObject } from '../../json.ts';
import { noSuchName } from '../../text/nearest-name.ts';
import { counted, shown } from '../../text/shown.ts';
import { UsageRangeError, UsageTypeError } from '../../usage-error.ts';
import {
  type Conformance,
  conformanceOf,
  isOperationAnswer,
  type OperationAnswer,
  operationOf,
  responseConformance,
} from './conformance.ts';
import { currentMock } from './interception.ts';
import { checkExpected, criteriaOf, type Expected, lineOf, receivedOf } from './received.ts';

/** Where the contract is, and which operation answered. */
export interface ConformOptions {
  /** Default: the mock of the test that runs. */
  readonly mock?: Pick<AnyMock, 'contract'> | undefined;
  /** Default: what the response says in `X-Mock-Operation`. */
  readonly operation?: string | undefined;
}

/** What `expect(…)` has for a mock, a response, or an answer as plain data. */
export interface MockMatchers<T> {
  /**
   * Whether a mock has received a request to an operation, or a number of them.
   *
   * ```ts
   * expect(mock).toHaveReceived('experiments_stats_retrieve', { times: 1, status: 200 });
   * ```
   */
  toHaveReceived: T extends Receiver<infer Names>
    ? <Operation extends Names['operation']>(
        operation: Operation,
        expected?: Expected<Names['scenarios'][Operation]>,
      ) => void
    : never;
  /**
   * Whether the contract documents an answer: its status, its media type, and a body that its schema allows.
   *
   * ```ts
   * await expect(response).toConformToContract();
   * expect({ operation: 'experiments_stats_retrieve', status: 200, body }).toConformToContract();
   * ```
   */
  toConformToContract: T extends Response
    ? (options?: ConformOptions) => Promise<void>
    : T extends OperationAnswer
      ? (options?: Pick<ConformOptions, 'mock'>) => void
      : never;
}

/** A mock, by what has its names. */
interface Receiver<Names extends MockNames> {
  readonly journal: object;
  session(options?: SessionOptions<Names>): unknown;
}

/** What a matcher says to Vitest. */
interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Requests that a message lists. */
const MAX_REQUESTS_SHOWN = 10;

/** For `expect.extend`. */
export const matchers = {
  toHaveReceived(this: MatcherState, mock: unknown, operation: string, expected: Expected = {}): Verdict {
    if (!isMock(mock)) throw new UsageTypeError(`toHaveReceived takes a mock; found ${shown(mock)}.`);
    const asked = operationOf(mock.contract, operation);
    checkExpected(expected);
    checkScenario(mock, operation, expected.scenario);
    const { subsetEquality, iterableEquality } = this.utils;
    const criteria = criteriaOf(expected);
    // The journal also has requests with a method that the path does not have.
    const entries = mock.journal
      .filter({ operation })
      .filter(({ request }) => isOfMethod(asked, request.method));
    const met = entries.filter((entry) =>
      this.equals(receivedOf(entry, expected), criteria, [
        ...this.customTesters,
        iterableEquality,
        subsetEquality,
      ]),
    );
    const { times } = expected;
    return {
      pass: times === undefined ? met.length > 0 : met.length === times,
      message: () =>
        [
          wanted(this, operation, expected),
          ...received(mock, entries, met.length),
          ...difference(this, entries, met, expected),
        ].join('\n'),
    };
  },

  toConformToContract(this: MatcherState, answer: unknown, options: ConformOptions = {}) {
    checkMembers('toConformToContract', OPTIONS, options, ['mock', 'operation']);
    const contract = (options.mock ?? currentMock())?.contract;
    if (contract === undefined) {
      throw new UsageTypeError(
        'toConformToContract knows no contract outside of a test that has a mock: give it one, as in toConformToContract({ mock }).',
      );
    }
    if (answer instanceof Response) {
      return responseConformance(contract, answer, options.operation).then((found) => verdictOf(found));
    }
    if (isOperationAnswer(answer)) return verdictOf(conformanceOf(contract, answer));
    const found = answer instanceof Promise ? 'a promise, which has to be awaited' : shown(answer);
    throw new UsageTypeError(
      `toConformToContract takes a Response, or { operation, status, body, contentType }; found ${found}.`,
    );
  },
};

/** @throws {UsageRangeError} on a scenario that the operation does not have, which no request could have. */
function checkScenario({ scenarios }: AnyMock, operation: string, scenario: unknown): void {
  if (typeof scenario !== 'string') return;
  const known = scenarios.filter(({ operations }) => operations.includes(operation)).map(({ name }) => name);
  if (known.includes(scenario)) return;
  throw new UsageRangeError(noSuchName(`${operation} has no scenario`, scenario, known, 'Its scenarios are'));
}

function isMock(value: unknown): value is AnyMock {
  return isObject(value) && isObject(value.journal) && isObject(value.contract);
}

function verdictOf({ operation, status, violations }: Conformance): Verdict {
  const pass = violations.length === 0;
  const subject = `the answer ${status} of ${operation}`;
  return {
    pass,
    message: () =>
      pass
        ? `Expected ${subject} to break the contract, but it keeps it.`
        : [`Expected ${subject} to keep the contract:`, ...violations.map((line) => `  ${line}`)].join('\n'),
  };
}

function wanted({ isNot, utils }: MatcherState, operation: string, { times, ...criteria }: Expected): string {
  const count =
    times === undefined
      ? isNot
        ? 'no request'
        : 'a request'
      : `${isNot ? 'any number but ' : ''}${counted(times, 'request')}`;
  const such =
    Object.keys(criteria).length > 0 ? ` with ${utils.stringify(criteria, undefined, { min: true })}` : '';
  return `Expected the mock to have received ${count} of ${operation}${such}.`;
}

function received(mock: AnyMock, entries: readonly JournalEntry[], met: number): string[] {
  if (entries.length === 0) {
    const others = mock.journal.entries.slice(-MAX_REQUESTS_SHOWN);
    if (others.length === 0) return ['It received no request at all.'];
    return ['It received none of this operation. The last requests were:', ...others.map(indented)];
  }
  const shown = entries.slice(-MAX_REQUESTS_SHOWN).map(indented);
  const which = met === entries.length ? '' : `, of which ${met} met the criteria`;
  return [`It received ${counted(entries.length, 'request')} of this operation${which}:`, ...shown];
}

function indented(entry: JournalEntry): string {
  return `  ${lineOf(entry)}`;
}

/** Between what was expected and the last request that was different. */
function difference(
  state: MatcherState,
  entries: readonly JournalEntry[],
  met: readonly JournalEntry[],
  expected: Expected,
): string[] {
  const last = entries.findLast((entry) => !met.includes(entry));
  if (last === undefined || state.isNot) return [];
  const diff = state.utils.diff(criteriaOf(expected), receivedOf(last, expected));
  return diff === undefined ? [] : [`The last one that differs, no. ${last.number}:`, diff];
}
