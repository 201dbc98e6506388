import { type FSWatcher, watch } from 'chokidar';
import type { HttpRequest, Reply } from '../contract/message.ts';
import type { CoreMock } from '../mock/mock.ts';
import { toFailure } from './failure.ts';
import type { Log } from './log.ts';

/** A mock that is created again when its files change. */
export interface ReloadingMock {
  /** What the contract has at present. */
  readonly operations: CoreMock['contract']['operations'];
  answer(request: HttpRequest): Reply;
  close(): Promise<void>;
}

/** Editors write a file in several steps; milliseconds of quiet after which it is read. */
const QUIET = 100;

/**
 * Creates a mock, and creates it again whenever one of the files changes. Where that fails, the log says why
 * and the mock of before goes on answering.
 *
 * @param files files and directories to watch; with none, the mock stays as it is.
 * @throws (rejects) whatever `create` throws the first time.
 */
export async function openReloadingMock(
  create: () => CoreMock,
  files: readonly string[],
  log: Log,
): Promise<ReloadingMock> {
  const watcher = files.length === 0 ? null : await startWatching(files);
  let mock = create();
  let timer: NodeJS.Timeout | undefined;
  const reload = (changed: string): void => {
    try {
      mock = create();
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
    timer = setTimeout(reload, QUIET, changed);
  });
  watcher?.on('error', (cause) => log.write('error', `Watching failed: ${toFailure(cause).message}`));
  return {
    get operations() {
      return mock.contract.operations;
    },
    answer: (request) => mock.answer(request),
    close: async () => {
      clearTimeout(timer);
      await watcher?.close();
    },
  };
}

/** Watching comes before reading, so that no edit falls in between. */
async function startWatching(files: readonly string[]): Promise<FSWatcher> {
  const watcher = watch([...files], { ignoreInitial: true });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return watcher;
}
