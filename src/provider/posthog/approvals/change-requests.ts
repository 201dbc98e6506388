import { checkMembers, OPTIONS } from '../../../check-members.ts';
import type { Reads } from '../../../database/reads.ts';
import { nextUuid } from '../../../database/rows/made-ids.ts';
import type { Approval, ChangeRequest } from '../../../database/rows/types.ts';
import { formatInstant } from '../../../database/time.ts';
import { copyJson } from '../../../json.ts';
import { shown, shownFew } from '../../../text/shown.ts';
import { UsageRangeError, UsageTypeError } from '../../../usage-error.ts';
import type { ChangeRequestError, ChangeRequestOutcome, ChangeRequests } from '../../change-requests.ts';
import type { ProviderContext } from '../../provider.ts';
import { changeRequestBody } from './body.ts';
import { applyChange, isFlag } from './change.ts';
import { forbiddenAction, invalidAction, unknownChangeRequest } from './error.ts';
import { policyOfSnapshot } from './policy.ts';
import {
  approverOf,
  expireOverdue,
  hasVoted,
  isApprover,
  isForbiddenSelfApproval,
  isOpen,
  mayCancel,
} from './rules.ts';

type ChangeRequestParts = Pick<ProviderContext, 'database' | 'reads' | 'now'>;

export function openChangeRequests({ database, reads, now }: ChangeRequestParts): ChangeRequests {
  const requestOf = (id: string): ChangeRequest => {
    if (typeof id !== 'string')
      throw new UsageTypeError(`The id of a change request is a string; found ${shown(id)}.`);
    const found = reads.changeRequest(id);
    if (found) expireOverdue(database, [found], now());
    const request = reads.changeRequest(id);
    if (request) return request;
    throw unknownChangeRequest(id, reads.changeRequests());
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
  ): ChangeRequestOutcome =>
    // Rows that are read are frozen; what users get is theirs.
    copyJson({
      status,
      message,
      change_request: changeRequestBody(request, reads, viewer),
      ...(request.result_data && { result: request.result_data }),
    });
  const withVote = (request: ChangeRequest, by: number, decision: Approval['decision'], reason: string) => {
    const id = nextUuid(
      'approvals',
      reads.changeRequests().flatMap(({ approvals }) => approvals),
    );
    return [...request.approvals, { id, created_by: by, decision, reason, created_at: formatInstant(now()) }];
  };
  /** The first user who may vote. If none may, the first active user, so that PostHog's refusal is shown. */
  const voter = (request: ChangeRequest, by: number | undefined): number => {
    if (by !== undefined) return by;
    const active = reads.activeUsers();
    const listed = policyOfSnapshot(request.policy_snapshot).users.filter((user) => active.has(user));
    const candidates = listed.length > 0 ? listed : [...active];
    const first = candidates.find(approverOf(request)) ?? candidates[0];
    if (first !== undefined) return first;
    throw new UsageRangeError('There is no active user who could act on a change request.');
  };
  const checkActor = (by: unknown): void => {
    if (by === undefined) return;
    if (typeof by !== 'number' || !Number.isInteger(by)) {
      throw new UsageTypeError(`"by" is the id of a user, an integer; found ${shown(by)}.`);
    }
    if (reads.user(by)?.is_active) return;
    const active = shownFew([...reads.activeUsers()], MAX_SHOWN);
    throw new UsageRangeError(`There is no active user ${by}. The active users are: ${active}.`);
  };
  /**
   * PostHog refuses a decided request first, then a user who may not vote, and only then reads the vote itself: a
   * missing reason is reported after the permissions and before an earlier vote.
   */
  const admit = (request: ChangeRequest, by: number | undefined, participle: string): number => {
    refuseDecided(request, participle);
    const user = voter(request, by);
    refuseOutsider(request, user);
    return user;
  };

  return {
    list: () => {
      expireOverdue(database, reads.changeRequests(), now());
      return reads.changeRequests().map((request) => copyJson(changeRequestBody(request, reads)));
    },
    approve: (id, actor = {}) => {
      checkMembers('approve', OPTIONS, actor, ['by']);
      const { by } = actor;
      checkActor(by);
      const request = requestOf(id);
      const approver = admit(request, by, 'approved');
      refuseSecondVote(request, approver);
      const { quorum } = policyOfSnapshot(request.policy_snapshot);
      const approvals = withVote(request, approver, 'approved', '');
      const given = approvals.filter(({ decision }) => decision === 'approved').length;
      if (given < quorum) {
        const message = `Approval recorded. ${given}/${quorum} approvals received.`;
        return outcome('approved', message, change(id, { approvals }), approver);
      }
      if (hasLostItsFlag(request, reads)) {
        const failed = change(id, { approvals, state: 'failed', apply_error: NO_FLAG });
        const message = `Quorum reached but application failed: Apply failed: ${NO_FLAG}`;
        return outcome('failed', message, failed, approver);
      }
      const applied = change(id, { approvals, ...applyChange(database, request, approver, now()) });
      return outcome('applied', 'Quorum reached. Change applied successfully.', applied, approver);
    },
    reject: (id, vote) => {
      checkMembers('reject', OPTIONS, vote, ['by', 'reason']);
      const { by, reason } = vote;
      checkActor(by);
      const text = reasonOf(reason);
      const request = requestOf(id);
      const rejecter = admit(request, by, 'rejected');
      if (text.trim() === '')
        throw invalidAction('A reason is required for rejection.', 'Say why, in "reason".');
      refuseSecondVote(request, rejecter);
      const approvals = withVote(request, rejecter, 'rejected', text);
      const rejected = change(id, { approvals, state: 'rejected' });
      return outcome('rejected', 'Change request rejected.', rejected, rejecter);
    },
    cancel: (id, actor = {}) => {
      checkMembers('cancel', OPTIONS, actor, ['by']);
      const { by } = actor;
      checkActor(by);
      const request = requestOf(id);
      refuseDecided(request, 'canceled');
      const canceler = by ?? request.created_by;
      if (!mayCancel(request, canceler)) {
        throw forbiddenAction('You cannot cancel this change request', whyNotCanceled(request));
      }
      return outcome('canceled', 'Change request canceled.', change(id, { state: 'rejected' }), canceler);
    },
    expire: (id) => {
      const request = requestOf(id);
      if (!isOpen(request)) throw decidedRequest(request, 'expired');
      const expires_at = formatInstant(now());
      const expired = change(id, { state: 'expired', validation_status: 'expired', expires_at });
      return outcome('expired', 'Change request expired.', expired);
    },
  };
}

/** Of a rejection, in characters. */
export const MAX_REASON_LENGTH = 4_096;
/** Names in a message. */
const MAX_SHOWN = 20;

/** What Django says when a row is gone. */
const NO_FLAG = 'FeatureFlag matching query does not exist.';

/**
 * Whether the experiment with the flag was deleted while the request waited. Where a project has no flag at all, the
 * request is about the flag of the contract's example, which no experiment ever had.
 */
function hasLostItsFlag({ project_id, resource_id }: ChangeRequest, reads: Reads): boolean {
  const flags = reads
    .experimentsOf(project_id)
    .map(({ row }) => row.feature_flag)
    .filter(isFlag);
  return flags.length > 0 && flags.every(({ id }) => String(id) !== resource_id);
}

function refuseDecided(request: ChangeRequest, participle: string): void {
  if (request.state !== 'pending') throw decidedRequest(request, participle);
}

function decidedRequest({ id, state }: ChangeRequest, participle: string): ChangeRequestError {
  const error = `This change request can no longer be ${participle}.`;
  return invalidAction(error, `The state of ${id} is "${state}".`);
}

function refuseOutsider(request: ChangeRequest, user: number): void {
  const policy = policyOfSnapshot(request.policy_snapshot);
  if (isForbiddenSelfApproval(request, policy, user)) {
    const hint = `User ${user} asked for it, and the policy does not allow self-approval.`;
    throw forbiddenAction('You cannot approve your own change request', hint);
  }
  if (isApprover(policy, user)) return;
  const approvers =
    policy.users.length > 0 ? `users ${shownFew(policy.users, MAX_SHOWN)}` : 'holders of roles only';
  const hint = `User ${user} is not; the approvers are: ${approvers}.`;
  throw forbiddenAction('You are not in the approver set for this change request', hint);
}

function refuseSecondVote(request: ChangeRequest, user: number): void {
  if (!hasVoted(request, user)) return;
  throw invalidAction(
    'You have already voted on this change request.',
    `The vote of user ${user} counts already.`,
  );
}

function whyNotCanceled({ created_by, approvals }: ChangeRequest): string {
  if (approvals.length > 0) return 'Somebody has voted on it already.';
  return created_by === null
    ? 'Nobody asked for it: leave "by" out.'
    : `Only user ${created_by}, who asked, can.`;
}

function reasonOf(reason: unknown): string {
  if (reason === undefined || reason === null) return '';
  if (typeof reason === 'string' && reason.length <= MAX_REASON_LENGTH) return reason;
  if (typeof reason === 'string') {
    throw new UsageRangeError(
      `"reason" has at most ${MAX_REASON_LENGTH} characters; this one has ${reason.length}.`,
    );
  }
  throw new UsageTypeError(`"reason" is a string; found ${shown(reason)}.`);
}
