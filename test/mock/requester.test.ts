import { describe, expect, it } from 'vitest';
import { type ChangeRequests, createMock, type MockOptions, type RowInput } from '../../src/index.ts';
import { ask, bodyOf, FLAGS, NOW, PATHS, prefer, scenarioOf } from './asking.ts';

const flags = { path: PATHS[FLAGS] };
const CREATED = 'A change request has been created and is pending approval.';
const CREATED_FOR_OTHERS = 'A change request has been created and is pending approval from others.';
const PENDING = 'A pending approval request already exists for this action';

/** A mock that requires approval; requests use the key of user 1 by default. */
function gated(options: Omit<MockOptions, 'contract'> = {}) {
  return createMock({ now: NOW, ...options, scenario: 'approval-required' });
}

function policy(row: Partial<RowInput<'approvalPolicies'>>): RowInput<'approvalPolicies'> {
  return {
    id: '7a6b5c4d-0001-4e3f-9a8b-0000000000ff',
    project_id: 1,
    action_key: 'feature_flag.update',
    approver_config: { quorum: 2, users: [2, 3] },
    ...row,
  };
}

const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

describe('the requester', () => {
  it.each([
    { case: 'the user of the key', changes: {}, id: 1 },
    { case: 'the user of another key', changes: bearer('phx_experiment_write'), id: 3 },
    { case: 'the user of a key that lacks the scope', changes: bearer('phx_no_experiment_scope'), id: 1 },
    { case: 'a user without access to the project', changes: bearer('phx_outsider'), id: 5 },
    {
      case: 'the user of the key in the query',
      changes: { headers: {}, query: 'personal_api_key=phx_all_access' },
      id: 2,
    },
    {
      case: 'the user of the key in the body',
      changes: { headers: {}, body: '{"personal_api_key":"phx_all_access"}' },
      id: 2,
    },
    { case: 'no user without a key', changes: { headers: {} }, id: undefined },
    { case: 'no user for an unknown key', changes: bearer('phx_unknown'), id: undefined },
    { case: 'no user for the key of an inactive user', changes: bearer('phx_inactive_user'), id: undefined },
  ])('is $case, and the request is not refused', ({ changes, id }) => {
    const { code, change_request } = bodyOf(gated(), changes);
    expect(code).toBe('approval_required');
    expect(change_request.created_by?.id).toBe(id);
  });

  it('is the first user when authentication is off', () => {
    expect(bodyOf(gated({ auth: 'off' }), { headers: {} }).change_request.created_by.id).toBe(1);
  });

  it('needs another approver’s approval even if they are an approver', () => {
    expect(bodyOf(gated(), bearer('phx_all_access')).message).toBe(CREATED_FOR_OTHERS);
    expect(bodyOf(gated()).message).toBe(CREATED);
  });

  it('remains the user who opened the request', () => {
    const mock = gated();
    bodyOf(mock);
    const body = bodyOf(mock, bearer('phx_all_access'));
    expect(body).toMatchObject({ message: PENDING, change_request: { created_by: { id: 1 } } });
  });
});

describe('the project', () => {
  const projectOf = (segment: string, changes = {}) => {
    const mock = gated();
    ask(mock, { path: `/api/projects/${segment}/experiments/stats/`, ...changes });
    return mock.database.changeRequests.findMany().map(({ project_id }) => project_id);
  };

  it.each([
    { case: 'that of the path', segment: '2', changes: {}, project: 2 },
    { case: 'one that the key cannot access', segment: '5', changes: {}, project: 5 },
    { case: 'the current one of the requester', segment: '@current', changes: {}, project: 1 },
    {
      case: 'the current one of another requester',
      segment: '@current',
      changes: bearer('phx_experiment_write'),
      project: 2,
    },
    {
      case: 'the first one when there is no requester',
      segment: '@current',
      changes: { headers: {} },
      project: 1,
    },
    { case: 'the first one when the path names none', segment: '999', changes: {}, project: 1 },
  ])('is $case', ({ segment, changes, project }) => {
    expect(projectOf(segment, changes)).toEqual([project]);
  });
});

describe('the life of a change request', () => {
  it('is shared by both operations and HEAD', () => {
    const mock = gated();
    ask(mock, { method: 'HEAD' });
    const bodies = [bodyOf(mock), bodyOf(mock, flags)];
    const [request] = mock.changeRequests.list();
    for (const body of bodies) {
      expect(body).toMatchObject({ code: 'change_request_pending', change_request_id: request?.id });
    }
    expect(mock.changeRequests.list()).toHaveLength(1);
  });

  it('shows its votes until the quorum is reached, then lets both operations answer', () => {
    const mock = gated({ fixtures: { approvalPolicies: [policy({})] } });
    const { change_request_id: id, required_approvers } = bodyOf(mock);
    expect(required_approvers).toEqual({ quorum: 2, users: [2, 3] });
    mock.changeRequests.approve(id, { by: 2 });
    expect(bodyOf(mock, flags)).toMatchObject({
      code: 'change_request_pending',
      change_request: { state: 'pending', approvals: [{ created_by: { id: 2 }, decision: 'approved' }] },
    });
    mock.changeRequests.approve(id, { by: 3 });
    expect([scenarioOf(mock), scenarioOf(mock, flags)]).toEqual(['ok', 'ok']);
    expect(ask(mock)).toMatchObject({ status: 200, headers: { 'x-mock-source': 'database' } });
    expect(ask(mock).headers['x-mock-synthetic']).toBeUndefined();
  });

  it.each([
    { case: 'rejected', decide: (of: ChangeRequests, id: string) => of.reject(id, { reason: 'Not now.' }) },
    { case: 'canceled', decide: (of: ChangeRequests, id: string) => of.cancel(id) },
    { case: 'expired', decide: (of: ChangeRequests, id: string) => of.expire(id) },
  ])('ends when it is $case: the next request opens a new one with the same intent', ({ decide }) => {
    const mock = gated();
    const { change_request_id: id, change_request } = bodyOf(mock);
    decide(mock.changeRequests, id);
    const next = bodyOf(mock);
    expect(next).toMatchObject({ code: 'approval_required', message: CREATED });
    expect(next.change_request_id).not.toBe(id);
    expect(next.change_request.intent).toEqual(change_request.intent);
    expect(mock.changeRequests.list()).toHaveLength(2);
  });

  it('ends by the mock’s clock', () => {
    const mock = gated();
    const { change_request_id: id } = bodyOf(mock);
    mock.clock.set('2026-03-29T11:59:59Z');
    expect(bodyOf(mock).change_request_id).toBe(id);
    mock.clock.advance(1_000);
    expect(bodyOf(mock)).toMatchObject({ code: 'approval_required' });
    expect(mock.changeRequests.list().map(({ state }) => state)).toEqual(['expired', 'pending']);
  });

  it('after it is applied, the next selection asks to switch the flag back', () => {
    const mock = gated();
    const first = bodyOf(mock);
    mock.changeRequests.approve(first.change_request_id);
    expect(scenarioOf(mock)).toBe('ok');
    mock.use('approval-required');
    const second = bodyOf(mock);
    expect(second.code).toBe('approval_required');
    expect(second.change_request.intent.gated_changes).toEqual({
      active: !first.change_request.intent.gated_changes.active,
    });
    mock.changeRequests.approve(second.change_request_id);
    expect(scenarioOf(mock)).toBe('ok');
  });

  it('continues while other scenarios are selected', () => {
    const mock = gated();
    const { change_request_id: id } = bodyOf(mock);
    mock.use('ok');
    expect(scenarioOf(mock)).toBe('ok');
    mock.use('change-request-pending');
    expect(bodyOf(mock)).toMatchObject({ code: 'change_request_pending', change_request_id: id });
  });

  it('is over for one applied in the given fixtures', () => {
    const mock = gated();
    const { change_request_id: id } = bodyOf(mock);
    mock.changeRequests.approve(id);
    const changeRequests = mock.database.changeRequests.findMany();
    expect(bodyOf(gated({ fixtures: { changeRequests } })).code).toBe('approval_required');
  });

  it('ends with reset', () => {
    const mock = gated();
    const { change_request_id: id } = bodyOf(mock);
    mock.changeRequests.approve(id);
    mock.reset();
    expect(mock.changeRequests.list()).toEqual([]);
    expect(bodyOf(mock)).toMatchObject({ code: 'approval_required', change_request_id: id });
  });

  it('can start with Prefer alone, which is echoed until the request is applied', () => {
    const mock = createMock({ now: NOW });
    const opened = prefer(mock, 'scenario=approval-required');
    expect(opened.headers['preference-applied']).toBe('scenario=approval-required');
    expect(scenarioOf(mock)).toBe('ok');
    mock.changeRequests.approve(JSON.parse(opened.body ?? '').change_request_id);
    const { status, headers } = prefer(mock, 'code=409');
    expect(status).toBe(200);
    expect(headers['x-mock-scenario']).toBe('ok');
    expect(headers['preference-applied']).toBeUndefined();
  });

  it('does not begin when two policies match', () => {
    const mock = gated({
      fixtures: { approvalPolicies: [policy({}), policy({ id: '7a6b5c4d-0001-4e3f-9a8b-0000000000fe' })] },
    });
    const { status, headers, body } = ask(mock);
    expect(status).toBe(400);
    expect(headers).toMatchObject({ 'x-mock-scenario': 'approval-required', 'x-mock-source': 'responder' });
    expect(JSON.parse(body ?? '').code).toBe('policy_conflict');
    expect(mock.changeRequests.list()).toEqual([]);
  });
});
