import type { PanelSource, PanelState } from './source/panel-source.ts';

/** Reads a source whenever it reports a change. */
export interface Follower {
  /** Reads now. Resolves when the listener has the result. */
  refresh(): Promise<void>;
  stop(): void;
}

interface Listener {
  readonly state: (state: PanelState) => void;
  readonly failure: (cause: unknown) => void;
}

/** The minimum time between two reads, in milliseconds: changes in between are read together. */
const MIN_GAP_MS = 100;

/** Starts following a source. Reads it once right away. */
export function follow(source: PanelSource, listener: Listener): Follower {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastRead = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> = Promise.resolve();
  let isStopped = false;

  const read = async () => {
    clearTimeout(timer);
    timer = undefined;
    lastRead = performance.now();
    try {
      const state = await source.read();
      if (!isStopped) listener.state(state);
    } catch (cause) {
      if (!isStopped) listener.failure(cause);
    }
  };
  /** Reads one after the other, so that an older state never replaces a newer one. */
  const refresh = () => {
    reading = reading.then(() => (isStopped ? undefined : read()));
    return reading;
  };
  const unsubscribe = source.subscribe(() => {
    timer ??= setTimeout(refresh, Math.max(0, lastRead + MIN_GAP_MS - performance.now()));
  });
  void refresh();
  return {
    refresh,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      unsubscribe();
    },
  };
}
