import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FixtureError } from '../database/rows/fixture-error.ts';
import { fixtureFile } from '../database/rows/fixture-files.ts';
import { FIXTURE_FILES, type FixtureInput } from '../database/rows/types.ts';
import { type BeforeRead, heapShortage } from '../source-files.ts';
import { messageOf } from '../text/message-of.ts';
import { didYouMean } from '../text/nearest-name.ts';
import { withoutControls } from '../text/printable.ts';
import { CommandFailure } from './failure.ts';

/**
 * Reads `<collection>.json` files. A collection without a file keeps the packaged rows.
 * @throws {CommandFailure} when the directory or a file cannot be read, or a file is not a fixture.
 */
export function readFixtureDirectory(directory: string, beforeRead: BeforeRead = () => {}): FixtureInput {
  beforeRead(directory);
  for (const { file } of FIXTURE_FILES) beforeRead(join(directory, file));
  const files = jsonFiles(directory);
  const known = FIXTURE_FILES.filter(({ file }) => files.includes(file));
  const stray = files.find((name) => !FIXTURE_FILES.some(({ file }) => file === name));
  if (stray !== undefined) throw new CommandFailure(strayFile(directory, stray), 1);
  const memory = known.reduce((sum, { file }) => sum + sizeOf(join(directory, file)), 0) * MEMORY_PER_BYTE;
  refuseTooLarge(directory, 'files', memory);
  const collections = known.map(
    ({ collection, file }) => [collection, readJson(join(directory, file))] as const,
  );
  const rows = collections.reduce((sum, [, given]) => sum + (Array.isArray(given) ? given.length : 0), 0);
  refuseTooLarge(directory, `${rows} rows`, rows * MEMORY_PER_ROW);
  return Object.fromEntries(collections) as FixtureInput;
}

/** Bytes of memory for a byte of a file while it is read, and for a row with its resolved copy and its indexes; measured. */
const MEMORY_PER_BYTE = 3;
const MEMORY_PER_ROW = 1_500;

/** @throws {CommandFailure} where the process would run out of memory: Node would end without a word about fixtures. */
function refuseTooLarge(directory: string, what: string, needed: number): void {
  const shortage = heapShortage(needed);
  if (shortage === null) return;
  const { need, have } = shortage;
  throw new CommandFailure(
    `The fixtures in ${directory} are too large: the ${what} need ${need} MiB of memory, and Node has ${have} MiB. Use fewer rows, or NODE_OPTIONS=--max-old-space-size=${need}.`,
    1,
  );
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The message of a fixture error, with the directory's files in place of collections. */
export function describeFixtureError({ findings }: FixtureError, directory: string): string {
  return findings
    .map(({ collection, pointer, detail }) => {
      const file = join(directory, fixtureFile(collection));
      return withoutControls(`${file}${pointer === '' ? '' : `#${pointer}`}: ${detail}`);
    })
    .join('\n');
}

function jsonFiles(directory: string): readonly string[] {
  try {
    return (
      readdirSync(directory, { withFileTypes: true })
        // Hidden files are those of editors and systems, such as `.#experiments.json`.
        .filter((entry) => !entry.isDirectory() && /^[^.].*\.json$/.test(entry.name))
        .map(({ name }) => name)
    );
  } catch (cause) {
    const detail = 'expected a directory with files such as experiments.json.';
    throw new CommandFailure(
      `The fixture directory ${withoutControls(directory)} cannot be read (${reasonOf(cause)}); ${detail}`,
      1,
    );
  }
}

function strayFile(directory: string, name: string): string {
  const files = FIXTURE_FILES.map(({ file }) => file);
  return `${withoutControls(join(directory, name))}: there is no such collection.${didYouMean(name, files)} The files are ${files.join(', ')}.`;
}

function readJson(file: string): unknown {
  const text = readText(file);
  try {
    // Some editors put a byte order mark at the start.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    const reason = withLine(messageOf(cause), text);
    throw new CommandFailure(
      `${withoutControls(file)}: this is not JSON (${withoutControls(reason)}); expected an array of rows.`,
      1,
    );
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CommandFailure(`${withoutControls(file)} cannot be read (${reasonOf(cause)}).`, 1);
  }
}

/** `ENOENT: no such file or directory`, without the call and the path that Node adds after a comma. */
function reasonOf(cause: unknown): string {
  const [reason = ''] = messageOf(cause).split(', ', 1);
  return reason;
}

/** Node counts characters from the start of a file, editors count lines. */
function withLine(message: string, text: string): string {
  return message.replace(/ at position (\d+).*$/s, (_, position: string) => {
    const before = text.slice(0, Number(position)).split('\n');
    return ` at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
  });
}
