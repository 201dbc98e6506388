/** The longest delay of a timer. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Waits for `delayMs` (`Infinity`: forever), or until the client leaves.
 * @returns whether the client is still there.
 */
export function wait(delayMs: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const timer =
      delayMs === Number.POSITIVE_INFINITY ? keepAlive(() => settle) : setTimeout(settle, delayMs, true);
    const leave = () => settle(false);
    function settle(isOver: boolean): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      resolve(isOver);
    }
    signal.addEventListener('abort', leave);
  });
}

/**
 * A timer that does nothing but hold what waits for the client. Nothing else does, and when a request is collected as
 * garbage, the signal of its caller no longer reaches it.
 */
function keepAlive(held: () => unknown): ReturnType<typeof setTimeout> {
  const timer: ReturnType<typeof setTimeout> | number = setInterval(held, MAX_TIMER_MS);
  // In Node, it does not keep the process alive.
  if (typeof timer === 'object') timer.unref();
  return timer;
}
