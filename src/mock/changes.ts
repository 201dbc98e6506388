import { shown } from '../text/shown.ts';
import { UsageTypeError } from '../usage-error.ts';
import type { JournalEntry } from './journal/entry.ts';

/** A part of a mock that can change. Change requests are rows, too, but a part of their own. */
export type ChangedPart = 'scenario' | 'rows' | 'clock' | 'change-requests' | 'journal';

/** What a mock tells its subscribers. */
export type MockChange<Operation extends string = string> =
  /** A request has come, and its reply is about to be sent. */
  | { readonly kind: 'request'; readonly entry: JournalEntry<Operation> }
  /** Anything else: by whoever it was made, and as a whole where several parts change together, as with `reset`. */
  | { readonly kind: 'change'; readonly parts: readonly ChangedPart[] };

export type ChangeListener<Operation extends string = string> = (change: MockChange<Operation>) => void;

/** The one place that every change of a mock goes through. */
export interface Changes {
  /** @returns a function that stops it. */
  subscribe(listener: ChangeListener, ended?: () => void): () => void;
  /** @param entry makes the entry, for listeners that read it. */
  requested(entry: () => JournalEntry): void;
  changed(part: ChangedPart): void;
  /** Tells of all changes during `run` at once, when all are made. */
  together(run: () => void): void;
  /** Tells subscribers that no more changes come. */
  close(): void;
}

export function createChanges(): Changes {
  /** With what to call when the mock is disposed of. */
  const listeners = new Map<ChangeListener, () => void>();
  let gathered: Set<ChangedPart> | null = null;
  const tell = (change: MockChange): void => {
    for (const listener of [...listeners.keys()]) callApart(() => listener(change));
  };
  return {
    subscribe: (given, ended = () => {}) => {
      for (const callback of [given, ended]) checkFunction(callback);
      // The same function may subscribe twice.
      const listener: ChangeListener = (change) => given(change);
      listeners.set(listener, ended);
      return () => {
        listeners.delete(listener);
      };
    },
    requested: (entry) => {
      if (listeners.size === 0) return;
      tell({
        kind: 'request',
        get entry() {
          return entry();
        },
      });
    },
    changed: (part) => {
      if (gathered) gathered.add(part);
      else tell({ kind: 'change', parts: [part] });
    },
    together: (run) => {
      if (gathered) return run();
      gathered = new Set();
      try {
        run();
      } finally {
        const parts = [...gathered];
        gathered = null;
        if (parts.length > 0) tell({ kind: 'change', parts });
      }
    },
    close: () => {
      const callbacks = [...listeners.values()];
      listeners.clear();
      for (const ended of callbacks) callApart(ended);
    },
  };
}

function checkFunction(callback: unknown): void {
  if (typeof callback === 'function') return;
  throw new UsageTypeError(
    `subscribe takes functions: a listener, and one for the end; found ${shown(callback)}.`,
  );
}

/** An answer must not fail because a listener does; its error is thrown later, as one of an event listener is. */
function callApart(listener: () => void): void {
  try {
    listener();
  } catch (cause) {
    queueMicrotask(() => {
      throw cause;
    });
  }
}
