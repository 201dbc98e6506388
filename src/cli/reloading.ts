import { dirname, resolve, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { CoreMock } from '../mock/mock.ts';
import { toFailure } from './failure.ts';
import type { Log } from './log.ts';

/** A mock that is created again when its files change. */
export interface ReloadingMock {
  /** The mock made from the last good files. */
  current(): CoreMock;
  close(): Promise<void>;
}

/** Editors write a file in several steps; it is read after this time without one. */
const QUIET_MS = 100;

/**
 * Creates a mock, and creates it again whenever one of the files changes; the previous one is disposed of. When that
 * fails, the log says why and the previous mock goes on answering.
 *
 * @param files files and directories to watch; with none, the mock is never replaced.
 * @throws (rejects) whatever `create` throws the first time.
 */
export async function openReloadingMock(
  create: () => CoreMock,
  files: readonly string[],
  log: Log,
): Promise<ReloadingMock> {
  const watcher = files.length === 0 ? null : await startWatching(files);
  let mock = await createOrClose(create, watcher);
  let timer: NodeJS.Timeout | undefined;
  const reload = (changed: string): void => {
    try {
      const replaced = mock;
      mock = create();
      replaced[Symbol.dispose]();
      log.write('info', `${changed} has changed: reloaded.`, { file: changed });
    } catch (cause) {
      const reason = toFailure(cause).message;
      log.write('error', `${changed} has changed, but the last good version stays in use. ${reason}`, {
        file: changed,
      });
    }
  };
  watcher?.on('all', (_, changed) => {
    clearTimeout(timer);
    timer = setTimeout(reload, QUIET_MS, changed);
  });
  watcher?.on('error', (cause) => log.write('error', `Watching failed: ${toFailure(cause).message}`));
  return {
    current: () => mock,
    close: async () => {
      clearTimeout(timer);
      await watcher?.close();
    },
  };
}

/** Closes the watcher when there is no mock: it would keep the process alive. */
async function createOrClose(create: () => CoreMock, watcher: FSWatcher | null): Promise<CoreMock> {
  try {
    return create();
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
  const watcher = watch(parents, { ignoreInitial: true, ignored: (path) => !isWanted(resolve(path)) });
  await new Promise<void>((done) => watcher.once('ready', done));
  return watcher;
}
