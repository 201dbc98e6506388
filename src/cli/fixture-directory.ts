import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FixtureError } from '../database/rows/fixture-error.ts';
import { fixtureFile } from '../database/rows/fixture-files.ts';
import { FIXTURE_FILES, type FixtureInput } from '../database/rows/types.ts';
import { messageOf } from '../text/message-of.ts';
import { didYouMean } from '../text/nearest-name.ts';
import { CommandFailure } from './failure.ts';

/**
 * Reads `<collection>.json` files. A collection without a file keeps the packaged rows.
 * @throws {CommandFailure} when the directory or a file cannot be read, or a file is not a fixture.
 */
export function readFixtureDirectory(directory: string): FixtureInput {
  const files = jsonFiles(directory);
  const known = FIXTURE_FILES.filter(({ file }) => files.includes(file));
  const stray = files.find((name) => !FIXTURE_FILES.some(({ file }) => file === name));
  if (stray !== undefined) throw new CommandFailure(strayFile(directory, stray), 1);
  return Object.fromEntries(
    known.map(({ collection, file }) => [collection, readJson(join(directory, file))]),
  ) as FixtureInput;
}

/** The message of a fixture error, with the directory's files in place of collections. */
export function describeFixtureError({ findings }: FixtureError, directory: string): string {
  return findings
    .map(({ collection, pointer, detail }) => {
      const file = join(directory, fixtureFile(collection));
      return `${file}${pointer === '' ? '' : `#${pointer}`}: ${detail}`;
    })
    .join('\n');
}

function jsonFiles(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && entry.name.endsWith('.json'))
      .map(({ name }) => name);
  } catch (cause) {
    const detail = 'expected a directory with files such as experiments.json.';
    throw new CommandFailure(
      `The fixture directory ${directory} cannot be read (${reasonOf(cause)}); ${detail}`,
      1,
    );
  }
}

function strayFile(directory: string, name: string): string {
  const files = FIXTURE_FILES.map(({ file }) => file);
  return `${join(directory, name)}: there is no such collection.${didYouMean(name, files)} The files are ${files.join(', ')}.`;
}

function readJson(file: string): unknown {
  const text = readText(file);
  try {
    // Some editors put a byte order mark at the start.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    const reason = withLine(messageOf(cause), text);
    throw new CommandFailure(`${file}: this is not JSON (${reason}); expected an array of rows.`, 1);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CommandFailure(`${file} cannot be read (${reasonOf(cause)}).`, 1);
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
