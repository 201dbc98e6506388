// Run by ../run-suite.ts: each test with its mistake and without.
import { test } from '../../../src/adapters/vitest/vitest.ts';
import { MISTAKES } from './mistakes.ts';

for (const { what, run } of MISTAKES) {
  test(`${what}: right`, ({ mock, expect }) => run(false, { mock, expect }));
  test(`${what}: wrong`, ({ mock, expect }) => run(true, { mock, expect }));
}
