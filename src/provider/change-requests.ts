import type { components } from '../generated/openapi.ts';

// What users of a mock see of approvals; posthog/approvals/ has the rules.

/** A change request as the API shows it. */
export type ChangeRequestBody = components['schemas']['ChangeRequest'];

/** What the API answers to an action on a change request. */
export interface ChangeRequestOutcome {
  readonly status: 'approved' | 'applied' | 'failed' | 'rejected' | 'canceled' | 'expired';
  readonly message: string;
  readonly change_request: ChangeRequestBody;
  /** What applying the change gave. */
  readonly result?: unknown;
}

/** Who acts. */
export interface Actor {
  /** The id of an active user. Default: the first user who may act, approvers in the order of the policy. */
  readonly by?: number | undefined;
}

/**
 * Decides on change requests, as users of PostHog would.
 *
 * ```ts
 * mock.use('approval-required');
 * const { change_request_id } = await (await fetch(url)).json(); // a 409 that opens a change request
 * mock.changeRequests.approve(change_request_id, { by: 2 });
 * ```
 * Every action may throw; nothing has changed then.
 * @throws {ChangeRequestError} when PostHog does not allow it, with PostHog's own status and body.
 * @throws {UsageTypeError} when an argument has the wrong type.
 * @throws {UsageRangeError} when `by` is not an active user.
 */
export interface ChangeRequests {
  /** All change requests in the order in which they were opened. */
  list(): ChangeRequestBody[];
  /** Votes for a change. At quorum it is applied: the flag is switched in every experiment that carries it. */
  approve(id: string, actor?: Actor): ChangeRequestOutcome;
  /** Votes against a change, which rejects it. The requester cannot vote; see `cancel`. */
  reject(id: string, vote: Actor & { readonly reason: string }): ChangeRequestOutcome;
  /** Withdraws a change. Only its requester may, and only before the first vote. Leave `by` out when nobody requested it. */
  cancel(id: string, actor?: Actor): ChangeRequestOutcome;
  /** Expires a change request now. */
  expire(id: string): ChangeRequestOutcome;
}

/** An action on a change request that the API does not allow. */
export class ChangeRequestError extends Error {
  override readonly name = 'ChangeRequestError';
  /** The status that the API answers. */
  readonly status: number;
  /** The body that the API answers, as JSON text. */
  readonly body: string;

  constructor(message: string, status: number, body: string) {
    super(message);
    this.status = status;
    this.body = body;
  }
}
