import { isNamedError } from '../../built-ins.ts';
import type { Answer } from '../../contract/message.ts';
import type { FixtureError } from '../../database/rows/fixture-error.ts';
import { LimitError } from '../../mock/limit-error.ts';
import { problem } from '../../mock/problem.ts';
import type { ChangeRequestError } from '../../provider/change-requests.ts';
import { withoutSecrets } from '../../text/secrets.ts';
import { isUsageError } from '../../usage-error.ts';

export function toResponse({ status, headers, contentType, body }: Answer): Response {
  const fields = new Headers(headers.map(([name, value]): [string, string] => [name, value]));
  if (contentType !== null) fields.set('Content-Type', contentType);
  return new Response(body, { status, headers: fields });
}

export function noContent(): Response {
  return new Response(null, { status: 204 });
}

/**
 * Runs an act that may throw. The caller's mistakes become a 400, what is too large a 413 or a 429, and PostHog's
 * refusals are answered as PostHog would. Anything else is a bug: it is rethrown and becomes a 500.
 */
export function attempt(act: () => Response): Response {
  try {
    return act();
  } catch (cause) {
    const refusal = refusalOf(cause);
    if (refusal) return toResponse(refusal);
    throw cause;
  }
}

function refusalOf(cause: unknown): Answer | null {
  if (cause instanceof LimitError) return cause.answer;
  if (isNamedError<ChangeRequestError>(cause, 'ChangeRequestError')) {
    const { status, body } = cause;
    return { status, headers: [], contentType: 'application/json', body };
  }
  if (isNamedError<FixtureError>(cause, 'FixtureError')) {
    const errors = cause.findings.map(({ collection, pointer, detail }) => ({
      in: 'fixture' as const,
      name: collection,
      pointer,
      detail,
    }));
    return problem('FIXTURE_INVALID', cause.message, errors);
  }
  if (isUsageError(cause)) {
    // It may quote names from the body.
    const detail = withoutSecrets(cause.message);
    return problem('REQUEST_INVALID', detail, [{ in: 'body', detail }]);
  }
  return null;
}
