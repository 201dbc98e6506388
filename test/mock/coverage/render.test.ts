import { describe, expect, it } from 'vitest';
import { type OperationCoverage, toCoverage } from '../../../src/mock/coverage/coverage.ts';
import { renderCoverage } from '../../../src/mock/coverage/render.ts';
import { checkThresholds } from '../../../src/mock/coverage/thresholds.ts';
import { UsageRangeError, UsageTypeError } from '../../../src/usage-error.ts';

const THINGS: OperationCoverage = {
  id: 'things_list',
  method: 'GET',
  path: '/things',
  count: 3,
  statuses: [
    { status: '200', count: 2 },
    { status: '4XX', count: 0 },
  ],
  undocumented: [{ status: 500, count: 1 }],
  scenarios: [
    { name: 'ok', count: 3 },
    { name: 'throttled', count: 0 },
    { name: 'timeout', count: 0 },
  ],
  parameters: [{ in: 'query', name: 'limit', count: 1 }],
};
const COUNTED = { status: '200', count: 0 } as const;
const CREATE: OperationCoverage = {
  id: 'things_create',
  method: 'POST',
  path: '/things',
  count: 0,
  statuses: [COUNTED],
  undocumented: [],
  scenarios: [{ name: 'ok', count: 0 }],
  parameters: [],
};

describe('rendered coverage', () => {
  it('has a row for each operation that was answered, and lists what was not covered', () => {
    expect(renderCoverage(toCoverage([THINGS, CREATE]))).toBe(
      `OPERATION    ANSWERS  STATUSES  SCENARIOS  PARAMETERS
things_list  3        1/2       1/3        1/1
total        3        1/3       1/4        1/1

operations 50 %, statuses 33 %, scenarios 25 %, parameters 100 %

Dead scenarios, which nothing has used:
  things_list: throttled, timeout

Answers that the contract does not document:
  things_list: 500 (1)

Operations that nothing has asked for:
  things_create`,
    );
  });

  it('shows no characters that steer a terminal', () => {
    const text = renderCoverage(
      toCoverage([{ ...THINGS, id: '\u001b[2J', scenarios: [{ name: 'a\nb', count: 0 }] }]),
    );
    expect(text).not.toContain('\u001b');
    expect(text).toContain('%1B[2J: a%0Ab');
  });

  it('names the first of many dead scenarios', () => {
    const scenarios = Array.from({ length: 20 }, (_, index) => ({ name: `dead-${index}`, count: 0 }));
    expect(renderCoverage(toCoverage([{ ...THINGS, scenarios }]))).toMatch(/dead-6, dead-7 and 12 more$/m);
  });

  it('lists the first of many', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => ({ ...CREATE, id: `create_${index}` }));
    const lines = renderCoverage(toCoverage(many)).split('\n');
    expect(lines.length).toBeLessThan(220);
    expect(lines.at(-1)).toBe('  … and 800 lines more');
  });
});

describe('thresholds', () => {
  const coverage = toCoverage([THINGS, CREATE]);

  it('that are missed are told with what was covered', () => {
    expect(
      checkThresholds(coverage, { operations: 50, statuses: 34, scenarios: 0, parameters: 100 }),
    ).toEqual(['statuses: 1 of 3 (33 %) are covered, less than 34 %.']);
    expect(checkThresholds(coverage, { operations: 51, scenarios: 25.5 })).toEqual([
      'operations: 1 of 2 (50 %) are covered, less than 51 %.',
      'scenarios: 1 of 4 (25 %) are covered, less than 25.5 %.',
    ]);
  });

  it('are met where the contract has nothing of the kind', () => {
    const plain = toCoverage([{ ...THINGS, parameters: [] }]);
    expect(checkThresholds(plain, { operations: 100, parameters: 100 })).toEqual([]);
    expect(renderCoverage(plain)).toContain('parameters -');
  });

  it('are missed where no mock was used', () => {
    expect(checkThresholds(toCoverage([]), { operations: 100, scenarios: 0 })).toEqual([
      'operations: nothing is covered, as no mock was used; the threshold is 100 %.',
    ]);
    expect(renderCoverage(toCoverage([]))).toBe('Nothing is covered, as no mock was used.');
  });

  it('are compared exactly, and shown rounded down', () => {
    const scenarios = Array.from({ length: 10_000 }, (_, index) => ({
      name: `s${index}`,
      count: Math.min(index, 1),
    }));
    const almost = toCoverage([{ ...THINGS, scenarios }]);
    expect(checkThresholds(almost, { scenarios: 100 })).toEqual([
      'scenarios: 9999 of 10000 (99 %) are covered, less than 100 %.',
    ]);
  });

  it.each([-1, 100.1, Number.NaN, '80'])('are percent: %s', (percent) => {
    expect(() => Reflect.apply(checkThresholds, null, [coverage, { operations: percent }])).toThrow(
      UsageRangeError,
    );
  });

  it('are of a kind that exists', () => {
    expect(() => Reflect.apply(checkThresholds, null, [coverage, { scenario: 80 }])).toThrow(
      new UsageTypeError(
        'checkThresholds has no kind "scenario". Did you mean "scenarios"? The kinds are: operations, statuses, scenarios, parameters.',
      ),
    );
  });
});
