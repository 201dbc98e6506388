import { describe, expect, it } from 'vitest';
import { openCoreMock } from '../../src/create-core-mock.ts';
import type { FixtureInput } from '../../src/index.ts';
import type { MockOptions } from '../../src/mock/options.ts';
import { readFiles } from '../../src/read-files.ts';
import { CONTRACT_TEXT } from '../contract/copies.ts';
import { ask, bodyOf, FLAGS, NOW, STATS, scenarioOf } from './asking.ts';

function open(options: MockOptions = {}) {
  const { mock, reload } = openCoreMock(readFiles({}), { now: NOW, ...options });
  return {
    mock,
    /** Reloads with a contract in which a text is replaced, and with rows. */
    reload: (replaced: readonly [old: string, new: string] = AS_IT_IS, rows?: FixtureInput) =>
      reload(readFiles({ contract: CONTRACT_TEXT.replaceAll(...replaced) }), rows),
  };
}

const RENAMED = ['trend-up:', 'trend-upwards:'] as const;
const AS_IT_IS = ['', ''] as const;

describe('a reload', () => {
  it('replaces rows and contract', () => {
    const { mock, reload } = open();
    reload(['/experiments/stats/', '/experiments/figures/'], { experiments: [] });
    const path = '/api/projects/1/experiments/figures/';
    expect(bodyOf(mock, { path })).toMatchObject({ active_experiments: 0 });
    expect(ask(mock).status).toBe(404);
    expect(mock.contract.operations.map((operation) => operation.path)).toContain(
      '/api/projects/{project_id}/experiments/figures/',
    );
    expect(mock.database.experiments.count()).toBe(0);
  });

  it('keeps scenario, clock and journal', () => {
    const { mock, reload } = open();
    ask(mock);
    mock.use('throttled', { times: 3 });
    mock.use('flag-required', { operation: FLAGS });
    mock.clock.advance(60_000);
    expect(reload()).toEqual([]);
    expect(mock.scenario).toEqual({ default: 'throttled', operations: { [FLAGS]: 'flag-required' } });
    expect(mock.clock.now().toJSON()).toBe('2026-03-15T12:01:00.000Z');
    expect(mock.journal.entries).toHaveLength(1);
    for (const status of [429, 429, 429, 200]) expect(ask(mock).status).toBe(status);
  });

  it('resolves relative times against the clock as it stands', () => {
    const { mock, reload } = open();
    mock.clock.set('2026-05-01T00:00:00Z');
    reload(AS_IT_IS, { experiments: [{ id: 1, project_id: 1, start_date: 'now-1d' }] });
    expect(mock.database.experiments.find({ id: 1 })?.start_date).toBe('2026-04-30T00:00:00Z');
  });

  it('says which scenarios are gone, and answers without them', () => {
    const { mock, reload } = open();
    mock.use('throttled');
    mock.use('trend-up', { operation: STATS });
    const [lost, ...others] = reload(RENAMED);
    expect(lost).toContain('There is no scenario "trend-up".');
    expect(others).toEqual([]);
    expect(scenarioOf(mock)).toBe('throttled');
  });

  it('says which operations are gone', () => {
    const { mock, reload } = open();
    mock.use('trend-up', { operation: STATS });
    const [lost] = reload([`operationId: ${STATS}`, 'operationId: stats']);
    expect(lost).toContain(`There is no operation "${STATS}".`);
  });

  it('finds earlier requests by names that are gone', () => {
    const { mock, reload } = open();
    ask(mock);
    reload([`operationId: ${STATS}`, 'operationId: stats']);
    ask(mock);
    const found = (operation: string) => mock.journal.filter({ operation }).map(({ number }) => number);
    expect([found(STATS), found('stats')]).toEqual([[1], [2]]);
    mock.journal.clear();
    expect(() => found(STATS)).toThrow(`There is no operation "${STATS}".`);
  });

  it('resets to the scenarios that the mock started with, as far as they are left', () => {
    const { mock, reload } = open({ scenario: { default: 'throttled', [STATS]: 'trend-up' } });
    reload(RENAMED);
    mock.use('ok');
    mock.reset();
    expect(mock.scenario).toEqual({ default: 'throttled', operations: {} });
  });

  it('says that a scenario of the start is gone, and resets to it when it is back', () => {
    const { mock, reload } = open({ scenario: { [STATS]: 'trend-up' } });
    mock.use('throttled');
    expect(reload(RENAMED)).toEqual([expect.stringContaining('There is no scenario "trend-up".')]);
    expect(reload()).toEqual([]);
    mock.reset();
    expect(mock.scenario).toEqual({ default: 'ok', operations: { [STATS]: 'trend-up' } });
  });

  it('tells of all that it changes at once', () => {
    const { mock, reload } = open();
    mock.use('trend-up', { operation: STATS });
    const told: unknown[] = [];
    mock.subscribe((change) => told.push(change));
    reload(RENAMED);
    expect(told).toEqual([{ kind: 'change', parts: ['scenario', 'rows', 'change-requests'] }]);
  });

  it('changes nothing when the rows are wrong', () => {
    const { mock, reload } = open();
    mock.use('trend-up', { operation: STATS });
    const wrong: object = { experiments: [{ id: 'one' }] };
    expect(() => reload(RENAMED, wrong)).toThrow('experiments');
    expect(scenarioOf(mock)).toBe('trend-up');
    expect(mock.database.experiments.count()).toBeGreaterThan(1);
  });

  it('leaves open sessions as they are, and opens new ones on what is new', () => {
    const { mock, reload } = open();
    using earlier = mock.session();
    reload(AS_IT_IS, { experiments: [] });
    using later = mock.session();
    expect(earlier.database.experiments.count()).toBeGreaterThan(1);
    expect(later.database.experiments.count()).toBe(0);
  });
});
