import { describe, expect, it } from 'vitest';
import { createMock } from '../../src/index.ts';
import { ask, bodyOf, NOW, scenarioOf } from './asking.ts';

describe('two mocks are independent:', () => {
  it.each<{ what: string; change: (mock: ReturnType<typeof createMock>) => void }>([
    { what: 'scenarios', change: (mock) => mock.use('server-error') },
    { what: 'rows', change: (mock) => mock.database.experiments.delete({ project_id: 1 }) },
    { what: 'clocks', change: (mock) => mock.clock.advance(1e9) },
    { what: 'journals', change: (mock) => ask(mock) },
    {
      what: 'change requests',
      change: (mock) => {
        mock.use('approval-required');
        bodyOf(mock);
      },
    },
    { what: 'resets', change: (mock) => mock.reset() },
    { what: 'disposal', change: (mock) => mock[Symbol.dispose]() },
  ])('$what', ({ change }) => {
    const [one, other] = [createMock({ now: NOW }), createMock({ now: NOW })];
    other.use('throttled', { times: 3 });
    ask(other);
    const before = { snapshot: other.snapshot(), entries: other.journal.entries };
    change(one);
    expect({ snapshot: other.snapshot(), entries: other.journal.entries }).toEqual(before);
    expect(scenarioOf(other)).toBe('throttled');
  });

  it('throttle counts', () => {
    const [one, other] = [
      createMock({ throttle: 'enforce', now: NOW }),
      createMock({ throttle: 'enforce', now: NOW }),
    ];
    for (let count = 0; count < 480; count += 1) ask(one);
    expect([ask(one).status, ask(other).status]).toEqual([429, 200]);
  });

  it('given rows, which are never modified', () => {
    const fixtures = { experiments: [{ id: 7, project_id: 1, name: 'a' }] };
    const [one, other] = [createMock({ fixtures }), createMock({ fixtures })];
    one.database.experiments.update({ id: 7 }, { name: 'b' });
    expect(other.database.experiments.find({ id: 7 })?.name).toBe('a');
    expect(fixtures.experiments[0]?.name).toBe('a');
  });

  it('though they share the packaged contract, which is frozen', () => {
    const [one, other] = [createMock(), createMock()];
    expect(other.contract).toBe(one.contract);
    expect(() => Object.assign(one.contract.operations[0] ?? {}, { id: 'changed' })).toThrow(TypeError);
    expect(() => Object.assign(one.contract.document, { paths: {} })).toThrow(TypeError);
  });

  it('and a given contract may be changed afterwards', () => {
    const contract = { openapi: '3.1.0', paths: { '/a': { get: { responses: { 204: {} } } } } };
    const mock = createMock({ contract });
    Object.assign(contract, { paths: {} });
    expect(ask(mock, { path: '/a' }).status).toBe(204);
  });
});

describe('disposing of a mock', () => {
  it('empties its journal', () => {
    const mock = createMock();
    {
      using ended = mock;
      ask(ended);
      expect(mock.journal.entries).toHaveLength(1);
    }
    expect(mock.journal.entries).toEqual([]);
  });

  it('can be repeated', () => {
    const mock = createMock();
    mock[Symbol.dispose]();
    expect(() => mock[Symbol.dispose]()).not.toThrow();
  });
});
