import type { Answer } from '../../contract/message.ts';
import { FixtureError } from '../../database/rows/fixture-error.ts';
import { problem } from '../../mock/problem.ts';
import { ChangeRequestError } from '../../provider/change-requests.ts';
import { isUsageError } from '../../usage-error.ts';

export function toResponse({ status, contentType, body }: Answer): Response {
  return new Response(body, { status, headers: contentType === null ? {} : { 'Content-Type': contentType } });
}

export function done(): Response {
  return new Response(null, { status: 204 });
}

/**
 * Acts on a request. Mistakes of the caller become a 400, PostHog's refusals stay PostHog's; anything else is a bug,
 * thrown on to the handler that answers 500.
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
  if (cause instanceof ChangeRequestError) {
    const { status, body } = cause;
    return { status, headers: [], contentType: 'application/json', body };
  }
  if (cause instanceof FixtureError) {
    const errors = cause.findings.map(({ collection, pointer, detail }) => ({
      in: 'fixture' as const,
      name: collection,
      pointer,
      detail,
    }));
    return problem('FIXTURE_INVALID', cause.message, errors);
  }
  if (isUsageError(cause)) {
    return problem('REQUEST_INVALID', cause.message, [{ in: 'body', detail: cause.message }]);
  }
  return null;
}
