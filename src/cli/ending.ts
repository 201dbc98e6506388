import { onLauncherEnd } from './launchers.ts';

/** A terminal signals the whole process group, and npm and tsx pass their signal on: two within this time are one. */
const ONE_SIGNAL_MS = 300;

/**
 * Ends the process gracefully on SIGINT, SIGTERM and SIGHUP, and when npm, npx or tsx launched it and have ended. A second
 * signal ends it at once.
 */
export function endGracefully(end: () => Promise<void>): void {
  let firstAt: number | undefined;
  const begin = (): void => {
    firstAt = performance.now();
    end().then(() => process.exit(0));
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
