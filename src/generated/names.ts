// Generated from openapi.yaml by `npm run generate`: do not edit.

/** An operation of the packaged contract. */
export type OperationId =
  | "experiments_requires_flag_implementation_retrieve"
  | "experiments_stats_retrieve";

/** A scenario of the packaged contract. */
export type ScenarioName =
  | "ok"
  | "flag-required"
  | "flag-implemented"
  | "documented"
  | "malformed-json"
  | "unknown-action"
  | "unparsable-properties"
  | "policy-conflict"
  | "not-authenticated"
  | "invalid-key"
  | "missing-scope"
  | "no-project-access"
  | "key-limited-to-other-project"
  | "key-limited-to-other-organization"
  | "personal-keys-not-allowed"
  | "no-resource-access"
  | "project-not-found"
  | "unknown-format"
  | "method-not-allowed"
  | "not-acceptable"
  | "approval-required"
  | "change-request-pending"
  | "approval-required-without-details"
  | "throttled"
  | "server-error"
  | "bad-gateway"
  | "network-error"
  | "timeout"
  | "few-launches"
  | "trend-up"
  | "trend-down"
  | "no-change";
