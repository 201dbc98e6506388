import type { Database } from '../database/collection.ts';
import { madeUuid } from '../database/made-ids.ts';
import type { Reads } from '../database/reads.ts';
import type { Approval, ChangeRequest } from '../database/rows.ts';
import { formatInstant, type Instant } from '../database/time.ts';
import { applyChange } from './apply-change.ts';
import { policyOfSnapshot } from './approval-policy.ts';
import { type ChangeRequestBody, changeRequestBody } from './change-request-body.ts';
import { ChangeRequestError } from './change-request-error.ts';
import { expire, expireOverdue, isOpen } from './change-request-expiry.ts';
import { hasVoted, isApprover, isForbiddenSelfApproval, mayApprove, mayCancel } from './vote-rules.ts';

/** What PostHog answers to an action on a change request. */
export interface ChangeRequestOutcome {
  readonly status: 'approved' | 'applied' | 'rejected' | 'canceled' | 'expired';
  readonly message: string;
  readonly change_request: ChangeRequestBody;
  /** What applying the change gave. */
  readonly result?: unknown;
}

/** Who acts. */
export interface Actor {
  /** The id of a user; default: the first one who may. */
  readonly by?: number;
}

/**
 * Decides on change requests, as somebody in PostHog would. Every action throws a {@link ChangeRequestError}
 * with PostHog's own status and body when it is not allowed; nothing has changed then.
 */
export interface ChangeRequests {
  /** All change requests, oldest first. */
  list(): ChangeRequestBody[];
  /** Votes for a change. At quorum it is applied: the feature flag is switched. */
  approve(id: string, actor?: Actor): ChangeRequestOutcome;
  /** Votes against a change, which settles it. */
  reject(id: string, vote: Actor & { readonly reason: string }): ChangeRequestOutcome;
  /** Takes a change back; only who asked for it may, and only before the first vote. */
  cancel(id: string, actor?: Actor): ChangeRequestOutcome;
  /** Lets the time of a change request run out now. */
  expire(id: string): ChangeRequestOutcome;
}

interface ChangeRequestParts {
  readonly database: Database;
  readonly reads: Reads;
  readonly now: () => Instant;
}

export function openChangeRequests({ database, reads, now }: ChangeRequestParts): ChangeRequests {
  const all = () => {
    expireOverdue(database, database.changeRequests.findMany(), now());
    return database.changeRequests.findMany();
  };
  const requestOf = (id: string): ChangeRequest => {
    const requests = all();
    const request = requests.find((candidate) => candidate.id === id);
    if (request) return request;
    throw ChangeRequestError.unknown(String(id), requests);
  };
  const change = (id: string, changes: Partial<ChangeRequest>): ChangeRequest => {
    database.changeRequests.update({ id }, { ...changes, updated_at: formatInstant(now()) });
    return requestOf(id);
  };
  const outcome = (
    status: ChangeRequestOutcome['status'],
    message: string,
    request: ChangeRequest,
    viewer: number | null = null,
  ): ChangeRequestOutcome => ({
    status,
    message,
    change_request: changeRequestBody(request, reads, viewer),
    ...(request.result_data && { result: request.result_data }),
  });
  const voted = (request: ChangeRequest, by: number, decision: Approval['decision'], reason: string) => {
    const id = madeUuid(
      'approvals',
      all().reduce((sum, { approvals }) => sum + approvals.length, 1),
    );
    return [...request.approvals, { id, created_by: by, decision, reason, created_at: formatInstant(now()) }];
  };
  const checkActor = (by: number): number => {
    if (database.users.find({ id: by })?.is_active) return by;
    throw new RangeError(`There is no active user ${JSON.stringify(by)} who could act on a change request.`);
  };
  /** The first one who may; where nobody may, the first user, whom PostHog then refuses. */
  const voter = (request: ChangeRequest, by: number | undefined): number => {
    if (by !== undefined) return checkActor(by);
    const users = database.users.findMany({ is_active: true }).map(({ id }) => id);
    const first = users.find((user) => mayApprove(request, user)) ?? users[0];
    if (first !== undefined) return first;
    throw new RangeError('There is no active user who could act on a change request.');
  };

  return {
    list: () => all().map((request) => changeRequestBody(request, reads)),
    approve: (id, { by } = {}) => {
      const request = requestOf(id);
      const policy = policyOfSnapshot(request.policy_snapshot);
      refuseDecided(request, 'approved');
      const approver = voter(request, by);
      if (isForbiddenSelfApproval(request, policy, approver)) throw ChangeRequestError.forbidden(OWN_REQUEST);
      refuseVote(request, approver);
      const approvals = voted(request, approver, 'approved', '');
      const given = approvals.filter(({ decision }) => decision === 'approved').length;
      if (given < policy.quorum) {
        const message = `Approval recorded. ${given}/${policy.quorum} approvals received.`;
        return outcome('approved', message, change(id, { approvals }), approver);
      }
      const applied = change(id, { approvals, ...applyChange(database, request, approver, now()) });
      return outcome('applied', 'Quorum reached. Change applied successfully.', applied, approver);
    },
    reject: (id, { by, reason }) => {
      const request = requestOf(id);
      if (typeof reason !== 'string' || reason.trim() === '') {
        throw ChangeRequestError.invalid('A reason is required for rejection.');
      }
      refuseDecided(request, 'rejected');
      const rejecter = voter(request, by);
      refuseVote(request, rejecter);
      const approvals = voted(request, rejecter, 'rejected', reason);
      const rejected = change(id, { approvals, state: 'rejected' });
      return outcome('rejected', 'Change request rejected.', rejected, rejecter);
    },
    cancel: (id, { by } = {}) => {
      const request = requestOf(id);
      refuseDecided(request, 'canceled');
      const actor = by === undefined ? request.created_by : checkActor(by);
      if (!mayCancel(request, actor))
        throw ChangeRequestError.forbidden('You cannot cancel this change request');
      return outcome('canceled', 'Change request canceled.', change(id, { state: 'rejected' }), actor);
    },
    expire: (id) => {
      const request = requestOf(id);
      if (!isOpen(request)) throw ChangeRequestError.invalid('This change request can no longer be expired.');
      expire(database, id, now());
      return outcome('expired', 'Change request expired.', requestOf(id));
    },
  };
}

const OWN_REQUEST = 'You cannot approve your own change request';

function refuseDecided({ state }: ChangeRequest, participle: string): void {
  if (state === 'pending') return;
  throw ChangeRequestError.invalid(`This change request can no longer be ${participle}.`);
}

function refuseVote(request: ChangeRequest, user: number): void {
  if (!isApprover(policyOfSnapshot(request.policy_snapshot), user)) {
    throw ChangeRequestError.forbidden('You are not in the approver set for this change request');
  }
  if (hasVoted(request, user)) {
    throw ChangeRequestError.invalid('You have already voted on this change request.');
  }
}
