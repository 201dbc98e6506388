import { onLauncherEnd } from './launchers.ts';

/** A terminal signals the whole process group, and npm and tsx pass their signal on: two within this time are one. */
const ONE_SIGNAL_MS = 300;

/**
 * Closes what is open and ends the process on SIGINT, SIGTERM and SIGHUP, and when npm, npx or tsx launched it and have
 * ended. A second signal ends it at once.
 *
 * @param onError called with each reason why something could not be closed; the process then exits with 1.
 */
export function endGracefully(
  open: readonly { close(): Promise<void> }[],
  onError: (cause: unknown) => void,
): void {
  let firstAt: number | undefined;
  const begin = async (): Promise<void> => {
    firstAt = performance.now();
    const closed = await Promise.allSettled(open.map((one) => one.close()));
    const failures = closed.filter((result) => result.status === 'rejected');
    for (const { reason } of failures) onError(reason);
    process.exit(failures.length === 0 ? 0 : 1);
  };
  const onSignal = (): void => {
    if (firstAt === undefined) begin();
    else if (performance.now() - firstAt > ONE_SIGNAL_MS) process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  onLauncherEnd(() => {
    if (firstAt === undefined) begin();
  });
}
