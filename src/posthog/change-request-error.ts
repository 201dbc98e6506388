import { permissionDenied } from './authorise.ts';
import { notFound } from './errors.ts';

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

  static invalid(error: string): ChangeRequestError {
    return new ChangeRequestError(error, 400, JSON.stringify({ error }));
  }

  static forbidden(detail: string): ChangeRequestError {
    const { status, body } = permissionDenied(detail);
    return new ChangeRequestError(`${detail}.`, status, body ?? '');
  }

  static unknown(id: string, known: readonly { readonly id: string }[]): ChangeRequestError {
    const ids = known.map((request) => request.id);
    const list = ids.length > 0 ? `There are: ${ids.join(', ')}.` : 'There is none yet.';
    const { status, body } = notFound('Not found.');
    return new ChangeRequestError(`There is no change request "${id}". ${list}`, status, body ?? '');
  }
}
