import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import { isError } from './built-ins.ts';
import { ContractError } from './contract/contract-error.ts';
import type { SourceFiles } from './contract/reading/source-files.ts';
import { messageOf } from './text/message-of.ts';

/** Called with the path of each file that is read or looked for, before that happens. */
export type BeforeRead = (path: string) => void;

/** The path in a `file:` URL; any other text as it is. */
export function pathOf(text: string): string {
  try {
    return /^file:/i.test(text) ? fileURLToPath(text) : text;
  } catch {
    // One of another host, among others: there is no such file.
    return text;
  }
}

/** Bytes of a file that a contract refers to. */
const MAX_FILE_BYTES = 20_000_000;

/**
 * The text of a contract.
 * @param file its name for messages.
 * @throws {ContractError} when it cannot be read.
 */
export function readSourceFile(path: string | URL, file: string): string {
  checkIsFile(path, file);
  const text = attempt(file, () => readFileSync(path, 'utf8'));
  refuseTooLarge(text, file);
  return text;
}

const MEBIBYTE = 1_048_576;

/** What a file needs and Node has for a heap, in MiB, where that is too little; otherwise `null`. */
export function heapShortage(needed: number): { readonly need: number; readonly have: number } | null {
  const { heap_size_limit: limit } = getHeapStatistics();
  return needed <= limit ? null : { need: toMebibytes(needed), have: toMebibytes(limit) };
}

function toMebibytes(bytes: number): number {
  return Math.ceil(bytes / MEBIBYTE);
}

/** Bytes of memory for a byte of YAML while it is parsed, where values are short; measured. JSON takes a few. */
const MEMORY_PER_BYTE = 50;

/** @throws {ContractError} where the process would run out of memory: Node would end without a word about the contract. */
function refuseTooLarge(text: string, file: string): void {
  const shortage = heapShortage(text.length * MEMORY_PER_BYTE);
  if (shortage === null || /^\s*[[{]/.test(text)) return;
  const { need, have } = shortage;
  const detail = `${toMebibytes(text.length)} MiB of YAML may need ${need} MiB of memory, and Node has ${have} MiB; expected JSON, which needs little, or NODE_OPTIONS=--max-old-space-size=${need}.`;
  throw new ContractError(file, [{ kind: 'document', pointer: '', detail }]);
}

/** @throws {ContractError} when there is no file at a path, saying what there is. */
export function checkIsFile(path: string | URL, file: string): void {
  if (/^(?!file:)[a-z][a-z\d+.-]*:\/\//i.test(file)) {
    throw unreadable(file, 'a URL is not fetched; download the document first');
  }
  const found = attempt(file, () => statSync(path, { throwIfNoEntry: false }));
  if (!found) throw unreadable(file, 'there is no such file');
  if (!found.isFile()) throw unreadable(file, found.isDirectory() ? 'it is a directory' : 'it is not a file');
}

function attempt<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    // Node's own errors have a code; anything else is a bug.
    if (!isError(cause) || !('code' in cause)) throw cause;
    throw unreadable(file, `the file cannot be read (${messageOf(cause).split(', ', 1)[0]})`);
  }
}

function unreadable(file: string, why: string): ContractError {
  const detail = `${why}; expected the path of an OpenAPI document.`;
  return new ContractError(file, [{ kind: 'document', pointer: '', detail }]);
}

/** The files at or below the folder of a contract, links resolved: a contract from elsewhere must not read others. */
export function sourceFilesOf(contract: string | URL, beforeRead: BeforeRead): SourceFiles {
  const path = realpathSync(contract);
  const folder = dirname(path);
  return { base: pathToFileURL(path).href, read: (url) => readBelow(folder, url, beforeRead) };
}

function readBelow(folder: string, url: string, beforeRead: BeforeRead): ReturnType<SourceFiles['read']> {
  try {
    const given = fileURLToPath(url);
    beforeRead(given);
    const path = realpathSync(given);
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
