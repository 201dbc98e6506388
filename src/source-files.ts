import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { SourceFiles } from './contract/reading/source-files.ts';
import { messageOf } from './text/message-of.ts';

/** Bytes of a file that a contract refers to. */
export const MAX_FILE_BYTES = 20_000_000;

/** The files at or below the folder of a contract, links resolved: a contract from elsewhere must not read others. */
export function sourceFilesOf(contract: string | URL): SourceFiles {
  const path = realpathSync(contract);
  const folder = dirname(path);
  return { base: pathToFileURL(path).href, read: (url) => readBelow(folder, url) };
}

function readBelow(folder: string, url: string): ReturnType<SourceFiles['read']> {
  try {
    const path = realpathSync(fileURLToPath(url));
    const name = relative(folder, path);
    if (name === '..' || name.startsWith(`..${sep}`) || isAbsolute(name)) {
      return { problem: 'it is not below the folder of the contract.' };
    }
    const file = statSync(path);
    if (!file.isFile()) return { problem: 'it is not a file.' };
    if (file.size > MAX_FILE_BYTES) return { problem: `it has more than ${MAX_FILE_BYTES} bytes.` };
    return { text: readFileSync(path, 'utf8'), name: name.replaceAll(sep, '/') };
  } catch (cause) {
    // Of a file that is not there, among others.
    return { problem: `${messageOf(cause).split(',', 1)[0]}.` };
  }
}
