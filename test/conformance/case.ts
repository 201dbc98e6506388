import type { MockOptions } from '../../src/index.ts';
import { FLAGS, PATHS, STATS } from '../mock/asking.ts';

export type FrontName = 'fetch' | 'setupServer' | 'socket' | 'browser';

/** One request, and the answer every front end must give. */
export interface Case {
  readonly name: string;
  /** Plain JSON, so that it can be passed to a page. */
  readonly options: Omit<MockOptions, 'now' | 'contract'> & {
    readonly now: string;
    readonly contract?: object;
  };
  readonly request: {
    readonly method: string;
    /** Includes the query. */
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  /** How often to send the request; the last answer is compared. */
  readonly times: number;
  readonly expected: Expected;
  /** The front ends to skip, and why: the platform cannot send the request, or MSW treats it specially. */
  readonly except: Readonly<Partial<Record<FrontName, string>>>;
}

export interface Received {
  readonly status: number;
  /** By lower-case name, without connection headers. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Expected = Received | 'network-error';

export const NOW = '2026-01-31T12:00:00Z';
export const KEY = { authorization: 'Bearer phx_experiment_read' };
export const ALLOW = { allow: 'GET, HEAD, OPTIONS' };

/** The optional parts of a case. */
type Changes = Partial<Omit<Case, 'name' | 'options' | 'request' | 'expected'>> & {
  readonly options?: Partial<Case['options']>;
  readonly request?: Partial<Case['request']>;
};

/** By default a `GET` of the statistics of project 1 with a key that may read them. */
export function expectCase(name: string, { options, request, ...rest }: Changes, expected: Expected): Case {
  return {
    name,
    times: 1,
    except: {},
    ...rest,
    options: { now: NOW, ...options },
    request: { method: 'GET', path: PATHS[STATS], headers: KEY, body: null, ...request },
    expected,
  };
}

export type OperationId = typeof STATS | typeof FLAGS;

export interface Provenance {
  readonly operation?: OperationId;
  readonly scenario?: string;
  readonly source?: 'database' | 'example' | 'responder';
}

/** An operation's JSON answer, with all headers of the real API and the mock. */
export function answered(
  status: number,
  body: unknown,
  { operation = STATS, scenario = 'ok', source = 'database' }: Provenance = {},
  more: Readonly<Record<string, string>> = {},
): Received {
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...ALLOW,
      vary: 'Prefer',
      'x-mock-operation': operation,
      'x-mock-scenario': scenario,
      'x-mock-source': source,
      ...more,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

/** PostHog's error envelope. */
export function envelope(type: string, code: string, detail: string) {
  return { type, code, detail, attr: null };
}

export const CHALLENGE = {
  'www-authenticate':
    'Bearer resource_metadata="https://us.posthog.com/.well-known/oauth-protected-resource"',
};

export function unauthenticated(code: string, detail: string, provenance: Provenance = {}): Received {
  return answered(401, envelope('authentication_error', code, detail), provenance, CHALLENGE);
}

export function forbidden(detail: string, provenance: Provenance = {}): Received {
  return answered(403, envelope('authentication_error', 'permission_denied', detail), provenance);
}

export function notFound(detail: string, provenance: Provenance = {}): Received {
  return answered(404, envelope('invalid_request', 'not_found', detail), provenance);
}

export { FLAGS, PATHS, STATS };
