import { shownFew, shownText } from '../../../text/shown.ts';
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

/** Names in a message. */
const MAX_SHOWN = 20;

/** PostHog's 404. */
export function unknownChangeRequest(
  id: string,
  known: readonly { readonly id: string }[],
): ChangeRequestError {
  const ids = shownFew(
    known.map((request) => request.id),
    MAX_SHOWN,
  );
  const list = known.length > 0 ? `There are: ${ids}.` : 'There are none yet.';
  const { status, body } = notFound('Not found.');
  return new ChangeRequestError(`There is no change request "${shownText(id)}". ${list}`, status, body ?? '');
}
