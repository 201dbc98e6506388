import { statSync } from 'node:fs';

/** Files and directories that are looked at again and again. */
export interface FileChanges {
  /** Watches a path, which need not exist, from now on; called before it is read, it misses no edit. */
  watch(path: string): void;
  /**
   * Begins to look.
   * @param call called with a path that has changed, appeared or gone since it is watched, once a look finds nothing
   * new: editors write a file in several steps.
   */
  start(call: (changed: string) => void): void;
  close(): void;
}

/** Time between two looks, in milliseconds. */
const LOOK_MS = 150;

/**
 * Watches files by their paths. Events of the file system would not tell of a link on the way or a folder above that is
 * replaced, and hardly any come from outside of a container.
 */
export function createFileChanges(): FileChanges {
  const states = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let changed: string | undefined;
  const look = (call: (changed: string) => void): void => {
    const before = changed;
    changed = undefined;
    for (const [path, state] of states) {
      const found = stateOf(path);
      if (found === state) continue;
      states.set(path, found);
      changed = path;
    }
    if (before !== undefined && changed === undefined) call(before);
  };
  return {
    watch: (path) => {
      if (!states.has(path)) states.set(path, stateOf(path));
    },
    start: (call) => {
      timer = setInterval(look, LOOK_MS, call);
    },
    close: () => clearInterval(timer),
  };
}

/** Differs whenever what a path leads to has changed. */
function stateOf(path: string): string {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found ? [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join() : '';
  } catch (cause) {
    // Such as a folder that may not be read.
    return String(cause);
  }
}
