import { resolve } from 'node:path';
import type { CoreMock } from '../mock/mock.ts';
import type { BeforeRead } from '../source-files.ts';
import { toFailure } from './failure.ts';
import { createFileChanges, type FileChanges } from './file-changes.ts';
import type { Log } from './log.ts';
import type { MockOfFlags } from './mock-flags.ts';

/** A mock that reads its files again when they change. */
export interface WatchedMock {
  readonly mock: CoreMock;
  /** Stops watching. */
  close(): Promise<void>;
}

/**
 * Opens a mock whose contract and rows are read again whenever one of the files that they were read from changes. When
 * that fails, the log says why, and the mock goes on with the last good ones.
 *
 * @throws (rejects) whatever `open` throws.
 */
export async function openWatchedMock(
  open: (beforeRead: BeforeRead) => Promise<MockOfFlags>,
  log: Log,
): Promise<WatchedMock> {
  const changes = createFileChanges((changed) => {
    const fields = { file: changed };
    try {
      const lost = reload();
      log.write('info', `${changed} has changed: reloaded.`, fields);
      for (const reason of lost) log.write('warn', `A scenario is no longer selected. ${reason}`, fields);
    } catch (cause) {
      const reason = toFailure(cause).message;
      log.write('error', `${changed} has changed, but the last good version stays in use. ${reason}`, fields);
    }
  });
  const { mock, reload } = await openOrClose(changes, () => open((path) => changes.watch(resolve(path))));
  return { mock, close: async () => changes.close() };
}

/** Stops watching when there is no mock: it would keep the process alive. */
async function openOrClose(changes: FileChanges, open: () => Promise<MockOfFlags>): Promise<MockOfFlags> {
  try {
    return await open();
  } catch (cause) {
    changes.close();
    throw cause;
  }
}
