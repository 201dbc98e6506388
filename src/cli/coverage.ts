import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { checkAt } from '../contract/schema.ts';
import document from '../generated/control-plane.json' with { type: 'json' };
import { parseJson } from '../json.ts';
import type { Coverage } from '../mock/coverage/coverage.ts';
import { mergeCoverage } from '../mock/coverage/merge.ts';
import { renderCoverage } from '../mock/coverage/render.ts';
import { checkThresholds } from '../mock/coverage/thresholds.ts';
import { messageOf } from '../text/message-of.ts';
import { printableJson } from '../text/printable.ts';
import { shown } from '../text/shown.ts';
import type { CoverageFlags } from './coverage-flags.ts';
import { CommandFailure } from './failure.ts';
import type { LogStreams } from './log.ts';

/**
 * Adds up the coverage in files, `-` for standard input, and writes it as a table or as JSON; thresholds that are missed go to standard error.
 *
 * @returns the exit code: 1 when a threshold is missed.
 * @throws {CommandFailure} with exit code 2, when a file cannot be read or is not coverage.
 */
export async function coverage(
  files: readonly string[],
  { format, threshold = {} }: CoverageFlags,
  { out, err }: LogStreams,
): Promise<0 | 1> {
  const merged = mergeCoverage(await Promise.all(files.map(readCoverage)));
  const columns = out.isTTY ? process.stdout.columns : undefined;
  out.write(`${format === 'json' ? printableJson(merged, null, 2) : renderCoverage(merged, { columns })}\n`);
  const missed = checkThresholds(merged, threshold);
  for (const sentence of missed) err.write(`error: ${sentence}\n`);
  return missed.length === 0 ? 0 : 1;
}

const STDIN = '-';

async function readCoverage(file: string): Promise<Coverage> {
  const value = parseJson(await readText(file));
  if (value === undefined) throw notCoverage(file, 'it is not JSON');
  const [first, ...more] = checkAt(document, '/components/schemas/Coverage')(value);
  if (first) {
    const place = first.pointer === '' ? '' : `${first.pointer}: `;
    const others = more.length > 0 ? `, and ${more.length} more` : '';
    throw notCoverage(file, `${place}${first.detail.replace(/\.$/, '')}${others}`);
  }
  // It has just passed the schema.
  return value as Coverage;
}

function notCoverage(file: string, reason: string): CommandFailure {
  const right = 'It takes files of serve --coverage-file, or what GET /__mock__/coverage answers.';
  return new CommandFailure(`${shown(file)} is not a file of coverage: ${reason}. ${right}`, 2);
}

async function readText(file: string): Promise<string> {
  try {
    // Standard input may not be there yet, and a synchronous read of a pipe would not wait for it.
    return await (file === STDIN ? text(process.stdin) : readFile(file, 'utf8'));
  } catch (cause) {
    const [reason] = messageOf(cause).split(', open ', 1);
    throw new CommandFailure(`${shown(file)} cannot be read: ${reason}.`, 2);
  }
}
