import type { Reads } from '../../../database/reads.ts';
import type { ChangeRequest, User } from '../../../database/rows/types.ts';
import { toUtc } from '../../../database/time.ts';
import type { components } from '../../../generated/openapi.ts';
import type { ChangeRequestBody } from '../../change-requests.ts';
import { mayApprove, mayCancel } from './rules.ts';

/**
 * A change request as the API shows it (provider/posthog/README.md §8).
 * @param viewer the user who looks at it; `null`: somebody who may do nothing, as inside a 409.
 */
export function changeRequestBody(
  request: ChangeRequest,
  reads: Reads,
  viewer: number | null = null,
): ChangeRequestBody {
  return {
    id: request.id,
    action_key: request.action_key,
    action_version: request.action_version,
    resource_type: request.resource_type,
    resource_id: request.resource_id,
    intent: request.intent,
    intent_display: request.intent_display,
    policy_snapshot: request.policy_snapshot,
    validation_status: request.validation_status,
    validation_errors: request.validation_errors,
    validated_at: utcOrNull(request.validated_at),
    state: request.state,
    created_by: personOf(request.created_by, reads),
    applied_by: personOf(request.applied_by, reads),
    created_at: toUtc(request.created_at),
    updated_at: utcOrNull(request.updated_at),
    expires_at: toUtc(request.expires_at),
    applied_at: utcOrNull(request.applied_at),
    apply_error: request.apply_error,
    result_data: request.result_data,
    approvals: request.approvals.map(({ id, created_by, decision, reason = '', created_at }) => ({
      id,
      created_by: personOf(created_by, reads),
      decision,
      reason,
      created_at: toUtc(created_at),
    })),
    can_approve: viewer !== null && mayApprove(request, viewer),
    can_cancel: viewer !== null && mayCancel(request, viewer),
    is_requester: viewer !== null && request.created_by === viewer,
    user_decision: viewer === null ? null : decisionOf(request, viewer),
  };
}

/** Rows may have their times in any zone. */
function utcOrNull(time: string | null): string | null {
  return time === null ? null : toUtc(time);
}

function decisionOf({ approvals }: ChangeRequest, viewer: number): ChangeRequestBody['user_decision'] {
  return approvals.find(({ created_by }) => created_by === viewer)?.decision ?? null;
}

function personOf(id: number | null, reads: Reads): UserBasic | null {
  const user = id === null ? undefined : reads.user(id);
  return user ? userBasic(user) : null;
}

type UserBasic = components['schemas']['UserBasic'];

/** A user as others see them (provider/posthog/README.md §8). The row has `uuid` and `distinct_id`, derived where they were not given. */
function userBasic({ id, uuid, distinct_id, first_name, last_name, email }: User): UserBasic {
  return {
    id,
    uuid,
    distinct_id,
    first_name,
    last_name,
    email,
    is_email_verified: null,
    hedgehog_config: null,
    role_at_organization: null,
  };
}
