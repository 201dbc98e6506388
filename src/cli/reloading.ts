import { dirname, resolve, sep } from 'node:path';
import type { FSWatcher } from 'chokidar';
import type { CoreMock } from '../mock/mock.ts';
import { toFailure } from './failure.ts';
import type { Log } from './log.ts';
import type { MockOfFlags } from './mock-flags.ts';

/** A mock that reads its files again when they change. */
export interface WatchedMock {
  readonly mock: CoreMock;
  /** Stops watching. */
  close(): Promise<void>;
}

/** Editors write a file in several steps; it is read after this time without one. */
const QUIET_MS = 100;

/**
 * Opens a mock whose contract and rows are read again whenever one of the files changes. When that fails, the log says
 * why, and the mock goes on with the last good ones.
 *
 * @param files files and directories to watch; with none, nothing is read again.
 * @throws (rejects) whatever `open` throws.
 */
export async function openWatchedMock(
  open: () => Promise<MockOfFlags>,
  files: readonly string[],
  log: Log,
): Promise<WatchedMock> {
  const watcher = files.length === 0 ? null : await startWatching(files);
  const { mock, reload } = await openOrClose(open, watcher);
  let timer: NodeJS.Timeout | undefined;
  const reloadFor = (changed: string): void => {
    const fields = { file: changed };
    try {
      const lost = reload();
      log.write('info', `${changed} has changed: reloaded.`, fields);
      for (const reason of lost) log.write('warn', `A scenario is no longer selected. ${reason}`, fields);
    } catch (cause) {
      const reason = toFailure(cause).message;
      log.write('error', `${changed} has changed, but the last good version stays in use. ${reason}`, fields);
    }
  };
  watcher?.on('all', (_, changed) => {
    clearTimeout(timer);
    timer = setTimeout(reloadFor, QUIET_MS, changed);
  });
  watcher?.on('error', (cause) => log.write('error', `Watching failed: ${toFailure(cause).message}`));
  return {
    mock,
    close: async () => {
      clearTimeout(timer);
      await watcher?.close();
    },
  };
}

/** Closes the watcher when there is no mock: it would keep the process alive. */
async function openOrClose(
  open: () => Promise<MockOfFlags>,
  watcher: FSWatcher | null,
): Promise<MockOfFlags> {
  try {
    return await open();
  } catch (cause) {
    await watcher?.close();
    throw cause;
  }
}

/**
 * Starts before the files are read, so that no edit is missed. Watches their parents, as editors replace a file with
 * a new one of the same name, which ends a watch on the file itself.
 */
async function startWatching(files: readonly string[]): Promise<FSWatcher> {
  const wanted = files.map((file) => resolve(file));
  const parents = [...new Set(wanted.map(dirname))];
  const isWanted = (path: string) =>
    parents.includes(path) || wanted.some((file) => path === file || path.startsWith(file + sep));
  // Most servers watch nothing.
  const { watch } = await import('chokidar');
  const watcher = watch(parents, { ignoreInitial: true, ignored: (path) => !isWanted(resolve(path)) });
  await new Promise<void>((done) => watcher.once('ready', done));
  return watcher;
}
