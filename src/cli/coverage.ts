import { readFileSync } from 'node:fs';
import { checkAt } from '../contract/schema.ts';
import document from '../generated/control-plane.json' with { type: 'json' };
import { parseJson } from '../json.ts';
import type { Coverage } from '../mock/coverage/coverage.ts';
import { mergeCoverage } from '../mock/coverage/merge.ts';
import { renderCoverage } from '../mock/coverage/render.ts';
import { checkThresholds } from '../mock/coverage/thresholds.ts';
import { messageOf } from '../text/message-of.ts';
import { printableJson } from '../text/printable.ts';
import { shown, shownFew } from '../text/shown.ts';
import type { CoverageFlags } from './coverage-flags.ts';
import { CommandFailure } from './failure.ts';
import type { LogStreams } from './log.ts';

/**
 * Adds up the coverage in files, `-` for standard input, and writes it as a table or as JSON; thresholds that are missed go to standard error.
 *
 * @returns the exit code: 1 when a threshold is missed.
 * @throws {CommandFailure} with exit code 2, when a file cannot be read or is not coverage.
 */
export function coverage(
  files: readonly string[],
  { format, threshold = {} }: CoverageFlags,
  { out, err }: LogStreams,
): 0 | 1 {
  const merged = mergeCoverage(files.map(readCoverage));
  const columns = out.isTTY ? process.stdout.columns : undefined;
  out.write(`${format === 'json' ? printableJson(merged, null, 2) : renderCoverage(merged, { columns })}\n`);
  const missed = checkThresholds(merged, threshold);
  for (const sentence of missed) err.write(`error: ${sentence}\n`);
  return missed.length === 0 ? 0 : 1;
}

const STDIN = '-';

function readCoverage(file: string): Coverage {
  const value = parseJson(readText(file));
  if (value === undefined) throw notCoverage(file, 'it is not JSON');
  const violations = checkAt(document, '/components/schemas/Coverage')(value);
  if (violations.length > 0) {
    throw notCoverage(
      file,
      shownFew(violations.map(({ pointer, detail }) => `${pointer || 'the file'}: ${detail}`)),
    );
  }
  // It has just passed the schema.
  return value as Coverage;
}

function notCoverage(file: string, reason: string): CommandFailure {
  const right = 'It takes files of serve --coverage-file, or what GET /__mock__/coverage answers.';
  return new CommandFailure(`${shown(file)} has no coverage: ${reason.replace(/\.$/, '')}. ${right}`, 2);
}

function readText(file: string): string {
  try {
    return readFileSync(file === STDIN ? process.stdin.fd : file, 'utf8');
  } catch (cause) {
    const [reason] = messageOf(cause).split(', open ', 1);
    throw new CommandFailure(`${shown(file)} cannot be read: ${reason}.`, 2);
  }
}
