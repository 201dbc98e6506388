import { writeFileSync } from 'node:fs';
import { messageOf } from '../text/message-of.ts';
import { shown } from '../text/shown.ts';
import { CommandFailure } from './failure.ts';

/**
 * Writes a file that a flag names.
 * @throws {CommandFailure} when it cannot be written, naming the flag and the file.
 */
export function writeOutput(flag: string, file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    const [reason] = messageOf(cause).split(', open ', 1);
    throw new CommandFailure(`${flag} ${shown(file)} cannot be written: ${reason}.`, 2);
  }
}
