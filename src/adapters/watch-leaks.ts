import type { CoreMock } from '../mock/mock.ts';
import { type Guard, isGuarded, type Leak, leakOf } from './leaks.ts';

/** Collects what a test should not have asked. */
export interface Watch {
  readonly leaks: readonly Leak[];
  /** Whether requests of a kind fail the test. */
  guards(kind: Leak['kind']): boolean;
  /** A request that did not reach the mock. Ignored once the watch is over: the test has its result then. */
  add(leak: Leak): void;
  stop(): void;
}

/** Watches the requests of a mock. It reads each as it comes: the journal may be cleared, and drops the oldest. */
export function watch(mock: Pick<CoreMock, 'subscribe' | 'contract'>, guard: Guard): Watch {
  const leaks: Leak[] = [];
  let isOver = false;
  const add = (leak: Leak | null): void => {
    if (leak && !isOver && isGuarded(guard, leak.kind)) leaks.push(leak);
  };
  const unsubscribe = mock.subscribe((change) => {
    if (change.kind === 'request') add(leakOf(mock.contract, change.entry));
  });
  return {
    leaks,
    guards: (kind) => !isOver && isGuarded(guard, kind),
    add,
    stop: () => {
      isOver = true;
      unsubscribe();
    },
  };
}
