import { unwatchFile, watchFile } from 'node:fs';

/** Files and directories that are looked at again and again. */
export interface FileChanges {
  /** Watches a path, which need not exist. */
  watch(path: string): void;
  close(): void;
}

/** Time between two looks at a path, in milliseconds. */
const LOOK_MS = 100;
/** Editors write a file in several steps; nothing is said before a look has found nothing new. */
const QUIET_MS = 150;

/**
 * Watches files by their paths. Events of the file system would not tell of a link on the way or a folder above that is
 * replaced, and hardly any come from outside of a container.
 *
 * @param call called with the last path that has changed, appeared or gone.
 */
export function createFileChanges(call: (changed: string) => void): FileChanges {
  const paths = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  return {
    watch: (path) => {
      if (paths.has(path)) return;
      paths.add(path);
      watchFile(path, { interval: LOOK_MS }, (found, before) => {
        // Node tells once that there is nothing at a path.
        if (found.ino === 0 && before.ino === 0) return;
        clearTimeout(timer);
        timer = setTimeout(call, QUIET_MS, path);
      });
    },
    close: () => {
      clearTimeout(timer);
      for (const path of paths) unwatchFile(path);
    },
  };
}
