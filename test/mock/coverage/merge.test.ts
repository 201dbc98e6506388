import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Coverage, type OperationCoverage, toCoverage } from '../../../src/mock/coverage/coverage.ts';
import { mergeCoverage } from '../../../src/mock/coverage/merge.ts';

function operation(id: string, counts: Partial<OperationCoverage> = {}): OperationCoverage {
  return {
    id,
    method: 'GET',
    path: `/${id}`,
    count: 0,
    statuses: [],
    undocumented: [],
    scenarios: [],
    parameters: [],
    ...counts,
  };
}

describe('merged coverage', () => {
  it('adds up what the workers of a run have answered', () => {
    const first = operation('things', {
      count: 2,
      statuses: [
        { status: '200', count: 2 },
        { status: '4XX', count: 0 },
      ],
      undocumented: [{ status: 500, count: 1 }],
      scenarios: [
        { name: 'ok', count: 2 },
        { name: 'throttled', count: 0 },
      ],
      parameters: [
        { in: 'query', name: 'limit', count: 1 },
        { in: 'header', name: 'limit', count: 0 },
      ],
    });
    const second = operation('things', {
      count: 1,
      statuses: [
        { status: '200', count: 0 },
        { status: '4XX', count: 1 },
      ],
      undocumented: [
        { status: 302, count: 1 },
        { status: 500, count: 1 },
      ],
      scenarios: [
        { name: 'ok', count: 0 },
        { name: 'throttled', count: 1 },
      ],
      parameters: [
        { in: 'query', name: 'limit', count: 1 },
        { in: 'header', name: 'limit', count: 1 },
      ],
    });
    expect(mergeCoverage([toCoverage([first]), toCoverage([second])])).toEqual({
      version: 1,
      operations: [
        operation('things', {
          count: 3,
          statuses: [
            { status: '200', count: 2 },
            { status: '4XX', count: 1 },
          ],
          undocumented: [
            { status: 302, count: 1 },
            { status: 500, count: 2 },
          ],
          scenarios: [
            { name: 'ok', count: 2 },
            { name: 'throttled', count: 1 },
          ],
          parameters: [
            { in: 'query', name: 'limit', count: 2 },
            { in: 'header', name: 'limit', count: 1 },
          ],
        }),
      ],
      totals: {
        operations: { covered: 1, total: 1 },
        statuses: { covered: 2, total: 2 },
        scenarios: { covered: 2, total: 2 },
        parameters: { covered: 2, total: 2 },
      },
    });
  });

  it('of contracts that differ has the operations of each', () => {
    const merged = mergeCoverage([
      toCoverage([operation('old', { count: 1 }), operation('both', { count: 1 })]),
      toCoverage([operation('both', { count: 1 }), operation('new')]),
    ]);
    expect(merged.operations.map(({ id, count }) => [id, count])).toEqual([
      ['old', 1],
      ['both', 2],
      ['new', 0],
    ]);
    expect(merged.totals.operations).toEqual({ covered: 2, total: 3 });
  });

  it('does not depend on the order of the parts, nor on how they are grouped', () => {
    const counts = fc.array(fc.nat(5), { minLength: 3, maxLength: 3 });
    const coverage: fc.Arbitrary<Coverage> = counts.map(([a = 0, b = 0, c = 0]) =>
      toCoverage([
        operation('a', { count: a, undocumented: a > 0 ? [{ status: 500 + a, count: a }] : [] }),
        operation('b', { count: b, scenarios: [{ name: 'ok', count: c }] }),
      ]),
    );
    fc.assert(
      fc.property(fc.array(coverage, { minLength: 1 }), fc.nat(), (parts, at) => {
        const cut = at % (parts.length + 1);
        const grouped = [mergeCoverage(parts.slice(cut)), mergeCoverage(parts.slice(0, cut))];
        expect(mergeCoverage(grouped)).toEqual(mergeCoverage(parts));
        expect(mergeCoverage([mergeCoverage(parts)])).toEqual(mergeCoverage(parts));
      }),
    );
  });

  it('of nothing is empty', () => {
    expect(mergeCoverage([])).toEqual(toCoverage([]));
  });
});
