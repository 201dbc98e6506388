import { permissionDenied } from '../authorise.ts';
import { notFound } from '../errors.ts';

/** An action on a change request that PostHog does not allow. */
export class ChangeRequestError extends Error {
  override readonly name = 'ChangeRequestError';
  /** The status that PostHog answers. */
  readonly status: number;
  /** The body that PostHog answers, as JSON text. */
  readonly body: string;

  constructor(message: string, status: number, body: string) {
    super(message);
    this.status = status;
    this.body = body;
  }

  /** PostHog's 400. @param hint for whoever reads the message; PostHog does not send it. */
  static invalid(error: string, hint: string): ChangeRequestError {
    return new ChangeRequestError(`${error} ${hint}`, 400, JSON.stringify({ error }));
  }

  /** PostHog's 403. @param hint as in {@link invalid}. */
  static forbidden(detail: string, hint: string): ChangeRequestError {
    const { status, body } = permissionDenied(detail);
    return new ChangeRequestError(`${detail}. ${hint}`, status, body ?? '');
  }

  static unknown(id: string, known: readonly { readonly id: string }[]): ChangeRequestError {
    const ids = known.map((request) => request.id);
    const list = ids.length > 0 ? `There are: ${ids.join(', ')}.` : 'There is none yet.';
    const { status, body } = notFound('Not found.');
    return new ChangeRequestError(`There is no change request "${id}". ${list}`, status, body ?? '');
  }
}
