import type { ApprovalPolicy } from '../../../database/rows/types.ts';
import { DAY, type Instant } from '../../../database/time.ts';
import type { components } from '../../../generated/openapi.ts';
import type { JsonObject } from '../../../json.ts';

/** Who has to approve a change. */
export interface Policy {
  readonly quorum: number;
  /** The ids of the users who may approve; empty: every user. */
  readonly users: readonly number[];
  /** Absent where the policy says nothing about roles. */
  readonly roles?: readonly string[];
  readonly allowsSelfApproval: boolean;
  /** How long a change request stays open. */
  readonly lifetime: Instant;
}

/** The action that the gate guards, as policies and change requests name it. */
export const ACTION_KEY = 'feature_flag.update';

/** For a project without a policy. */
const DEFAULT_POLICY: Policy = { quorum: 1, users: [], allowsSelfApproval: false, lifetime: 14 * DAY };

export function policyOfRow(row: ApprovalPolicy | undefined): Policy {
  if (!row) return DEFAULT_POLICY;
  const { quorum, users = [], roles } = row.approver_config;
  return {
    quorum,
    users,
    ...(roles && { roles }),
    allowsSelfApproval: row.allow_self_approve,
    lifetime: row.expires_after_days * DAY,
  };
}

/** The policy as a change request keeps it (provider/posthog/README.md §8). */
export function snapshotOfPolicy({ quorum, users, roles = [], allowsSelfApproval }: Policy): JsonObject {
  return {
    quorum,
    users,
    roles,
    allow_self_approve: allowsSelfApproval,
    conditions: {},
    bypass_org_membership_levels: [],
    bypass_roles: [],
  };
}

/** Reads a policy snapshot, which is free JSON in a fixture. */
export function policyOfSnapshot({ quorum, users, roles, allow_self_approve }: JsonObject): Policy {
  return {
    quorum: typeof quorum === 'number' && quorum >= 1 ? quorum : DEFAULT_POLICY.quorum,
    users: Array.isArray(users) ? users.filter((user) => typeof user === 'number') : [],
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [],
    allowsSelfApproval: allow_self_approve === true,
    lifetime: DEFAULT_POLICY.lifetime,
  };
}

/** The approvers that a 409 names. */
export function requiredApprovers({
  quorum,
  users,
  roles,
}: Policy): components['schemas']['RequiredApprovers'] {
  return { quorum, users: [...users], ...(roles && { roles: [...roles] }) };
}
