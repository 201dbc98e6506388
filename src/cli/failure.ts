import { ContractError } from '../contract/contract-error.ts';
import { FixtureError } from '../database/rows/fixture-error.ts';
import { stackOf } from '../text/message-of.ts';
import { isUsageError } from '../usage-error.ts';

/** 1: it could not start, or there are findings. 2: the command line itself is wrong. */
export type FailureCode = 1 | 2;

/** A command failed for a reason that the user can fix. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly exitCode: FailureCode;

  constructor(message: string, exitCode: FailureCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Maps anything thrown to a message and an exit code. Bugs keep their stack. */
export function toFailure(cause: unknown): CommandFailure {
  return userFailure(cause) ?? new CommandFailure(stackOf(cause), 1);
}

/** The failure that a mistake of the user makes; `null` for a bug. */
export function userFailure(cause: unknown): CommandFailure | null {
  if (cause instanceof CommandFailure) return cause;
  if (cause instanceof ContractError || cause instanceof FixtureError) {
    return new CommandFailure(cause.message, 1);
  }
  return isUsageError(cause) ? new CommandFailure(cause.message, 2) : null;
}
