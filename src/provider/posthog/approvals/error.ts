import { ChangeRequestError } from '../../change-requests.ts';
import { permissionDenied } from '../authorise.ts';
import { notFound } from '../errors.ts';

/** PostHog's 400. @param hint for the reader of the message; PostHog does not send it. */
export function invalidAction(error: string, hint: string): ChangeRequestError {
  return new ChangeRequestError(`${error} ${hint}`, 400, JSON.stringify({ error }));
}

/** PostHog's 403. @param hint as in {@link invalidAction}. */
export function forbiddenAction(detail: string, hint: string): ChangeRequestError {
  const { status, body } = permissionDenied(detail);
  return new ChangeRequestError(`${detail}. ${hint}`, status, body ?? '');
}

/** PostHog's 404. */
export function unknownChangeRequest(
  id: string,
  known: readonly { readonly id: string }[],
): ChangeRequestError {
  const ids = known.map((request) => request.id);
  const list = ids.length > 0 ? `There are: ${ids.join(', ')}.` : 'There are none yet.';
  const { status, body } = notFound('Not found.');
  return new ChangeRequestError(`There is no change request "${id}". ${list}`, status, body ?? '');
}
