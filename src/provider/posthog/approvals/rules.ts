import type { ChangeRequest } from '../../../database/rows/types.ts';
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

/** Only who asked may cancel, and only as long as nobody has voted. */
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

/** A policy that lists nobody leaves it to everybody. Who holds a role the mock does not know. */
export function isApprover({ users, roles }: Policy, user: number): boolean {
  return users.includes(user) || (users.length === 0 && (roles?.length ?? 0) === 0);
}

export function hasVoted({ approvals }: ChangeRequest, user: number): boolean {
  return approvals.some(({ created_by }) => created_by === user);
}
