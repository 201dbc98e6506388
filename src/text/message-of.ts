import { isError } from '../built-ins.ts';

/** The message of anything that was thrown. */
export function messageOf(cause: unknown): string {
  return isError(cause) ? cause.message : String(cause);
}

/** The stack of anything that can be thrown, for a bug. */
export function stackOf(cause: unknown): string {
  return isError(cause) ? (cause.stack ?? cause.message) : String(cause);
}
