import { checkMembers, OPTIONS } from '../check-members.ts';
import type { FixtureInput } from '../database/rows/types.ts';
import type { OperationId, ScenarioName, ScenariosByOperation } from '../generated/names.ts';
import { withoutSecrets } from '../text/secrets.ts';
import { shown } from '../text/shown.ts';
import { UsageTypeError } from '../usage-error.ts';
import type { ClockOption } from './clock.ts';
import type { DelayOption } from './delay.ts';

/** The operations and scenarios of a mock's contract, as types: literals for the packaged contract, else strings. */
export interface MockNames {
  readonly operation: string;
  readonly scenario: string;
  /** The scenarios of each operation. */
  readonly scenarios: { readonly [operation: string]: string };
}

/** The names of the packaged contract. */
export interface PackagedNames {
  readonly operation: OperationId;
  readonly scenario: ScenarioName;
  readonly scenarios: ScenariosByOperation;
}

/** The options of a mock, by default of one with the packaged contract. All have a default. */
export interface MockOptions<Names extends MockNames = PackagedNames> {
  /**
   * The OpenAPI contract (3.0, 3.1 or 3.2): YAML or JSON text, or a document; in Node also a path or a `file:` URL.
   * Default: the packaged one.
   */
  readonly contract?: string | URL | object | undefined;
  /**
   * How the API behaves: as `posthog`, or by the contract alone. Default: `posthog` where the contract has an operation
   * that is computed as PostHog does, else `contract`.
   */
  readonly provider?: 'posthog' | 'contract' | undefined;
  /** Whether what is odd about the contract is an error. Default `false`. */
  readonly strict?: boolean | undefined;
  /** Rows to start from; each named collection replaces the packaged one. Refused by the provider `contract`. */
  readonly fixtures?: FixtureInput | undefined;
  /**
   * A scenario for the whole mock, or one for each operation and, as `default`, for all others. Default: `ok`, which
   * forces nothing.
   */
  readonly scenario?:
    | Names['scenario']
    | ({ readonly [Id in Names['operation']]?: Names['scenarios'][Id] | undefined } & {
        readonly default?: Names['scenario'] | undefined;
      })
    | undefined;
  /** A fixed clock that can be set and advanced, or the caller's own. Default: the real one. */
  readonly now?: ClockOption | undefined;
  /** Milliseconds before every answer, or a range to draw them from; at most 60000. Default 0. */
  readonly delay?: DelayOption | undefined;
  /** `off`: no 401 and no 403, requests act as the first user; an unknown project is still a 404. Default `enforce`. */
  readonly auth?: 'enforce' | 'off' | undefined;
  /** `enforce`: PostHog's limits for each key, on the mock's clock. Default `off`. */
  readonly throttle?: 'off' | 'enforce' | undefined;
  /**
   * What happens to an answer that breaks the contract, by its status, a header or the body. `error` (the default): it
   * becomes a 500 problem, and the journal keeps it; `warn`: it is sent, and `X-Mock-Violations` says what is wrong;
   * `off`: answers are not checked.
   */
  readonly validate?: 'error' | 'warn' | 'off' | undefined;
  /**
   * What happens to a request that breaks the contract. `warn` (the default): it is answered as the API would, and log,
   * journal and `X-Mock-Hint` say what is wrong with it; `error`: it gets a 400 problem; `off`: requests are not checked.
   */
  readonly requests?: 'warn' | 'error' | 'off' | undefined;
  /** Answers requests to this origin only, such as `https://us.posthog.com`. Default: any. */
  readonly origin?: string | undefined;
}

/** The options of a session; those that are absent follow the mock that it is opened on. */
export interface SessionOptions<Names extends MockNames = PackagedNames>
  extends Omit<MockOptions<Names>, 'contract' | 'provider' | 'strict'> {
  /** Default: a counter, such as `session-1`. */
  readonly id?: string | undefined;
}

const CHOICES = {
  auth: ['enforce', 'off'],
  throttle: ['off', 'enforce'],
  validate: ['error', 'warn', 'off'],
  requests: ['warn', 'error', 'off'],
} as const;

const KNOWN = ['fixtures', 'scenario', 'now', 'delay', 'origin', ...Object.keys(CHOICES)];

/** @throws {UsageTypeError} on an unknown option or an unknown value, listing the known ones. */
export function checkOptions(options: MockOptions<MockNames>): void {
  checkMembers('createMock', OPTIONS, options, ['contract', 'provider', 'strict', ...KNOWN]);
  checkValues(options, { ...CHOICES, provider: ['posthog', 'contract'], strict: [false, true] });
}

/** @throws {UsageTypeError} as {@link checkOptions} does. */
export function checkSessionOptions(options: SessionOptions<MockNames>): void {
  checkMembers('session', OPTIONS, options, ['id', ...KNOWN]);
  checkValues(options, CHOICES);
  const { id } = options;
  if (id === undefined || (typeof id === 'string' && isSessionId(id))) return;
  throw new UsageTypeError(
    `"id" is 1 to 64 letters, digits, "-" and "_", and must not look like a key; found ${shown(id)}.`,
  );
}

/** Replies, journal and logs show the id, so it must not be a key. */
function isSessionId(id: string): boolean {
  return /^[\w-]{1,64}$/.test(id) && withoutSecrets(id) === id;
}

function checkValues(
  options: MockOptions<MockNames>,
  choices: Readonly<Record<string, readonly unknown[]>>,
): void {
  for (const [name, values] of Object.entries(choices)) {
    const value: unknown = Reflect.get(options, name);
    if (value === undefined || values.some((known) => known === value)) continue;
    throw new UsageTypeError(`"${name}" is one of ${values.join(', ')}; found ${shown(value)}.`);
  }
}

/** @throws {UsageTypeError} when the text is not a URL with an origin. */
export function readOrigin(origin: string | undefined): string | undefined {
  if (origin === undefined) return undefined;
  const parsed = URL.canParse(origin) ? new URL(origin).origin : 'null';
  if (parsed !== 'null') return parsed;
  throw new UsageTypeError(
    `"origin" is the origin of a URL, such as "https://us.posthog.com"; found ${shown(origin)}.`,
  );
}
