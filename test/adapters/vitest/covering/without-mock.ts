// Run by ../coverage.test.ts.
import { expect, test } from 'vitest';

test('uses no mock', () => {
  expect(1).toBe(1);
});
