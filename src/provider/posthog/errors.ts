import type { Answer } from '../../contract/message.ts';

/** The `type` of PostHog's error envelope. */
export type ErrorType =
  | 'authentication_error'
  | 'invalid_request'
  | 'server_error'
  | 'throttled_error'
  | 'validation_error';

/** PostHog's error envelope: `{"type", "code", "detail", "attr": null}`, in that order (provider/posthog/README.md §0). */
export function errorAnswer(status: number, type: ErrorType, code: string, detail: string): Answer {
  return jsonAnswer(status, { type, code, detail, attr: null });
}

export function jsonAnswer(status: number, body: unknown): Answer {
  return { status, headers: [], contentType: 'application/json', body: JSON.stringify(body) };
}

export function notFound(detail: string): Answer {
  return errorAnswer(404, 'invalid_request', 'not_found', detail);
}

/** Django's answer to an exception that is not an API error. */
export function serverError(): Answer {
  return errorAnswer(500, 'server_error', 'error', 'A server error occurred.');
}
