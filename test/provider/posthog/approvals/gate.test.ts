import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src/contract/message.ts';
import type { FixtureInput, RowInput } from '../../../../src/database/rows/types.ts';
import { DAY, formatInstant } from '../../../../src/database/time.ts';
import {
  type ConflictCode,
  type GatedRequest,
  raiseGate,
} from '../../../../src/provider/posthog/approvals/gate.ts';
import { NOW, open } from '../../../database/packaged.ts';

const FIRST = '00000003-0000-4000-8000-000000000001';
const SECOND = '00000003-0000-4000-8000-000000000002';
const CREATED = 'A change request has been created and is pending approval.';
const CREATED_FOR_OTHERS = 'A change request has been created and is pending approval from others.';
const PENDING = 'A pending approval request already exists for this action';

const EXAMPLE = answerOf(
  JSON.stringify({
    resource_type: 'feature_flag',
    resource_id: '12',
    change_request: { intent: { flag_id: 12 }, intent_display: { description: 'from the contract' } },
  }),
);

function answerOf(body: string | null): Answer {
  return { status: 409, headers: [['Allow', 'GET']], contentType: 'application/json', body };
}

/** A store, and its gate; by default user 1 requests project 1. */
function gate(fixtures?: FixtureInput) {
  const store = open(fixtures);
  const { database, reads } = store;
  const raise = (first: ConflictCode, changes: Partial<GatedRequest> = {}, settled = new Set<string>()) => {
    const asked = {
      requester: reads.user(1) ?? null,
      project: reads.project(1) ?? null,
      example: EXAMPLE,
      now: NOW,
    };
    return raiseGate({ reads, database, settled }, { ...asked, ...changes }, first);
  };
  const bodyOf = (answer: Answer | null) => JSON.parse(answer?.body ?? 'null');
  return {
    ...store,
    raise,
    required: (changes?: Partial<GatedRequest>, settled?: Set<string>) =>
      bodyOf(raise('approval_required', changes, settled)),
    pending: (changes?: Partial<GatedRequest>) => bodyOf(raise('change_request_pending', changes)),
  };
}

function policy(row: Partial<RowInput<'approvalPolicies'>> = {}): RowInput<'approvalPolicies'> {
  return {
    id: '7a6b5c4d-0001-4e3f-9a8b-0000000000ff',
    project_id: 1,
    action_key: 'feature_flag.update',
    approver_config: { quorum: 2, users: [2, 3] },
    ...row,
  };
}

describe('the first answer', () => {
  it('creates a change request and shows it with its keys in the documented order', () => {
    const { raise, database } = gate();
    const answer = raise('approval_required');
    const change_request = {
      id: FIRST,
      action_key: 'feature_flag.update',
      action_version: 1,
      resource_type: 'feature_flag',
      resource_id: '101',
      intent: {
        flag_id: 101,
        flag_key: 'hero-video',
        current_state: { active: true },
        gated_changes: { active: false },
        full_request_data: { active: false },
        preconditions: { version: 1, updated_at: null },
        http_method: 'PATCH',
      },
      intent_display: {
        description: "Disable feature flag 'hero-video'",
        before: { active: true },
        after: { active: false },
      },
      policy_snapshot: {
        quorum: 1,
        users: [2, 3],
        roles: [],
        allow_self_approve: false,
        conditions: {},
        bypass_org_membership_levels: [],
        bypass_roles: [],
      },
      validation_status: 'valid',
      validation_errors: null,
      validated_at: null,
      state: 'pending',
      created_by: {
        id: 1,
        uuid: '00000001-0000-4000-8000-000000000001',
        distinct_id: 'distinct-id-of-user-1',
        first_name: 'Nora',
        last_name: 'Lindqvist',
        email: 'nora@fernweh.example',
        is_email_verified: null,
        hedgehog_config: null,
        role_at_organization: null,
      },
      applied_by: null,
      created_at: '2026-03-15T12:00:00Z',
      updated_at: '2026-03-15T12:00:00Z',
      expires_at: '2026-03-29T12:00:00Z',
      applied_at: null,
      apply_error: '',
      result_data: null,
      approvals: [],
      can_approve: false,
      can_cancel: false,
      is_requester: false,
      user_decision: null,
    };
    // Compared as text because the order of keys matters.
    expect(answer).toEqual({
      ...EXAMPLE,
      body: JSON.stringify({
        code: 'approval_required',
        status: 'approval_required',
        detail: CREATED,
        message: CREATED,
        resource_type: 'feature_flag',
        resource_id: '101',
        change_request_id: FIRST,
        change_request,
        required_approvers: { quorum: 1, users: [2, 3] },
      }),
      hint: `Change request ${FIRST} waits for a decision: mock.changeRequests.approve("${FIRST}"), POST change-requests/${FIRST}/approve on the control plane, or the panel.`,
    });
    expect(database.changeRequests.count()).toBe(1);
  });

  it('keeps the microseconds of the clock', () => {
    const { required } = gate();
    const { change_request } = required({ now: NOW + 678_901 });
    expect(change_request.created_at).toBe('2026-03-15T12:00:00.678901Z');
    expect(change_request.expires_at).toBe('2026-03-29T12:00:00.678901Z');
  });

  it('has no creator when there is no requester', () => {
    expect(gate().required({ requester: null }).change_request.created_by).toBeNull();
  });

  it.each([
    { case: 'no approver', requester: 1, self: false, message: CREATED },
    {
      case: 'an approver who may not self-approve',
      requester: 2,
      self: false,
      message: CREATED_FOR_OTHERS,
    },
    { case: 'an approver who may self-approve', requester: 2, self: true, message: CREATED },
  ])('tells $case whose approval is needed', ({ requester, self, message }) => {
    const { required, reads } = gate({ approvalPolicies: [policy({ allow_self_approve: self })] });
    const body = required({ requester: reads.user(requester) ?? null });
    expect(body).toMatchObject({ detail: message, message });
    expect(body.change_request.policy_snapshot.allow_self_approve).toBe(self);
  });
});

describe('the policy', () => {
  it.each([
    { case: 'none', rows: [], approvers: { quorum: 1, users: [] }, roles: [], days: 14 },
    {
      case: 'a policy of another action',
      rows: [policy({ action_key: 'feature_flag.create' })],
      approvers: { quorum: 1, users: [] },
      roles: [],
      days: 14,
    },
    {
      case: 'a policy of another project',
      rows: [policy({ project_id: 2 })],
      approvers: { quorum: 1, users: [] },
      roles: [],
      days: 14,
    },
    { case: 'users', rows: [policy()], approvers: { quorum: 2, users: [2, 3] }, roles: [], days: 14 },
    {
      case: 'roles and its own expiry',
      rows: [policy({ approver_config: { quorum: 1, roles: ['lead'] }, expires_after_days: 1.5 })],
      approvers: { quorum: 1, users: [], roles: ['lead'] },
      roles: ['lead'],
      days: 1.5,
    },
  ])('with $case sets the approvers and the expiry', ({ rows, approvers, roles, days }) => {
    const { required_approvers, change_request } = gate({ approvalPolicies: rows }).required();
    expect(required_approvers).toEqual(approvers);
    expect(change_request.policy_snapshot).toMatchObject({ ...approvers, roles, allow_self_approve: false });
    expect(change_request.expires_at).toBe(formatInstant(NOW + days * DAY));
  });

  it('conflicts with a second one, so nothing is created', () => {
    const other = '7a6b5c4d-0001-4e3f-9a8b-0000000000fe';
    const { raise, database } = gate({ approvalPolicies: [policy(), policy({ id: other })] });
    const answer = raise('approval_required');
    expect(answer?.status).toBe(400);
    expect(answer?.body).toBe(
      JSON.stringify({
        code: 'policy_conflict',
        error: 'This change matches multiple approval policies',
        conflicting_policies: [policy().id, other].map((id) => ({
          id,
          name: 'ApprovalPolicy(feature_flag.update, Team 1)',
        })),
        guidance: 'Split your changes into separate API calls to address each policy independently',
      }),
    );
    expect(raise('change_request_pending')).toEqual(answer);
    expect(database.changeRequests.count()).toBe(0);
  });
});

describe('the change', () => {
  const flag = (id: number, active: boolean) => ({ id, key: `flag-${id}`, active });

  it('concerns the flag of the first experiment by id that has one and is not deleted', () => {
    const experiments = [
      { id: 9, project_id: 1, feature_flag: flag(9, true) },
      { id: 1, project_id: 2, feature_flag: flag(1, true) },
      { id: 2, project_id: 1, feature_flag: flag(2, true), deleted: true },
      { id: 3, project_id: 1 },
      { id: 4, project_id: 1, feature_flag: flag(4, false), deleted: null },
    ];
    const { resource_id, change_request } = gate({ experiments }).required();
    expect(resource_id).toBe('4');
    expect(change_request.intent_display).toEqual({
      description: "Enable feature flag 'flag-4'",
      before: { active: false },
      after: { active: true },
    });
  });

  it('is that of the example when no experiment has a flag', () => {
    const body = gate({ experiments: [] }).required();
    expect(body).toMatchObject({ resource_type: 'feature_flag', resource_id: '12' });
    expect(body.change_request).toMatchObject({
      action_key: 'feature_flag.update',
      intent: { flag_id: 12 },
      intent_display: { description: 'from the contract' },
    });
  });

  it.each([null, 'no JSON', '[]', '{"change_request": 1}'])('is empty with the example %j', (body) => {
    const { required } = gate({ experiments: [] });
    const refused = required({ example: answerOf(body) });
    expect(refused).toMatchObject({ resource_type: 'feature_flag', resource_id: null });
    expect(refused.change_request).toMatchObject({ intent: {}, intent_display: {} });
    expect(required({ example: answerOf(body) }).change_request_id).toBe(refused.change_request_id);
  });

  it('is not made without a project: the example answers', () => {
    const { raise, database } = gate();
    expect(raise('approval_required', { project: null })).toBe(EXAMPLE);
    expect(raise('change_request_pending', { project: null })).toBe(EXAMPLE);
    expect(database.changeRequests.count()).toBe(0);
  });
});

describe('an existing change request', () => {
  it.each(['pending', 'approved'] as const)('is shown while it is %s', (state) => {
    const { required, pending, database } = gate();
    required();
    database.changeRequests.update({ id: FIRST }, { state });
    for (const body of [required(), pending()]) {
      expect(body).toMatchObject({
        code: 'change_request_pending',
        status: 'approval_required',
        detail: PENDING,
        message: PENDING,
        change_request_id: FIRST,
        change_request: { state },
      });
      expect(body.required_approvers).toEqual({});
    }
    expect(database.changeRequests.count()).toBe(1);
  });

  it('can also be created by `change-request-pending`', () => {
    const { required, pending } = gate();
    expect(pending()).toMatchObject({ code: 'change_request_pending', change_request_id: FIRST });
    expect(required()).toMatchObject({ code: 'change_request_pending', change_request_id: FIRST });
  });

  it('opens the gate once it is applied', () => {
    const { raise, required, database } = gate();
    required();
    database.changeRequests.update({ id: FIRST }, { state: 'applied' });
    expect(raise('approval_required')).toBeNull();
    expect(raise('change_request_pending')).toBeNull();
    expect(database.changeRequests.count()).toBe(1);
  });

  it('no longer opens the gate once it is settled', () => {
    const { required, database } = gate();
    required();
    database.changeRequests.update({ id: FIRST }, { state: 'applied' });
    const settled = new Set([FIRST]);
    expect(required({}, settled)).toMatchObject({ code: 'approval_required', change_request_id: SECOND });
    expect(required({}, settled)).toMatchObject({
      code: 'change_request_pending',
      change_request_id: SECOND,
    });
  });

  it('is still pending when a newer one has been applied', () => {
    const { required, database } = gate();
    required();
    const first = database.changeRequests.find({ id: FIRST });
    if (first) database.changeRequests.create({ ...first, id: SECOND, state: 'applied' });
    expect(required()).toMatchObject({ code: 'change_request_pending', change_request_id: FIRST });
  });

  it.each(['rejected', 'expired', 'failed'] as const)('is followed by a new one when it is %s', (state) => {
    const { required, database } = gate();
    required();
    database.changeRequests.update({ id: FIRST }, { state });
    expect(required()).toMatchObject({ code: 'approval_required', change_request_id: SECOND });
  });

  it.each(['pending', 'approved'] as const)('expires at its time while it is %s', (state) => {
    const { required, database } = gate();
    required();
    database.changeRequests.update({ id: FIRST }, { state });
    expect(required({ now: NOW + 14 * DAY - 1 }).change_request_id).toBe(FIRST);
    expect(required({ now: NOW + 14 * DAY })).toMatchObject({
      code: 'approval_required',
      change_request_id: SECOND,
    });
    expect(database.changeRequests.find({ id: FIRST })).toMatchObject({
      state: 'expired',
      validation_status: 'expired',
    });
  });

  it('is ignored for another project or resource', () => {
    const { required, reads, database } = gate();
    required();
    expect(required({ project: reads.project(2) ?? null })).toMatchObject({ code: 'approval_required' });
    database.experiments.update({ id: 1 }, { deleted: true });
    expect(required()).toMatchObject({ code: 'approval_required', resource_id: '102' });
    expect(database.changeRequests.count()).toBe(3);
  });
});
