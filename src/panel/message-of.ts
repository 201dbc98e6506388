/** The message of anything that was thrown. `text/message-of.ts` is out of reach: the panel imports only types of the mock. */
export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
