import { describe, expect, it } from 'vitest';
import { problem } from '../support/control.ts';
import { openGate } from '../support/gate.ts';

const forbidden = (detail: string) => ({
  status: 403,
  json: { type: 'authentication_error', code: 'permission_denied', detail, attr: null },
});
const refused = (error: string) => ({ status: 400, json: { error } });

describe('a move that PostHog forbids', () => {
  interface IllegalMove {
    readonly why: string;
    readonly before?: readonly [action: string, body?: object][];
    readonly move: readonly [action: string, body?: object];
    readonly answer: { readonly status: number; readonly json: object };
  }

  const OWN = forbidden('You cannot approve your own change request');
  const OUTSIDER = forbidden('You are not in the approver set for this change request');
  const NO_CANCEL = forbidden('You cannot cancel this change request');
  const REASON = { by: 3, reason: 'No.' };

  it.each<IllegalMove>([
    { why: 'the requester approves', move: ['approve', { by: 1 }], answer: OWN },
    { why: 'the requester rejects', move: ['reject', { by: 1, reason: 'No.' }], answer: OWN },
    { why: 'an outsider approves', move: ['approve', { by: 5 }], answer: OUTSIDER },
    { why: 'an outsider rejects', move: ['reject', { by: 5, reason: 'No.' }], answer: OUTSIDER },
    {
      why: 'a second vote',
      before: [['approve', { by: 2 }]],
      move: ['approve', { by: 2 }],
      answer: refused('You have already voted on this change request.'),
    },
    { why: 'no reason', move: ['reject', { by: 2 }], answer: refused('A reason is required for rejection.') },
    { why: 'no body at all', move: ['reject'], answer: refused('A reason is required for rejection.') },
    {
      why: 'an empty reason',
      move: ['reject', { by: 2, reason: '' }],
      answer: refused('A reason is required for rejection.'),
    },
    { why: 'another user cancels', move: ['cancel', { by: 2 }], answer: NO_CANCEL },
    {
      why: 'a cancel after a vote',
      before: [['approve', { by: 2 }]],
      move: ['cancel', { by: 1 }],
      answer: NO_CANCEL,
    },
    {
      why: 'an approval after a rejection',
      before: [['reject', REASON]],
      move: ['approve', { by: 2 }],
      answer: refused('This change request can no longer be approved.'),
    },
    {
      why: 'a rejection after it was canceled',
      before: [['cancel']],
      move: ['reject', REASON],
      answer: refused('This change request can no longer be rejected.'),
    },
    {
      why: 'a cancel after it was applied',
      before: [
        ['approve', { by: 2 }],
        ['approve', { by: 3 }],
      ],
      move: ['cancel'],
      answer: refused('This change request can no longer be canceled.'),
    },
    {
      why: 'an approval after it has expired',
      before: [['expire']],
      move: ['approve'],
      answer: refused('This change request can no longer be approved.'),
    },
    {
      why: 'an expiry after it has expired',
      before: [['expire']],
      move: ['expire'],
      answer: refused('This change request can no longer be expired.'),
    },
  ])('is refused in PostHog’s words and changes nothing: $why', async ({ before = [], move, answer }) => {
    const { act, list } = await openGate(2);
    for (const [action, body] of before) expect((await act(action, body)).status).toBe(200);
    const earlier = await list();
    const { status, json, headers } = await act(...move);
    expect({ status, json }).toEqual(answer);
    expect(headers.get('content-type')).toBe('application/json');
    expect(await list()).toEqual(earlier);
  });

  it('is a problem of the mock when the user does not exist', async () => {
    const { act } = await openGate();
    const { status, json } = await act('approve', { by: 99 });
    expect(status).toBe(400);
    expect(json).toMatchObject(
      problem('REQUEST_INVALID', 'There is no active user 99. The active users are: '),
    );
  });
});
