/**
 * Those who wait for their client to leave. Nothing else holds them, and when a request is collected as garbage, the
 * signal of its caller no longer reaches it.
 */
const waiting = new Set<() => void>();

/**
 * Waits for `delayMs` (`Infinity`: forever), or until the client leaves.
 * @returns whether the client is still there.
 */
export function wait(delayMs: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const timer = delayMs === Number.POSITIVE_INFINITY ? undefined : setTimeout(settle, delayMs, true);
    const leave = () => settle(false);
    function settle(isOver: boolean): void {
      clearTimeout(timer);
      waiting.delete(leave);
      signal.removeEventListener('abort', leave);
      resolve(isOver);
    }
    signal.addEventListener('abort', leave);
    waiting.add(leave);
  });
}
