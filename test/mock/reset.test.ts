import { describe, expect, it } from 'vitest';
import { createMock } from '../../src/index.ts';
import { ask, bodyOf, NOW, request, STATS, scenarioOf } from './asking.ts';

describe('reset', () => {
  it('restores the state after createMock', () => {
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

  it('discards selections with times, nested ones included', () => {
    const mock = createMock();
    mock.use('server-error', { times: 1 });
    mock.use('throttled', { times: 1 });
    mock.reset();
    expect([scenarioOf(mock), scenarioOf(mock)]).toEqual(['ok', 'ok']);
  });

  it('seeds rows again, with relative times resolved by the current time', () => {
    let now = new Date(NOW);
    const mock = createMock({ now: () => now });
    const stats = bodyOf(mock);
    now = new Date('2030-06-01T12:00:00Z');
    expect(bodyOf(mock)).not.toEqual(stats);
    mock.reset();
    expect(bodyOf(mock)).toEqual(stats);
  });

  it('resets the clock before it seeds rows', () => {
    const mock = createMock({ now: NOW });
    const before = mock.database.experiments.findMany();
    mock.clock.set('2030-06-01T12:00:00Z');
    mock.reset();
    expect(mock.database.experiments.findMany()).toEqual(before);
  });

  it('seeds the fixtures given to createMock', () => {
    const experiments = [{ id: 7, project_id: 1, start_date: 'now-1d' }];
    const mock = createMock({ now: NOW, fixtures: { experiments } });
    mock.database.experiments.create({ id: 8, project_id: 1 });
    mock.reset();
    expect(mock.database.experiments.findMany().map(({ id }) => id)).toEqual([7]);
  });

  it('resets the throttle counts', () => {
    const mock = createMock({ now: NOW, throttle: 'enforce' });
    for (let count = 0; count < 480; count += 1) mock.answer(request());
    expect(bodyOf(mock).detail).toBe('Request was throttled. Expected available in 60 seconds.');
    mock.reset();
    expect(ask(mock).status).toBe(200);
  });

  it('forgets which approvals a selection has used up', () => {
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

  it('can be repeated', () => {
    const mock = createMock({ now: NOW });
    const stats = bodyOf(mock);
    for (let count = 0; count < 3; count += 1) {
      mock.database.experiments.delete({ id: 1 });
      mock.reset();
      expect(bodyOf(mock)).toEqual(stats);
    }
  });
});
