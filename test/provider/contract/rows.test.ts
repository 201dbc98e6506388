import { describe, expect, it } from 'vitest';
import { createMock, UsageTypeError } from '../../../src/index.ts';
import { mockOf, response } from './by-contract.ts';

const PATHS = { '/things': { get: { responses: { 200: response() } } } };
const MESSAGE =
  '"fixtures" are rows of PostHog, from which the provider "contract" does not answer; leave them out, or use the provider "posthog".';

describe('a mock by contract has no rows', () => {
  it('not those of PostHog, whichever contract it is', () => {
    for (const mock of [mockOf(PATHS), createMock({ provider: 'contract' })]) {
      const rows = Object.values(mock.snapshot().rows);
      expect(rows.length).toBeGreaterThan(5);
      expect(rows.flat()).toEqual([]);
    }
  });

  it('so that the catalogue does not say that answers are computed from them', () => {
    expect(mockOf(PATHS).scenarios[0]?.summary).toBe('Forces nothing: the answer is made from the contract');
    expect(createMock().scenarios[0]?.summary).toBe('Forces nothing: the answer is computed from the rows');
  });

  it('and refuses fixtures, also for a session', () => {
    const fixtures = { experiments: [] };
    expect(() => mockOf(PATHS, {}, { fixtures })).toThrow(new UsageTypeError(MESSAGE));
    expect(() => mockOf(PATHS).session({ fixtures })).toThrow(new UsageTypeError(MESSAGE));
  });

  it('and opens sessions, resets and restores all the same', () => {
    const mock = mockOf(PATHS);
    mock.use('timeout');
    const snapshot = mock.snapshot();
    using session = mock.session({});
    session.restore(snapshot);
    expect(session.scenario.default).toBe('timeout');
    session.reset();
    expect(session.scenario.default).toBe('ok');
    expect(session.snapshot().rows).toEqual(snapshot.rows);
  });
});
