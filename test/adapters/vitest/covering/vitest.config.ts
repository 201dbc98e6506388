import { defineConfig } from 'vitest/config';

const reporter = new URL('../../../../src/adapters/vitest/coverage-reporter.ts', import.meta.url);
const { default: CoverageReporter } = await import(reporter.href);
const { FILE: file, OPERATIONS: operations } = process.env;

export default defineConfig({
  test: {
    include: ['first.ts', 'second.ts', 'without-mock.ts'],
    reporters: [new CoverageReporter({ file, thresholds: { operations: Number(operations) } })],
  },
});
