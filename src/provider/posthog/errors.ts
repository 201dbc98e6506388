import type { Answer } from '../../contract/message.ts';

/** The `type` of PostHog's error envelope. */
export type ErrorType =
  | 'authentication_error'
  | 'invalid_request'
  | 'server_error'
  | 'throttled_error'
  | 'validation_error';

/**
 * PostHog's error envelope: `{"type", "code", "detail", "attr": null}`, in that order (provider/posthog/README.md §0).
 *
 * @param hint the reason, which PostHog does not tell: see {@link Answer}.
 */
export function errorAnswer(
  status: number,
  type: ErrorType,
  code: string,
  detail: string,
  hint?: string,
): Answer {
  return { ...jsonAnswer(status, { type, code, detail, attr: null }), ...(hint !== undefined && { hint }) };
}

export function jsonAnswer(status: number, body: unknown): Answer {
  return { status, headers: [], contentType: 'application/json', body: JSON.stringify(body) };
}

/** @param hint as in {@link errorAnswer}. */
export function notFound(detail: string, hint?: string): Answer {
  return errorAnswer(404, 'invalid_request', 'not_found', detail, hint);
}

/** Django's answer to an exception that is not an API error. */
export function serverError(): Answer {
  return errorAnswer(500, 'server_error', 'error', 'A server error occurred.');
}
