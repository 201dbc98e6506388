import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    maxConcurrency: 50,
    reporters: [
      'default',
      [
        'posthog-experiments-mock/vitest/reporter',
        { file: 'test-results/contract.json', thresholds: { operations: 50, scenarios: 40 } },
      ],
    ],
  },
});
