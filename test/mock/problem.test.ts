import { expect, it } from 'vitest';
import { createMock } from '../../src/index.ts';
import { problem } from '../../src/mock/problem.ts';
import { ask, NOW } from './asking.ts';

it('a problem has the first findings, and the start of long texts', () => {
  const long = 'x'.repeat(1_000_000);
  const finding = { detail: long, in: 'body', pointer: `/${long}`, name: long } as const;
  const { body, hint } = problem('REQUEST_INVALID', long, Array(1_000).fill(finding));
  const { detail, errors } = JSON.parse(body ?? '');
  expect(detail).toMatch(/^x{9997}\.\.\.$/);
  expect(hint).toBe(detail);
  expect(errors).toHaveLength(100);
  expect(Object.keys(errors[0])).toEqual(['detail', 'in', 'pointer', 'name']);
  expect(body?.length).toBeLessThan(200_000);
});

it('a long path is repeated in part', () => {
  const { body } = ask(createMock({ now: NOW }), { path: `/${'x'.repeat(15_000)}` });
  expect(body?.length).toBeLessThan(4_000);
});
