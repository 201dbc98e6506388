import type { Answer } from '../../../contract/message.ts';
import type { Reads } from '../../../database/reads.ts';
import { nextUuid } from '../../../database/rows/made-ids.ts';
import type { ApprovalPolicy, ChangeRequest, Project, User } from '../../../database/rows/types.ts';
import { formatInstant, type Instant, LAST_INSTANT } from '../../../database/time.ts';
import type { components } from '../../../generated/openapi.ts';
import { isObject, type JsonObject, parseJson } from '../../../json.ts';
import { shownFew } from '../../../text/shown.ts';
import { jsonAnswer } from '../errors.ts';
import type { PosthogParts } from '../parts.ts';
import { changeRequestBody } from './body.ts';
import { type GatedChange, gatedChange } from './change.ts';
import { ACTION_KEY, type Policy, policyOfRow, requiredApprovers, snapshotOfPolicy } from './policy.ts';
import { makeRoom } from './room.ts';
import { expireOverdue, isOpen } from './rules.ts';

type ApprovalRequired = components['schemas']['ApprovalRequired'];

/** The code of a 409 that the gate answers. */
export type ConflictCode = ApprovalRequired['code'];

type GateParts = Pick<PosthogParts, 'reads' | 'database' | 'settled'>;

/** The request at the gate. */
export interface GatedRequest {
  /** The user of the request's key. */
  readonly requester: User | null;
  readonly project: Project | null;
  /** The contract's example of the scenario. */
  readonly example: Answer;
  readonly now: Instant;
}

/**
 * The raised approval gate (provider/posthog/README.md §8): the first answer opens a change request, later ones say that
 * it is pending. `null`: the change has been applied, so the gate is open.
 * @param first the code of the first answer. `change_request_pending`: as if another client had opened the change request.
 */
export function raiseGate(parts: GateParts, asked: GatedRequest, first: ConflictCode): Answer | null {
  const { reads, database } = parts;
  const { project, example, now } = asked;
  // A change request needs a project, and the mock has none.
  if (!project) return example;
  const change = gatedChange(project, reads, jsonOf(example));
  const policies = reads.approvalPolicies(project.id, ACTION_KEY);
  if (policies.length > 1) return policyConflict(policies);
  expireOverdue(database, reads.changeRequestsOf(project.id), now);
  const earlier = requestsFor(parts, project, change);
  const waiting = earlier.findLast(isOpen);
  if (!waiting && earlier.at(-1)?.state === 'applied') return null;
  const policy = policyOfRow(policies[0]);
  const request = waiting ?? openRequest(parts, project, change, policy, asked);
  const code = waiting ? 'change_request_pending' : first;
  const body = JSON.stringify(conflict(code, request, policy, asked, reads));
  return { ...example, body, hint: waitsFor(request) };
}

function waitsFor({ id }: ChangeRequest): string {
  return `Change request ${id} waits for a decision: mock.changeRequests.approve("${id}"), POST change-requests/${id}/approve on the control plane, or the panel.`;
}

/** The change requests for the same change, oldest first. */
function requestsFor(
  { reads, settled }: GateParts,
  project: Project,
  change: GatedChange,
): readonly ChangeRequest[] {
  return reads
    .changeRequestsOf(project.id)
    .filter(
      (request) =>
        request.action_key === change.action_key &&
        request.resource_type === change.resource_type &&
        request.resource_id === change.resource_id &&
        !(request.state === 'applied' && settled.has(request.id)),
    );
}

function openRequest(
  { database, reads }: GateParts,
  project: Project,
  change: GatedChange,
  policy: Policy,
  { requester, now }: GatedRequest,
): ChangeRequest {
  const created_at = formatInstant(now);
  const id = nextUuid('changeRequests', reads.changeRequests());
  makeRoom(database, reads.changeRequests());
  return database.changeRequests.create({
    ...change,
    id,
    project_id: project.id,
    policy_snapshot: snapshotOfPolicy(policy),
    created_by: requester?.id ?? null,
    created_at,
    updated_at: created_at,
    expires_at: formatInstant(Math.min(now + policy.lifetime, LAST_INSTANT)),
  });
}

function conflict(
  code: ConflictCode,
  request: ChangeRequest,
  policy: Policy,
  asked: GatedRequest,
  reads: Reads,
): ApprovalRequired {
  const isCreated = code === 'approval_required';
  const message = isCreated
    ? `A change request has been created and is pending approval${ownApprovalIsNotEnough(asked, policy) ? ' from others' : ''}.`
    : 'A pending approval request already exists for this action';
  return {
    code,
    status: 'approval_required',
    detail: message,
    message,
    resource_type: request.resource_type,
    resource_id: request.resource_id,
    change_request_id: request.id,
    change_request: changeRequestBody(request, reads),
    required_approvers: isCreated ? requiredApprovers(policy) : {},
  };
}

/** Whether the requester is an approver who may not approve their own change. */
function ownApprovalIsNotEnough({ requester }: GatedRequest, { users, allowsSelfApproval }: Policy): boolean {
  return requester !== null && users.includes(requester.id) && !allowsSelfApproval;
}

function policyConflict(policies: readonly ApprovalPolicy[]): Answer {
  const body: components['schemas']['PolicyConflict'] = {
    code: 'policy_conflict',
    error: 'This change matches multiple approval policies',
    conflicting_policies: policies.map(({ id, action_key, project_id }) => ({
      id,
      name: `ApprovalPolicy(${action_key}, Team ${project_id})`,
    })),
    guidance: 'Split your changes into separate API calls to address each policy independently',
  };
  const ids = shownFew(policies.map(({ id }) => id));
  return { ...jsonAnswer(400, body), hint: `More than one approval policy guards the change: ${ids}.` };
}

/** The example of a contract can be anything, even text that is not JSON. */
function jsonOf({ body }: Answer): JsonObject {
  const json = parseJson(body ?? '');
  return isObject(json) ? json : {};
}
