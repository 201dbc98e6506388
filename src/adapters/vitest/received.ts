import { checkMembers } from '../../check-members.ts';
import type { JournalEntry } from '../../index.ts';
import { isObject, parseJson } from '../../json.ts';
import { shown } from '../../text/shown.ts';
import { UsageRangeError } from '../../usage-error.ts';

/** What requests are counted. An absent criterion matches everything. */
export interface Expected<Scenario extends string = string> {
  /** How many requests meet the other criteria. Default: at least one. */
  readonly times?: number | undefined;
  /**
   * The parameters that it has at least; an array where one is repeated. A number or boolean is compared as text; values may
   * be `expect.stringMatching(…)`.
   */
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** The headers that it has at least, in any case. Those with a key are `[redacted]`. */
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
  /** The body, parsed if it is JSON; of an object, the members that it has at least. */
  readonly body?: unknown;
  /** The scenario that answered. */
  readonly scenario?: Scenario | undefined;
  /** The status of the answer; `null`: there was none. */
  readonly status?: number | null | undefined;
}

/** A request as it is compared, with what was expected of it only. */
export type Received = Readonly<Partial<Record<Criterion, unknown>>>;

export type Criterion = Exclude<keyof Expected, 'times'>;

const CRITERIA: readonly Criterion[] = ['query', 'headers', 'body', 'scenario', 'status'];

/** @throws {UsageTypeError} on a criterion that does not exist. */
export function checkExpected(expected: Expected): void {
  checkMembers('toHaveReceived', ['criterion', 'criteria'], expected, ['times', ...CRITERIA]);
  const { times } = expected;
  if (times === undefined || (Number.isInteger(times) && times >= 0)) return;
  throw new UsageRangeError(`"times" is a whole number, 0 or more; found ${shown(times)}.`);
}

/** What is expected of each request, as requests have it: names of headers in lower case, parameters as text. */
export function criteriaOf(expected: Expected): Received {
  const { query, headers } = expected;
  return pick((criterion) => {
    if (criterion === 'query') return asSent(query, (name) => name);
    if (criterion === 'headers') return asSent(headers, (name) => name.toLowerCase());
    return expected[criterion];
  }, expected);
}

/** The same of a request that was received. */
export function receivedOf(entry: JournalEntry, expected: Expected): Received {
  const parts: Record<Criterion, () => unknown> = {
    query: () => queryOf(entry.request.query),
    headers: () => entry.request.headers,
    body: () => bodyOf(entry.request.body),
    scenario: () => entry.scenario,
    status: () => entry.status,
  };
  return pick((criterion) => parts[criterion](), expected);
}

/** `GET /api/projects/1/experiments/stats/ → 200`. */
export function lineOf({ request, status }: JournalEntry): string {
  const query = request.query === '' ? '' : `?${request.query}`;
  return `${request.method} ${request.path}${query} → ${status ?? 'no response'}`;
}

function pick(read: (criterion: Criterion) => unknown, expected: Expected): Received {
  const asked = CRITERIA.filter((criterion) => expected[criterion] !== undefined);
  return Object.fromEntries(asked.map((criterion) => [criterion, read(criterion)]));
}

/** As requests have them. What is not a plain object, such as `expect.objectContaining(…)`, compares as it is. */
function asSent(
  members: Readonly<Record<string, unknown>> | undefined,
  toName: (name: string) => string,
): unknown {
  if (!isObject(members) || Object.getPrototypeOf(members) !== Object.prototype) return members;
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [toName(name), textOf(value)]));
}

function textOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(textOf);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

function queryOf(query: string): Readonly<Record<string, string | readonly string[]>> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      const [first = ''] = values;
      return [name, values.length > 1 ? values : first];
    }),
  );
}

function bodyOf(body: string | null): unknown {
  if (body === null) return null;
  const value = parseJson(body);
  return value === undefined ? body : value;
}
