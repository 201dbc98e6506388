import { defineConfig } from 'vitest/config';

/** Start what is built in a process of its own, or set the time zone of their own process. */
const PROCESS = [
  'test/adapters/{jsdom,vitest/{coverage,leaks}}.test.ts',
  'test/cli/**/*.test.ts',
  'test/provider/posthog/operations/calendar.test.ts',
  'test/readme/{commands,tables}.test.ts',
  'test/server/{floods,lifecycle,secrets}.test.ts',
  'test/server/control/reach.test.ts',
];
/** Install the package in a project. */
const PACKAGE = ['test/readme/uses.test.ts'];
/** Open pages in Chromium. */
const BROWSER = [
  'test/panel/**/*.test.ts',
  'test/clients/{chromium,no-network}.test.ts',
  'test/conformance/**/*.test.ts',
  'test/server/control/foreign-pages.test.ts',
  'test/adapters/playwright/**/*.test.ts',
];
/** Run by `npm run test:examples`. */
const EXAMPLES = ['test/examples/**'];

/** Files share a worker and its modules, so no test may leave anything behind in them. */
const SHARED_WORKER = { pool: 'threads', isolate: false } as const;

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A browser on a busy machine takes its time.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'in-process',
          include: ['test/**/*.test.ts'],
          exclude: [...PROCESS, ...PACKAGE, ...BROWSER, ...EXAMPLES],
          ...SHARED_WORKER,
        },
      },
      {
        extends: true,
        test: {
          name: 'process',
          include: PROCESS,
          globalSetup: ['test/setup/scripts.ts'],
          pool: 'forks',
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          include: PACKAGE,
          globalSetup: ['test/setup/scripts.ts', 'test/setup/types.ts', 'test/setup/chromium.ts'],
          ...SHARED_WORKER,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: BROWSER,
          globalSetup: ['test/setup/chromium.ts'],
          ...SHARED_WORKER,
        },
      },
    ],
  },
});
