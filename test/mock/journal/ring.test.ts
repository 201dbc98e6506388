import { expect, it } from 'vitest';
import { createMock, type Reply } from '../../../src/index.ts';
import { type KeptRecord, keep } from '../../../src/mock/journal/record.ts';
import { createRing, RingBudget } from '../../../src/mock/journal/ring.ts';
import { request } from '../asking.ts';

const reply: Reply = createMock().answer(request());
const record = (number: number): KeptRecord =>
  keep(number, { instant: 0, request: request(), reply, computingMs: 0 });
const { bytes } = record(1);

it('where rings have more than they share, the largest drops its oldest records', () => {
  const budget = new RingBudget(100 * bytes);
  const [large, small] = [
    createRing(200, Number.POSITIVE_INFINITY),
    createRing(200, Number.POSITIVE_INFINITY),
  ];
  for (const ring of [large, small]) ring.share(budget);
  for (let number = 1; number <= 95; number += 1) large.push(record(number));
  for (let number = 1; number <= 30; number += 1) small.push(record(number));
  expect(small.records()).toHaveLength(30);
  expect(large.records().length).toBeGreaterThan(40);
  expect(large.records().at(-1)?.number).toBe(95);
  expect(budget.used).toBeLessThanOrEqual(budget.max);
});

it('a ring that is cleared is no longer asked to make room', () => {
  const budget = new RingBudget(10 * bytes);
  const [gone, used] = [createRing(200, Number.POSITIVE_INFINITY), createRing(200, Number.POSITIVE_INFINITY)];
  for (const ring of [gone, used]) ring.share(budget);
  for (let number = 1; number <= 10; number += 1) gone.push(record(number));
  gone.clear();
  for (let number = 1; number <= 10; number += 1) used.push(record(number));
  expect([gone.records().length, used.records().length]).toEqual([0, 10]);
});
