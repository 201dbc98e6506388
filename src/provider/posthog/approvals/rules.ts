import type { Database } from '../../../database/collection.ts';
import type { ChangeRequest } from '../../../database/rows/types.ts';
import { formatInstant, type Instant, parseInstant } from '../../../database/time.ts';
import { type Policy, policyOfSnapshot } from './policy.ts';

/** Whether a user may approve a change request. */
export function mayApprove(request: ChangeRequest, user: number): boolean {
  return approverOf(request)(user);
}

/** Tells whether a user may approve a change request, fast for many users. */
export function approverOf(request: ChangeRequest): (user: number) => boolean {
  if (request.state !== 'pending') return () => false;
  const policy = policyOfSnapshot(request.policy_snapshot);
  const listed = new Set(policy.users);
  const voters = new Set(request.approvals.map(({ created_by }) => created_by));
  const isListed = (user: number) => (listed.size === 0 ? isApprover(policy, user) : listed.has(user));
  return (user) => isListed(user) && !voters.has(user) && !isForbiddenSelfApproval(request, policy, user);
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
  const overdue = new Set(requests.filter((request) => isOverdue(request, now)).map(({ id }) => id));
  if (overdue.size === 0) return;
  database.changeRequests.update(({ id }) => overdue.has(id), {
    state: 'expired',
    validation_status: 'expired',
    updated_at: formatInstant(now),
  });
}

function isOverdue(request: ChangeRequest, now: Instant): boolean {
  return isOpen(request) && (parseInstant(request.expires_at, now) ?? now) <= now;
}
