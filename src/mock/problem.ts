import type { Answer } from '../contract/message.ts';
import { cut } from '../text/printable.ts';
import type { Secrets } from '../text/secrets.ts';
import { counted } from '../text/shown.ts';

/** The problems that the mock itself reports; what the mocked API would say has the API's own shape. */
export type ProblemCode = keyof typeof PROBLEMS;

const PROBLEMS = {
  NO_PATH_MATCHED: { status: 404, title: 'No path of the contract matches' },
  PREFERENCE_UNKNOWN: { status: 400, title: 'Unknown preference' },
  REQUEST_INVALID: { status: 400, title: 'Invalid request' },
  FIXTURE_INVALID: { status: 400, title: 'Invalid fixtures' },
  SCENARIO_NOT_FOUND: { status: 404, title: 'Unknown scenario' },
  UNAUTHENTICATED: { status: 401, title: 'A credential is missing' },
  NOT_ACCEPTABLE: { status: 406, title: 'No media type is acceptable' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The path has other methods' },
  SESSION_NOT_FOUND: { status: 404, title: 'Unknown session' },
  CONTROL_FORBIDDEN: { status: 403, title: 'The control plane is not for this request' },
  TOO_MANY_SESSIONS: { status: 429, title: 'Too many sessions' },
  NOT_A_PROXY: { status: 405, title: 'The mock is no proxy' },
  EXPECTATION_FAILED: { status: 417, title: 'The request expects what the mock cannot do' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request took too long' },
  HEADERS_TOO_LARGE: { status: 431, title: 'Headers too large' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'Payload too large' },
  OVERLOADED: { status: 503, title: 'Too much waits' },
  MOCK_FAILED: { status: 500, title: 'The mock failed' },
  MOCK_RESPONSE_INVALID: { status: 500, title: 'The answer breaks the contract' },
} as const;

/** One finding of a problem: what is wrong, and where. */
export interface ProblemError {
  readonly detail: string;
  readonly in: 'body' | 'query' | 'header' | 'path' | 'cookie' | 'status' | 'contract' | 'fixture';
  readonly pointer?: string;
  readonly name?: string;
}

export const PROBLEM_TYPE = 'application/problem+json';
const URN = 'urn:posthog-experiments-mock:';

/** Findings in an answer. */
export const MAX_ERRORS = 100;
/** Of a problem, in characters. It may list all names of a contract. */
export const MAX_DETAIL_LENGTH = 10_000;
/** Of each text of a finding, in characters: it may quote a name from the request. */
export const MAX_ERROR_LENGTH = 500;

/** An RFC 9457 problem, with its detail as the hint. What is too long is cut. */
export function problem(code: ProblemCode, whole: string, findings: readonly ProblemError[] = []): Answer {
  const { status, title } = PROBLEMS[code];
  const detail = cut(whole, MAX_DETAIL_LENGTH);
  const errors = findings.slice(0, MAX_ERRORS).map(cutTexts);
  const type = `${URN}${code.toLowerCase().replaceAll('_', '-')}`;
  const body = { type, title, status, detail, code, ...(errors.length > 0 && { errors }) };
  const contentType = PROBLEM_TYPE;
  return { status, headers: [], contentType, body: JSON.stringify(body), hint: detail };
}

/** Whether a body is a problem of the mock itself. */
export function isProblem(body: string): boolean {
  return body.startsWith(`{"type":"${URN}`);
}

function cutTexts({ detail, in: place, pointer, name }: ProblemError): ProblemError {
  return {
    detail: cut(detail, MAX_ERROR_LENGTH),
    in: place,
    ...(pointer !== undefined && { pointer: cut(pointer, MAX_ERROR_LENGTH) }),
    ...(name !== undefined && { name: cut(name, MAX_ERROR_LENGTH) }),
  };
}

/** A problem that quotes a request, without the keys that the rows have. */
export function withoutKnownKeys(answer: Answer, secrets: Secrets): Answer {
  const { body, hint } = answer;
  return {
    ...answer,
    body: body === null ? null : hideInJson(body, secrets),
    ...(hint !== undefined && { hint: secrets.hideKnown(hint) }),
  };
}

/** Text by text, as a whole JSON text is one word in many places. */
export function hideInJson(json: string, secrets: Secrets): string {
  return JSON.stringify(
    JSON.parse(json, (_, value) => (typeof value === 'string' ? secrets.hideKnown(value) : value)),
  );
}

/** For bugs in the mock. The cause goes to the log only: its message may contain secrets. */
export function mockFailed(): Answer {
  return problem('MOCK_FAILED', 'The mock failed on this request; its log says why. Please report it.');
}

/** @param limit in bytes. */
export function bodyTooLarge(limit: number): Answer {
  return problem('PAYLOAD_TOO_LARGE', `The body of the request is longer than ${counted(limit, 'byte')}.`);
}
