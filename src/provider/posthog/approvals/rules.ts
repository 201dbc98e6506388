import type { Database } from '../../../database/collection.ts';
import type { ChangeRequest } from '../../../database/rows/types.ts';
import { formatInstant, type Instant, parseInstant } from '../../../database/time.ts';
import { type Policy, policyOfSnapshot } from './policy.ts';

/** Whether a user may approve a change request. */
export function mayApprove(request: ChangeRequest, user: number): boolean {
  const policy = policyOfSnapshot(request.policy_snapshot);
  return (
    request.state === 'pending' &&
    !isForbiddenSelfApproval(request, policy, user) &&
    isApprover(policy, user) &&
    !hasVoted(request, user)
  );
}

/** Only the requester may cancel, and only before the first vote. */
export function mayCancel({ state, created_by, approvals }: ChangeRequest, user: number | null): boolean {
  return state === 'pending' && created_by === user && approvals.length === 0;
}

export function isForbiddenSelfApproval(
  { created_by }: ChangeRequest,
  policy: Policy,
  user: number,
): boolean {
  return created_by === user && !policy.allowsSelfApproval;
}

/** A policy without users and roles lets everybody approve. The mock does not know who holds a role. */
export function isApprover({ users, roles }: Policy, user: number): boolean {
  return users.includes(user) || (users.length === 0 && (roles?.length ?? 0) === 0);
}

export function hasVoted({ approvals }: ChangeRequest, user: number): boolean {
  return approvals.some(({ created_by }) => created_by === user);
}

/** Whether a change request still waits for a decision. */
export function isOpen({ state }: Pick<ChangeRequest, 'state'>): boolean {
  return state === 'pending' || state === 'approved';
}

/** Nothing watches the clock: change requests expire when they are next read. */
export function expireOverdue(database: Database, requests: readonly ChangeRequest[], now: Instant): void {
  for (const request of requests) {
    const isOverdue = (parseInstant(request.expires_at, now) ?? now) <= now;
    if (isOpen(request) && isOverdue) expire(database, request.id, now);
  }
}

function expire(database: Database, id: string, now: Instant): void {
  database.changeRequests.update(
    { id },
    { state: 'expired', validation_status: 'expired', updated_at: formatInstant(now) },
  );
}
