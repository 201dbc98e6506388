import { describe, expect, it } from 'vitest';
import { NOW } from '../../mock/asking.ts';
import { openGate } from '../support/gate.ts';

const DAY = 86_400_000;

describe('a change request', () => {
  it('is listed from the first answer on and stays the same in later ones', async () => {
    const { first, next, list } = await openGate();
    expect(first).toMatchObject({ status: 409, code: 'approval_required' });
    expect(await next()).toEqual({ status: 409, code: 'change_request_pending', id: first.id });
    expect(await list()).toMatchObject([
      {
        id: first.id,
        state: 'pending',
        action_key: 'feature_flag.update',
        resource_type: 'feature_flag',
        created_by: { id: 1, first_name: 'Nora' },
        policy_snapshot: { quorum: 1, users: [2, 3] },
        approvals: [],
        can_approve: false,
      },
    ]);
  });

  it('opens the gate and switches the flag once it is approved', async () => {
    const { act, next, list, activeFlags } = await openGate();
    const before = activeFlags();
    expect(await act('approve', { by: 3 })).toMatchObject({
      status: 200,
      json: {
        status: 'applied',
        message: 'Quorum reached. Change applied successfully.',
        change_request: { state: 'applied', applied_by: { id: 3 }, user_decision: 'approved' },
        result: { active: expect.any(Boolean) },
      },
    });
    expect(await next()).toEqual({ status: 200, code: null, id: null });
    expect(await list()).toMatchObject([{ state: 'applied', applied_by: { id: 3 } }]);
    expect(activeFlags()).not.toEqual(before);
  });

  it('stays pending until a quorum of two has approved', async () => {
    const { act, next, activeFlags } = await openGate(2);
    const before = activeFlags();
    expect(await act('approve', { by: 2 })).toMatchObject({
      status: 200,
      json: {
        status: 'approved',
        message: 'Approval recorded. 1/2 approvals received.',
        change_request: { state: 'pending', approvals: [{ created_by: { id: 2 }, decision: 'approved' }] },
      },
    });
    expect(await next()).toMatchObject({ status: 409, code: 'change_request_pending' });
    expect(activeFlags()).toEqual(before);
    expect(await act('approve', { by: 3 })).toMatchObject({ json: { status: 'applied' } });
    expect((await next()).status).toBe(200);
  });

  it('is approved by the approvers in order when no user is named', async () => {
    const { act, list } = await openGate(2);
    await act('approve');
    await act('approve');
    expect(await list()).toMatchObject([
      { state: 'applied', approvals: [{ created_by: { id: 2 } }, { created_by: { id: 3 } }] },
    ]);
  });

  it('is followed by a new one when it is rejected', async () => {
    const { act, first, next, list } = await openGate(2);
    await act('approve', { by: 2 });
    expect(await act('reject', { by: 3, reason: 'Not before the launch.' })).toMatchObject({
      status: 200,
      json: {
        status: 'rejected',
        message: 'Change request rejected.',
        change_request: {
          state: 'rejected',
          approvals: [{ decision: 'approved' }, { decision: 'rejected', reason: 'Not before the launch.' }],
        },
      },
    });
    const second = await next();
    expect(second).toMatchObject({ status: 409, code: 'approval_required' });
    expect(second.id).not.toBe(first.id);
    expect((await list()).map(({ id, state }) => [id, state])).toEqual([
      [first.id, 'rejected'],
      [second.id, 'pending'],
    ]);
  });

  it('is followed by a new one when it is canceled by its requester', async () => {
    const { act, first, next } = await openGate();
    expect(await act('cancel', { by: 1 })).toMatchObject({
      status: 200,
      json: {
        status: 'canceled',
        message: 'Change request canceled.',
        change_request: { state: 'rejected', is_requester: true },
      },
    });
    const second = await next();
    expect(second.code).toBe('approval_required');
    expect(second.id).not.toBe(first.id);
  });

  it('is followed by a new one when it is expired', async () => {
    const { act, first, next } = await openGate();
    expect(await act('expire')).toMatchObject({
      status: 200,
      json: { status: 'expired', change_request: { state: 'expired', validation_status: 'expired' } },
    });
    const second = await next();
    expect(second.code).toBe('approval_required');
    expect(second.id).not.toBe(first.id);
  });

  it('expires when the clock is set forward', async () => {
    const { control, first, next, list } = await openGate();
    const [request] = await list();
    const due = Date.parse(request?.expires_at ?? '');
    expect(due).toBe(Date.parse(NOW) + 14 * DAY);
    await control('PUT', '/clock', { body: { now: new Date(due - 1).toISOString() } });
    expect(await list()).toMatchObject([{ state: 'pending' }]);
    expect((await next()).id).toBe(first.id);
    await control('PUT', '/clock', { body: { advance: 1 } });
    expect(await list()).toMatchObject([{ state: 'expired', validation_status: 'expired' }]);
    const second = await next();
    expect(second).toMatchObject({ status: 409, code: 'approval_required' });
    expect(second.id).not.toBe(first.id);
  });

  it('stays applied when `ok` is selected, and a new one follows when the gate is selected again', async () => {
    const { control, act, first, next, list } = await openGate();
    await act('approve');
    await control('PUT', '/scenario', { body: { scenario: 'ok' } });
    expect((await next()).status).toBe(200);
    expect(await list()).toMatchObject([{ state: 'applied' }]);
    await control('PUT', '/scenario', { body: { scenario: 'approval-required' } });
    const second = await next();
    expect(second.code).toBe('approval_required');
    expect(second.id).not.toBe(first.id);
  });

  it('is removed by a reset', async () => {
    const { control, list } = await openGate();
    await control('POST', '/reset');
    expect(await list()).toEqual([]);
  });

  it('is saved in a snapshot and restored', async () => {
    const { control, first, next } = await openGate();
    const { json: snapshot } = await control('GET', '/fixtures');
    await control('POST', '/reset');
    await control('PUT', '/fixtures', { body: snapshot });
    expect(await next()).toMatchObject({ code: 'change_request_pending', id: first.id });
  });
});
