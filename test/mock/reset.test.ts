import { describe, expect, it } from 'vitest';
import { createMock } from '../../src/index.ts';
import { ask, bodyOf, NOW, request, STATS, scenarioOf } from './asking.ts';

describe('reset', () => {
  it('goes back to the state after createMock', () => {
    const mock = createMock({ now: NOW, scenario: { [STATS]: 'trend-up' } });
    const start = mock.snapshot();
    mock.use('approval-required', { times: 5 });
    bodyOf(mock);
    mock.clock.advance(1_000);
    mock.database.experiments.delete({ project_id: 1 });
    mock.reset();
    expect(mock.snapshot()).toEqual(start);
    expect(mock.scenario).toEqual({ default: 'ok', operations: { [STATS]: 'trend-up' } });
    expect(mock.journal.entries).toEqual([]);
  });

  it('brings `times` back in full, nested choices forgotten', () => {
    const mock = createMock();
    mock.use('server-error', { times: 1 });
    mock.use('throttled', { times: 1 });
    mock.reset();
    expect([scenarioOf(mock), scenarioOf(mock)]).toEqual(['ok', 'ok']);
  });

  it('seeds rows again, their relative times against the clock as it stands then', () => {
    let now = new Date(NOW);
    const mock = createMock({ now: () => now });
    const stats = bodyOf(mock);
    now = new Date('2030-06-01T12:00:00Z');
    expect(bodyOf(mock)).not.toEqual(stats);
    mock.reset();
    expect(bodyOf(mock)).toEqual(stats);
  });

  it('seeds rows against the clock as it was set back, not as it was moved', () => {
    const mock = createMock({ now: NOW });
    const before = mock.database.experiments.findMany();
    mock.clock.set('2030-06-01T12:00:00Z');
    mock.reset();
    expect(mock.database.experiments.findMany()).toEqual(before);
  });

  it('keeps the fixtures that were given', () => {
    const experiments = [{ id: 7, project_id: 1, start_date: 'now-1d' }];
    const mock = createMock({ now: NOW, fixtures: { experiments } });
    mock.database.experiments.create({ id: 8, project_id: 1 });
    mock.reset();
    expect(mock.database.experiments.findMany().map(({ id }) => id)).toEqual([7]);
  });

  it('forgets the counts of the throttle', () => {
    const mock = createMock({ now: NOW, throttle: 'enforce' });
    for (let count = 0; count < 480; count += 1) mock.answer(request());
    expect(bodyOf(mock).detail).toBe('Request was throttled. Expected available in 60 seconds.');
    mock.reset();
    expect(ask(mock).status).toBe(200);
  });

  it('forgets which approvals a choice has dealt with', () => {
    const mock = createMock({ now: NOW, scenario: 'approval-required' });
    const approve = () => {
      const { change_request_id: id } = bodyOf(mock);
      mock.changeRequests.approve(id);
      return id;
    };
    const first = approve();
    mock.use('approval-required');
    mock.reset();
    expect(approve()).toBe(first);
    expect(scenarioOf(mock)).toBe('ok');
  });

  it('can be done as often as one likes', () => {
    const mock = createMock({ now: NOW });
    const stats = bodyOf(mock);
    for (let count = 0; count < 3; count += 1) {
      mock.database.experiments.delete({ id: 1 });
      mock.reset();
      expect(bodyOf(mock)).toEqual(stats);
    }
  });
});
