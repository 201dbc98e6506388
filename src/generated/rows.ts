// Generated from fixtures/schema by `npm run generate`: do not edit.

export const COLLECTIONS = ["actions","approvalPolicies","changeRequests","events","experiments","memberships","organizations","personalApiKeys","projects","users"] as const;

export interface FixtureRow {
/** Named sets of events, which `requires_flag_implementation` resolves to event names. */
actions: Action;
/** Which changes need approval, and whose. */
approvalPolicies: ApprovalPolicy;
/** Changes that need approval, pending or decided; the scenario `approval-required` opens them. */
changeRequests: ChangeRequest;
/** Captured events: `requires_flag_implementation` looks for `$feature/…` properties in the recent ones. */
events: Event;
/** The experiments that the statistics count. */
experiments: Experiment;
/** Who belongs to which organization. */
memberships: Membership;
/** The organizations that own projects and have members. */
organizations: Organization;
/** The keys that requests may carry. */
personalApiKeys: PersonalApiKey;
/** The projects that paths name. A forced scenario uses the first one if it has no other. */
projects: Project;
/** The people who own API keys. The first one makes the requests when authentication is off. */
users: User;
}

export interface Action {
  /**
   * The id that an entity refers to.
   */
  id: number;
  /**
   * The project that the row belongs to.
   */
  project_id: number;
  /**
   * The name.
   */
  name?: string | null;
  /**
   * An event matches the action if it matches any step.
   */
  steps: {
    /**
     * The name of the event; a step without one is skipped.
     */
    event?: string | null;
    [k: string]: unknown;
  }[];
}


export interface ApprovalPolicy {
  /**
   * A UUID.
   */
  id: string;
  /**
   * The project that the row belongs to.
   */
  project_id: number;
  /**
   * The guarded action, such as `feature_flag.update`.
   */
  action_key: string;
  /**
   * Who may approve, and how many approvals are needed.
   */
  approver_config: {
    /**
     * The number of approvals that applies a change.
     */
    quorum: number;
    /**
     * The ids of the users who may approve.
     */
    users?: number[];
    /**
     * The ids of the roles whose holders may approve.
     */
    roles?: string[];
  };
  /**
   * Whether an approver may approve their own change.
   */
  allow_self_approve?: boolean;
  /**
   * The number of days until a change request expires.
   */
  expires_after_days?: number;
}


export interface ChangeRequest {
  /**
   * A UUID.
   */
  id: string;
  /**
   * The project that the row belongs to.
   */
  project_id: number;
  /**
   * Such as `feature_flag.update`.
   */
  action_key: string;
  /**
   * The version of the action.
   */
  action_version?: number;
  /**
   * Such as `feature_flag`.
   */
  resource_type: string;
  /**
   * The id of the resource to change.
   */
  resource_id?: string | null;
  /**
   * Free JSON: the requested change.
   */
  intent?: {
    [k: string]: unknown;
  };
  /**
   * Free JSON: the change in words.
   */
  intent_display?: {
    [k: string]: unknown;
  };
  /**
   * Free JSON: the policy at the time of the request.
   */
  policy_snapshot?: {
    [k: string]: unknown;
  };
  /**
   * Whether the change can still be applied.
   */
  validation_status?: 'valid' | 'invalid' | 'expired' | 'stale';
  /**
   * Free JSON.
   */
  validation_errors?: {
    [k: string]: unknown;
  } | null;
  /**
   * When the change was last validated. ISO 8601, or relative to the clock: `now`, `now-10d`, `now+2h`, `now-1d-30m`.
   */
  validated_at?: string | null;
  /**
   * The state of the change request.
   */
  state?: 'pending' | 'approved' | 'applied' | 'rejected' | 'expired' | 'failed';
  /**
   * The user who requested the change.
   */
  created_by?: number | null;
  /**
   * The user whose approval applied it.
   */
  applied_by?: number | null;
  /**
   * When the change was requested. ISO 8601, or relative to the clock: `now`, `now-10d`, `now+2h`, `now-1d-30m`.
   */
  created_at: string;
  /**
   * When the row last changed. ISO 8601, or relative to the clock: `now`, `now-10d`, `now+2h`, `now-1d-30m`.
   */
  updated_at?: string | null;
  /**
   * When the change request expires. ISO 8601, or relative to the clock: `now`, `now-10d`, `now+2h`, `now-1d-30m`.
   */
  expires_at: string;
  /**
   * When the change was applied. ISO 8601, or relative to the clock: `now`, `now-10d`, `now+2h`, `now-1d-30m`.
   */
  applied_at?: string | null;
  /**
   * Why applying failed.
   */
  apply_error?: string;
  /**
   * Free JSON.
   */
  result_data?: {
    [k: string]: unknown;
  } | null;
  /**
   * The votes, one per user.
   */
  approvals?: Approval[];
}
export interface Approval {
  /**
   * A UUID.
   */
  id: string;
  /**
   * The user who voted; null if unknown.
   */
  created_by: number | null;
  /**
   * The vote.
   */
  decision: 'approved' | 'rejected';
  /**
   * Required for a rejection.
   */
  reason?: string;
  /**
   * When the vote was cast. ISO 8601, or relative to the clock: `now`, `now-10d`, `now+2h`, `now-1d-30m`.
   */
  created_at: string;
}


export interface Event {
  /**
   * The project that the row belongs to.
   */
  project_id: number;
  /**
   * The name of the event.
   */
  event: string;
  /**
   * When it was captured. ISO 8601, or relative to the clock: `now`, `now-10d`, `now+2h`, `now-1d-30m`.
   */
  timestamp: string;
  /**
   * Free JSON; a key such as `$feature/new-checkout` says that a feature flag was in use.
   */
  properties?: {
    [k: string]: unknown;
  };
  /**
   * A UUID. Generated when absent.
   */
  uuid?: string;
}


export interface Experiment {
  /**
   * The id of the experiment.
   */
  id: number;
  /**
   * The project that the row belongs to.
   */
  project_id: number;
  /**
   * The name.
   */
  name?: string | null;
  /**
   * The hypothesis.
   */
  description?: string | null;
  /**
   * The launch; null for a draft. ISO 8601, or relative to the clock: `now`, `now-10d`, `now+2h`, `now-1d-30m`.
   */
  start_date?: string | null;
  /**
   * The end; null while it runs. ISO 8601, or relative to the clock: `now`, `now-10d`, `now+2h`, `now-1d-30m`.
   */
  end_date?: string | null;
  /**
   * The key of its feature flag.
   */
  feature_flag_key?: string | null;
  /**
   * Its feature flag, as the API shows it.
   */
  feature_flag?: {
    [k: string]: unknown;
  } | null;
  /**
   * Archived experiments are not counted.
   */
  archived?: boolean;
  /**
   * Only `false` is counted; PostHog excludes `null` too.
   */
  deleted?: boolean | null;
  /**
   * Derived from the dates when absent; otherwise it has to agree with them.
   */
  status?: 'draft' | 'running' | 'stopped';
  /**
   * Such as `product` or `web`.
   */
  type?: string | null;
  /**
   * Free JSON.
   */
  parameters?: {
    [k: string]: unknown;
  } | null;
  /**
   * Free JSON.
   */
  metrics?: unknown[] | null;
  /**
   * Free JSON.
   */
  metrics_secondary?: unknown[] | null;
  /**
   * Such as `won`, `lost` or `inconclusive`.
   */
  conclusion?: string | null;
}


export interface Membership {
  /**
   * The member.
   */
  user_id: number;
  /**
   * The organization.
   */
  organization_id: string;
  /**
   * 1 member, 8 admin, 15 owner.
   */
  level?: 1 | 8 | 15;
}


export interface Organization {
  /**
   * A UUID.
   */
  id: string;
  /**
   * Shown in the refusal when the organization forbids personal API keys.
   */
  name: string;
  /**
   * Whether members below admin may use personal API keys.
   */
  members_can_use_personal_api_keys?: boolean;
}


export interface PersonalApiKey {
  /**
   * The key itself, such as `phx_experiment_read`.
   */
  value: string;
  /**
   * The user who owns the key.
   */
  user_id: number;
  /**
   * Such as `experiment:read`; `*` is every scope.
   */
  scopes: string[];
  /**
   * The projects that the key is limited to; empty means no limit.
   */
  scoped_teams?: number[];
  /**
   * The organizations that the key is limited to; empty means no limit.
   */
  scoped_organizations?: string[];
}


export interface Project {
  /**
   * The id in `/api/projects/{project_id}/`.
   */
  id: number;
  /**
   * The organization that owns the project.
   */
  organization_id: string;
  /**
   * The name.
   */
  name: string;
  /**
   * An IANA time zone, such as `Europe/Prague`; it picks the calendar day that statistics end with. Empty means UTC.
   */
  timezone?: string;
  /**
   * `none` when resource access control hides experiments from everyone.
   */
  experiment_access?: 'editor' | 'none';
}


export interface User {
  /**
   * The id that other rows refer to.
   */
  id: number;
  /**
   * The e-mail address.
   */
  email: string;
  /**
   * The first name.
   */
  first_name?: string;
  /**
   * The last name.
   */
  last_name?: string;
  /**
   * A UUID. Derived from the id when absent.
   */
  uuid?: string;
  /**
   * Derived from the id when absent.
   */
  distinct_id?: string;
  /**
   * The keys of an inactive user are refused.
   */
  is_active?: boolean;
  /**
   * The project that `@current` in a path means for this user.
   */
  current_project_id?: number | null;
}
