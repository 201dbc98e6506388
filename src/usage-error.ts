import { isNamedError } from './built-ins.ts';
import { linesWithoutControls } from './text/printable.ts';

/**
 * Mistakes of the caller: a wrong option, an unknown name, a value out of range. The control plane answers them with a
 * 400, and the command line ends with exit code 2. Other errors that users can put right have classes of their own
 * (ContractError, FixtureError, ChangeRequestError); anything else is a bug: a 500, and a stack.
 */

/** An option or an argument that does not exist, or a value that it does not take. */
export class UsageTypeError extends TypeError {
  override readonly name = 'UsageTypeError';

  constructor(message: string) {
    super(linesWithoutControls(message));
  }
}

/** A scenario or an operation that does not exist; a number or a time out of range. */
export class UsageRangeError extends RangeError {
  override readonly name = 'UsageRangeError';

  constructor(message: string) {
    super(linesWithoutControls(message));
  }
}

/** Whether the caller can put it right, by what the message says. */
export function isUsageError(cause: unknown): cause is UsageTypeError | UsageRangeError {
  return (
    isNamedError<UsageTypeError>(cause, 'UsageTypeError') ||
    isNamedError<UsageRangeError>(cause, 'UsageRangeError')
  );
}
