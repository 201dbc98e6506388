import { isObject } from '../json.ts';
import { shown } from '../text/shown.ts';
import { UsageTypeError } from '../usage-error.ts';

/**
 * Checks the mock that a function is given, by what it can do: another copy of the package may have made it.
 *
 * @param owner the function, as the message names it.
 * @throws {UsageTypeError} when it is no mock.
 */
export function checkMock(owner: string, mock: unknown): void {
  if (isObject(mock) && 'answer' in mock) return;
  throw new UsageTypeError(`${owner} takes a mock, as createMock returns it; found ${shown(mock)}.`);
}
