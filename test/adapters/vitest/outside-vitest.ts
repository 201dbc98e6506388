/** The environment for a Vitest that a test starts, which must not take itself for a worker of ours. */
export function outsideVitest(): NodeJS.ProcessEnv {
  const { VITEST: _, VITEST_MODE: __, VITEST_POOL_ID: ___, VITEST_WORKER_ID: ____, ...env } = process.env;
  return env;
}
