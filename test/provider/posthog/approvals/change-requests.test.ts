import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FixtureInput, RowInput } from '../../../../src/database/rows/types.ts';
import { DAY, formatInstant, HOUR, type Instant } from '../../../../src/database/time.ts';
import { ChangeRequestError } from '../../../../src/provider/change-requests.ts';
import { openChangeRequests } from '../../../../src/provider/posthog/approvals/change-requests.ts';
import { UsageRangeError } from '../../../../src/usage-error.ts';
import { NOW, open } from '../../../database/packaged.ts';

const FIRST = '00000003-0000-4000-8000-000000000001';
const POLICY = { quorum: 1, users: [2, 3], roles: [], allow_self_approve: false };
const FLAG = { id: 101, key: 'hero-video' };

function request(row: Partial<RowInput<'changeRequests'>> = {}): RowInput<'changeRequests'> {
  return {
    id: FIRST,
    project_id: 1,
    action_key: 'feature_flag.update',
    resource_type: 'feature_flag',
    resource_id: '101',
    intent: { flag_id: 101, flag_key: 'hero-video', gated_changes: { active: false } },
    policy_snapshot: POLICY,
    created_by: 1,
    created_at: 'now',
    expires_at: 'now+14d',
    ...row,
  };
}

/** Change requests on the packaged rows, with a clock that can be moved. */
function setUp(row: Partial<RowInput<'changeRequests'>> = {}, fixtures: FixtureInput = {}) {
  const clock: { now: Instant } = { now: NOW };
  const now = () => clock.now;
  const store = open({ changeRequests: [request(row)], ...fixtures }, now);
  const { database, reads } = store;
  return { ...store, clock, changeRequests: openChangeRequests({ database, reads, now }) };
}

/** The error that a move throws. */
function refusal(move: () => unknown) {
  try {
    move();
  } catch (error) {
    if (error instanceof ChangeRequestError) {
      return { status: error.status, body: JSON.parse(error.body), message: error.message };
    }
    throw error;
  }
  throw new Error('the move was allowed');
}

function envelope(detail: string) {
  return { type: 'authentication_error', code: 'permission_denied', detail, attr: null };
}

const vote = (id: number, by: number) => ({
  id: `00000004-0000-4000-8000-00000000000${id}`,
  created_by: by,
  decision: 'approved' as const,
  created_at: 'now',
});

describe('approve', () => {
  it('applies the change at quorum: the flag is switched in every experiment of the project that carries it', () => {
    const experiments = [
      { id: 1, project_id: 1, feature_flag: { ...FLAG, active: true, filters: { groups: [1] } } },
      { id: 2, project_id: 1, feature_flag: { ...FLAG, active: true }, deleted: true },
      { id: 3, project_id: 1, feature_flag: { id: 102, key: 'other', active: true } },
      { id: 4, project_id: 2, feature_flag: { ...FLAG, active: true } },
    ];
    const { changeRequests, database, clock } = setUp({}, { experiments });
    clock.now = NOW + HOUR;
    const outcome = changeRequests.approve(FIRST, { by: 3 });
    expect(Object.keys(outcome)).toEqual(['status', 'message', 'change_request', 'result']);
    expect(outcome).toMatchObject({
      status: 'applied',
      message: 'Quorum reached. Change applied successfully.',
      change_request: {
        state: 'applied',
        applied_by: { id: 3 },
        applied_at: formatInstant(NOW + HOUR),
        updated_at: formatInstant(NOW + HOUR),
        approvals: [
          {
            id: '00000004-0000-4000-8000-000000000001',
            created_by: { id: 3 },
            decision: 'approved',
            reason: '',
            created_at: formatInstant(NOW + HOUR),
          },
        ],
        can_approve: false,
        user_decision: 'approved',
      },
    });
    expect(outcome.result).toEqual(outcome.change_request.result_data);
    expect(database.experiments.findMany().map(({ feature_flag }) => feature_flag?.active)).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(database.experiments.find({ id: 1 })?.feature_flag?.filters).toEqual({ groups: [1] });
  });

  it('counts the approvals below quorum', () => {
    const { changeRequests, database } = setUp({ policy_snapshot: { ...POLICY, quorum: 2 } });
    const outcome = changeRequests.approve(FIRST);
    expect(outcome).toMatchObject({
      status: 'approved',
      message: 'Approval recorded. 1/2 approvals received.',
      change_request: { state: 'pending', user_decision: 'approved' },
    });
    expect(outcome).not.toHaveProperty('result');
    expect(database.experiments.find({ id: 1 })?.feature_flag?.active).toBe(true);
    expect(changeRequests.approve(FIRST)).toMatchObject({ status: 'applied' });
    expect(changeRequests.list()[0]?.approvals.map(({ created_by }) => created_by?.id)).toEqual([2, 3]);
  });

  it('fails when the experiment with the flag no longer exists', () => {
    const { changeRequests, database } = setUp();
    database.experiments.delete({ id: 1 });
    const outcome = changeRequests.approve(FIRST);
    expect(outcome).toMatchObject({
      status: 'failed',
      message:
        'Quorum reached but application failed: Apply failed: FeatureFlag matching query does not exist.',
      change_request: {
        state: 'failed',
        apply_error: 'FeatureFlag matching query does not exist.',
        applied_by: null,
        applied_at: null,
      },
    });
    expect(outcome).not.toHaveProperty('result');
  });

  it('applies the change of the contract’s example when the project has no flag', () => {
    const { changeRequests } = setUp({}, { experiments: [] });
    expect(changeRequests.approve(FIRST)).toMatchObject({ status: 'applied' });
  });

  it.each([
    { case: 'the first listed approver', policy: { ...POLICY, users: [3, 2] }, by: 3 },
    { case: 'the first active approver', policy: { ...POLICY, users: [4, 2] }, by: 2 },
    { case: 'an approver who is not the requester', policy: { ...POLICY, users: [1, 3] }, by: 3 },
    {
      case: 'the requester when self-approval is allowed',
      policy: { ...POLICY, users: [1], allow_self_approve: true },
      by: 1,
    },
    { case: 'any other user without a list', policy: { ...POLICY, users: [] }, by: 2 },
    { case: 'any other user without a policy', policy: {}, by: 2 },
  ])('is by default done by $case', ({ policy, by }) => {
    const { changeRequests } = setUp({ policy_snapshot: policy });
    expect(changeRequests.approve(FIRST).change_request.applied_by?.id).toBe(by);
  });

  it('accepts any active user when no approver is listed', () => {
    const { changeRequests } = setUp({ policy_snapshot: { quorum: 1 } });
    expect(changeRequests.approve(FIRST, { by: 5 })).toMatchObject({ status: 'applied' });
  });
});

describe('reject', () => {
  it('settles the request with one vote and its reason', () => {
    const { changeRequests, database } = setUp({ policy_snapshot: { ...POLICY, quorum: 2 } });
    const outcome = changeRequests.reject(FIRST, { by: 3, reason: 'Not before Monday.' });
    expect(outcome).toMatchObject({
      status: 'rejected',
      message: 'Change request rejected.',
      change_request: {
        state: 'rejected',
        approvals: [{ created_by: { id: 3 }, decision: 'rejected', reason: 'Not before Monday.' }],
        user_decision: 'rejected',
      },
    });
    expect(database.experiments.find({ id: 1 })?.feature_flag?.active).toBe(true);
  });

  it('is by default done by the first listed approver who has not voted', () => {
    const { changeRequests } = setUp({
      policy_snapshot: { ...POLICY, quorum: 2 },
      approvals: [vote(1, 2)],
    });
    const { change_request } = changeRequests.reject(FIRST, { reason: 'no' });
    expect(change_request.approvals.map(({ created_by }) => created_by?.id)).toEqual([2, 3]);
  });
});

describe('cancel', () => {
  it.each([
    { case: 'the requester', created_by: 1, actor: { by: 1 } },
    { case: 'the requester by default', created_by: 1, actor: {} },
    { case: 'anyone without a requester', created_by: null, actor: {} },
  ])('can be done by $case', ({ created_by, actor }) => {
    const { changeRequests } = setUp({ created_by });
    expect(changeRequests.cancel(FIRST, actor)).toMatchObject({
      status: 'canceled',
      message: 'Change request canceled.',
      change_request: { state: 'rejected', approvals: [], can_cancel: false },
    });
  });
});

describe('expire', () => {
  it.each(['pending', 'approved'] as const)('expires a %s request', (state) => {
    const { changeRequests, clock } = setUp({ state });
    clock.now = NOW + HOUR;
    expect(changeRequests.expire(FIRST)).toMatchObject({
      status: 'expired',
      message: 'Change request expired.',
      change_request: {
        state: 'expired',
        validation_status: 'expired',
        expires_at: formatInstant(NOW + HOUR),
      },
    });
  });

  it('happens by itself when the time has come', () => {
    const { changeRequests, clock } = setUp();
    clock.now = NOW + 14 * DAY - 1;
    expect(changeRequests.list()).toMatchObject([{ state: 'pending' }]);
    clock.now = NOW + 14 * DAY;
    expect(refusal(() => changeRequests.approve(FIRST)).status).toBe(400);
    expect(changeRequests.list()).toMatchObject([{ state: 'expired', validation_status: 'expired' }]);
  });
});

describe('a refused move:', () => {
  const settled = ['approved', 'applied', 'rejected', 'expired', 'failed'] as const;
  const moves = {
    approved: (id: string, { changeRequests }: ReturnType<typeof setUp>) => changeRequests.approve(id),
    rejected: (id: string, { changeRequests }: ReturnType<typeof setUp>) =>
      changeRequests.reject(id, { reason: 'no' }),
    canceled: (id: string, { changeRequests }: ReturnType<typeof setUp>) => changeRequests.cancel(id),
    expired: (id: string, { changeRequests }: ReturnType<typeof setUp>) => changeRequests.expire(id),
  };
  const tooLate = Object.entries(moves).flatMap(([participle, move]) =>
    settled
      .filter((state) => !(participle === 'expired' && state === 'approved'))
      .map((state) => ({ participle, move, state })),
  );

  it.each(tooLate)('a $state request can no longer be $participle', ({ participle, move, state }) => {
    const { status, body, message } = refusal(() => move(FIRST, setUp({ state })));
    const error = `This change request can no longer be ${participle}.`;
    expect({ status, body }).toEqual({ status: 400, body: { error } });
    expect(message).toBe(`${error} The state of ${FIRST} is "${state}".`);
  });

  it.each(Object.entries(moves))('an unknown request cannot be %s; known ones are listed', (_, move) => {
    const { status, body, message } = refusal(() => move('nope', setUp()));
    expect({ status, body }).toEqual({
      status: 404,
      body: { type: 'invalid_request', code: 'not_found', detail: 'Not found.', attr: null },
    });
    expect(message).toContain('"nope"');
    expect(message).toContain(FIRST);
  });

  const own = 'You cannot approve your own change request';
  const outsider = 'You are not in the approver set for this change request';
  it.each([
    { case: 'own, no approver', policy: POLICY, by: 1, detail: own },
    { case: 'own, an approver', policy: { ...POLICY, users: [1, 2] }, by: 1, detail: own },
    { case: 'own by default', policy: { ...POLICY, users: [1] }, by: undefined, detail: own },
    { case: 'own, without a list', policy: {}, by: 1, detail: own },
    {
      case: 'own, allowed but no approver',
      policy: { ...POLICY, allow_self_approve: true },
      by: 1,
      detail: outsider,
    },
    { case: 'not listed', policy: POLICY, by: 5, detail: outsider },
    { case: 'roles only', policy: { ...POLICY, users: [], roles: ['lead'] }, by: 2, detail: outsider },
    {
      case: 'roles only by default',
      policy: { quorum: 1, roles: ['lead'] },
      by: undefined,
      detail: expect.any(String),
    },
  ])('a vote by the wrong person: $case', ({ policy, by, detail }) => {
    const { changeRequests } = setUp({ policy_snapshot: policy });
    const actor = by === undefined ? {} : { by };
    const approving = refusal(() => changeRequests.approve(FIRST, actor));
    const { status, body } = approving;
    expect({ status, body }).toEqual({ status: 403, body: envelope(detail) });
    expect(approving.message.startsWith(`${body.detail}. User `)).toBe(true);
    // A missing reason is checked later.
    expect(refusal(() => changeRequests.reject(FIRST, { ...actor, reason: '' }))).toEqual(approving);
  });

  it('a reason that is too long', () => {
    const { changeRequests } = setUp();
    const reason = 'x'.repeat(4_097);
    expect(() => changeRequests.reject(FIRST, { reason })).toThrow(
      new UsageRangeError('"reason" has at most 4096 characters; this one has 4097.'),
    );
    expect(changeRequests.reject(FIRST, { reason: reason.slice(1) }).status).toBe('rejected');
  });

  it('a second vote, after the check for a reason', () => {
    const { changeRequests } = setUp({
      policy_snapshot: { ...POLICY, quorum: 2 },
      approvals: [vote(1, 2)],
    });
    const voted = { status: 400, body: { error: 'You have already voted on this change request.' } };
    expect(refusal(() => changeRequests.approve(FIRST, { by: 2 }))).toMatchObject(voted);
    expect(refusal(() => changeRequests.reject(FIRST, { by: 2, reason: 'no' }))).toMatchObject(voted);
    expect(refusal(() => changeRequests.reject(FIRST, { by: 2, reason: '' })).body).toEqual({
      error: 'A reason is required for rejection.',
    });
  });

  it.each(['', '  '])('a rejection for the reason %j', (reason) => {
    const { status, body } = refusal(() => setUp().changeRequests.reject(FIRST, { by: 2, reason }));
    expect({ status, body }).toEqual({ status: 400, body: { error: 'A reason is required for rejection.' } });
  });

  it.each([
    { case: 'another user', row: {}, by: 2, hint: 'Only user 1, who asked, can.' },
    { case: 'anyone without a requester', row: { created_by: null }, by: 2, hint: 'Nobody asked for it' },
    {
      case: 'the requester after a vote',
      row: { approvals: [vote(1, 2)] },
      by: 1,
      hint: 'Somebody has voted',
    },
  ])('a cancellation by $case', ({ row, by, hint }) => {
    const detail = 'You cannot cancel this change request';
    const { status, body, message } = refusal(() => setUp(row).changeRequests.cancel(FIRST, { by }));
    expect({ status, body }).toEqual({ status: 403, body: envelope(detail) });
    expect(message).toContain(`${detail}. ${hint}`);
  });
});

describe('arguments', () => {
  const { changeRequests } = setUp();
  const untyped = <T>(json: string): T => JSON.parse(json);

  it.each([
    ['an id that is not a string', () => changeRequests.approve(untyped('3')), TypeError, 'found 3'],
    [
      'a user instead of an object',
      () => changeRequests.cancel(FIRST, untyped('1')),
      TypeError,
      'cancel takes an object of options; found 1.',
    ],
    [
      'text instead of an object',
      () => changeRequests.reject(FIRST, untyped('"no"')),
      TypeError,
      'reject takes an object of options; found "no".',
    ],
    [
      'a user that is not an integer',
      () => changeRequests.approve(FIRST, { by: 1.5 }),
      TypeError,
      'found 1.5',
    ],
    ['a user by name', () => changeRequests.approve(FIRST, untyped('{"by":"2"}')), TypeError, 'found "2"'],
    [
      'a reason that is not text',
      () => changeRequests.reject(FIRST, untyped('{"reason":7}')),
      TypeError,
      'found 7',
    ],
    ['an unknown user', () => changeRequests.approve(FIRST, { by: 99 }), RangeError, 'no active user 99'],
    [
      'an inactive user',
      () => changeRequests.reject(FIRST, { by: 4, reason: 'x' }),
      RangeError,
      'no active user 4',
    ],
  ] as const)('with %s are refused', (_, move, type, text) => {
    expect(move).toThrow(type);
    expect(move).toThrow(text);
  });

  it('are refused without a default when no user is active', () => {
    const users = [{ id: 1, email: 'a@b.example', is_active: false }];
    const { changeRequests } = setUp({ policy_snapshot: {} }, { users });
    expect(() => changeRequests.approve(FIRST)).toThrow('There is no active user');
  });

  it('change nothing when they are refused', () => {
    expect(changeRequests.list()).toMatchObject([{ state: 'pending', approvals: [] }]);
  });
});

describe('any sequence of moves', () => {
  const by = fc.option(fc.constantFrom(1, 2, 3, 4, 5, 99), { nil: undefined });
  const move = fc.record({
    name: fc.constantFrom('approve', 'reject', 'cancel', 'expire', 'wait', 'lose'),
    by,
    reason: fc.constantFrom('', 'no'),
  });
  const policy = fc.record({
    quorum: fc.integer({ min: 1, max: 3 }),
    users: fc.subarray([1, 2, 3]),
    roles: fc.constantFrom([], ['lead']),
    allow_self_approve: fc.boolean(),
  });
  const NEXT: Readonly<Record<string, readonly string[]>> = {
    pending: ['pending', 'applied', 'failed', 'rejected', 'expired'],
  };

  it('follows the state machine, allows one vote per user, and changes nothing when a move is refused', () => {
    fc.assert(
      fc.property(policy, fc.array(move, { maxLength: 12 }), (policy_snapshot, moves) => {
        const { changeRequests, database, snapshot, clock } = setUp({ policy_snapshot });
        const isActive = () => database.experiments.find({ id: 1 })?.feature_flag?.active;
        for (const { name, by, reason } of moves) {
          const actor = by === undefined ? {} : { by };
          if (name === 'wait') clock.now += 3 * DAY;
          if (name === 'lose') database.experiments.delete({ id: 1 });
          const state = changeRequests.list()[0]?.state ?? '';
          const wasActive = isActive();
          const before = snapshot();
          try {
            if (name === 'approve') changeRequests.approve(FIRST, actor);
            if (name === 'reject') changeRequests.reject(FIRST, { ...actor, reason });
            if (name === 'cancel') changeRequests.cancel(FIRST, actor);
            if (name === 'expire') changeRequests.expire(FIRST);
          } catch (error) {
            expect(error instanceof ChangeRequestError || error instanceof RangeError).toBe(true);
            expect(snapshot()).toEqual(before);
          }
          const row = database.changeRequests.find({ id: FIRST });
          expect(NEXT[state] ?? [state]).toContain(row?.state);
          const voters = row?.approvals.map(({ created_by }) => created_by) ?? [];
          expect(new Set(voters).size).toBe(voters.length);
          // Only applying switches the flag.
          if (row?.state === 'applied' && state === 'pending') expect(isActive()).toBe(false);
          else expect(isActive()).toBe(wasActive);
        }
      }),
      { numRuns: 60 },
    );
  });
});
