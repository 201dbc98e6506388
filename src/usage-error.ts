/**
 * Mistakes of whoever uses the mock: a wrong option, an unknown name, a value out of range. The control plane answers
 * them with a 400 and the command line with exit code 2. Whatever else is thrown is a bug: a 500, and a stack.
 */

/** A value of the wrong type, or a name that nothing reads. */
export class UsageTypeError extends TypeError {
  override readonly name = 'UsageTypeError';
}

/** A value of the right type that is not one of those allowed. */
export class UsageRangeError extends RangeError {
  override readonly name = 'UsageRangeError';
}

/** Whether the user can put it right, by what the message says. */
export function isUsageError(cause: unknown): cause is UsageTypeError | UsageRangeError {
  return cause instanceof UsageTypeError || cause instanceof UsageRangeError;
}
