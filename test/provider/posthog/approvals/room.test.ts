import { describe, expect, it } from 'vitest';
import type { RowInput } from '../../../../src/database/rows/types.ts';
import { createMock } from '../../../../src/index.ts';
import { bodyOf, NOW } from '../../../mock/asking.ts';

type State = 'pending' | 'rejected';

const idOf = (state: State, index: number) =>
  `${state === 'pending' ? 'a' : 'b'}0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** The change requests that a mock begins with, of other flags than the one that its gate guards. */
function given(
  count: number,
  state: State,
  intent: Readonly<Record<string, string>> = {},
): RowInput<'changeRequests'>[] {
  return Array.from({ length: count }, (_, index) => ({
    id: idOf(state, index),
    project_id: 1,
    action_key: 'feature_flag.update',
    resource_type: 'feature_flag',
    resource_id: `other-${index}`,
    intent,
    policy_snapshot: {},
    state,
    created_by: 1,
    created_at: NOW,
    expires_at: 'now+14d',
  }));
}

/** Opens one more change request; the ids of all that there are then, but for the new one. */
function idsAfterOne(changeRequests: readonly RowInput<'changeRequests'>[]) {
  const mock = createMock({ now: NOW, scenario: 'approval-required', fixtures: { changeRequests } });
  const { change_request_id } = bodyOf(mock);
  const ids = mock.database.changeRequests.findMany().map(({ id }) => id);
  expect(ids.at(-1)).toBe(change_request_id);
  return ids.slice(0, -1);
}

const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

describe('one more change request', () => {
  it('lets all others stay as long as there is room', () => {
    const rows = given(499, 'rejected');
    expect(idsAfterOne(rows)).toEqual(idsOf(rows));
  });

  it('takes the place of the oldest that is decided', () => {
    const rows = [...given(10, 'pending'), ...given(490, 'rejected')];
    expect(idsAfterOne(rows)).toEqual(idsOf(rows).filter((id) => id !== idOf('rejected', 0)));
  });

  it('takes the place of the oldest where none is decided', () => {
    const rows = given(500, 'pending');
    expect(idsAfterOne(rows)).toEqual(idsOf(rows.slice(1)));
  });

  it('takes the place of one where fixtures have more than there is room for', () => {
    const rows = given(600, 'rejected');
    expect(idsAfterOne(rows)).toEqual(idsOf(rows.slice(1)));
  });

  it('takes the place of as many as are too large together', () => {
    const rows = given(8, 'rejected', { text: 'x'.repeat(1_048_576) });
    expect(idsAfterOne(rows)).toEqual(idsOf(rows.slice(-3)));
  });
});

it('a change request never gets the id of an earlier one', () => {
  const changeRequests = given(499, 'rejected');
  const mock = createMock({ now: NOW, scenario: 'approval-required', fixtures: { changeRequests } });
  const seen = new Set<string>();
  for (let count = 0; count < 10; count += 1) {
    const { change_request_id: id } = bodyOf(mock);
    seen.add(id);
    mock.changeRequests.reject(id, { reason: 'No.' });
    mock.database.changeRequests.delete(({ id: other }) => other !== id && seen.has(other));
  }
  expect(seen.size).toBe(10);
});

it('a flag whose key is longer than PostHog takes is not guarded', () => {
  const feature_flag = { id: 1, key: 'x'.repeat(401), active: true };
  const experiments = [{ id: 1, project_id: 1, feature_flag }];
  const mock = createMock({ now: NOW, scenario: 'approval-required', fixtures: { experiments } });
  expect(JSON.stringify(bodyOf(mock))).not.toContain(feature_flag.key);
});
