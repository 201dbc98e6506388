import type { PanelSource, PanelState } from './source/panel-source.ts';

/** Keeps reading a source whenever it says that it has changed. */
export interface Following {
  /** Reads at once; resolves when what was read has been shown. */
  refresh(): Promise<void>;
  stop(): void;
}

interface Shown {
  readonly state: (state: PanelState) => void;
  readonly failure: (cause: unknown) => void;
}

/** Changes that come faster than this, in milliseconds, are shown together. */
const MIN_GAP_MS = 100;

export function follow(source: PanelSource, shown: Shown): Following {
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
      if (!isStopped) shown.state(state);
    } catch (cause) {
      if (!isStopped) shown.failure(cause);
    }
  };
  /** One after the other: an answer that overtakes an earlier one would be replaced by it. */
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
