// Generated from fixtures/schema by `npm run generate`: do not edit.

export const COLLECTIONS = ["actions","approvalPolicies","changeRequests","events","experiments","memberships","organizations","personalApiKeys","projects","users"] as const;

export interface FixtureRow {
/** Named sets of events, which `requires_flag_implementation` resolves to event names. */
actions: Action;
/** Which changes need whose approval. */
approvalPolicies: ApprovalPolicy;
/** Changes that wait, or waited, for approval; the scenario `approval-required` opens them. */
changeRequests: ChangeRequest;
/** Captured events: `requires_flag_implementation` looks for `$feature/…` properties in the recent ones. */
events: Event;
/** What the statistics count. */
experiments: Experiment;
/** Who belongs to which organization. */
memberships: Membership;
/** The organizations that own projects and have members. */
organizations: Organization;
/** The keys that requests may carry. */
personalApiKeys: PersonalApiKey;
/** The projects that paths name. The first one stands in where a forced scenario needs one. */
projects: Project;
/** The people who own API keys. The first one asks when authentication is off. */
users: User;
}

export interface Action {
  /**
   * The number that an entity refers to.
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
   * Who may approve, and how many have to.
   */
  approver_config: {
    /**
     * How many approvals apply a change.
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
   * How long a change request stays open.
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
   * The id of what would change.
   */
  resource_id?: string | null;
  /**
   * Free JSON: the change that was asked for.
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
   * Free JSON: the policy when the change was asked for.
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
   * The last validation. ISO 8601, or relative to the clock: `now`, `now-10d`, `now+2h`, `now-1d-30m`.
   */
  validated_at?: string | null;
  /**
   * Where it stands.
   */
  state?: 'pending' | 'approved' | 'applied' | 'rejected' | 'expired' | 'failed';
  /**
   * The user who asked.
   */
  created_by?: number | null;
  /**
   * The user whose approval applied it.
   */
  applied_by?: number | null;
  /**
   * When it was asked for. ISO 8601, or relative to the clock: `now`, `now-10d`, `now+2h`, `now-1d-30m`.
   */
  created_at: string;
  /**
   * The last change of this row. ISO 8601, or relative to the clock: `now`, `now-10d`, `now+2h`, `now-1d-30m`.
   */
  updated_at?: string | null;
  /**
   * When it stops waiting. ISO 8601, or relative to the clock: `now`, `now-10d`, `now+2h`, `now-1d-30m`.
   */
  expires_at: string;
  /**
   * When it was applied. ISO 8601, or relative to the clock: `now`, `now-10d`, `now+2h`, `now-1d-30m`.
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
   * The votes, one a user.
   */
  approvals?: Approval[];
}
export interface Approval {
  /**
   * A UUID.
   */
  id: string;
  /**
   * The user who voted; null: nobody who is known.
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
   * A UUID. Made when absent.
   */
  uuid?: string;
}


export interface Experiment {
  /**
   * The number of the experiment.
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
   * Only `false` is counted: PostHog leaves `null` out too.
   */
  deleted?: boolean | null;
  /**
   * Derived from the two dates when absent, and has to agree with them.
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
   * Whose key it is.
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
   * The number in `/api/projects/{project_id}/`.
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
   * The number that other rows refer to.
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
   * What `@current` in a path means to this user.
   */
  current_project_id?: number | null;
}
