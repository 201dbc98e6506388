/**
 * An HTTP request as plain data. Adapters make it from a `Request` or a socket, so that nothing below them
 * needs either.
 */
export interface HttpRequest {
  /** As sent: `GET`, `HEAD`, … */
  readonly method: string;
  /** Such as `https://us.posthog.com`; absent where the front end does not know it. */
  readonly origin?: string;
  /** Still percent-encoded, without the query: `/api/projects/1/experiments/stats/`. */
  readonly path: string;
  /** Still percent-encoded, without the question mark; empty when there is none. */
  readonly query: string;
  /** By lower-case name; repeated headers are joined by `, `. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string | null;
}

export type HeaderField = readonly [name: string, value: string];

/** What an adapter has to do: wait `delayMs` (`Infinity`: until the client leaves), then send or break. */
export type Reply =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: readonly HeaderField[];
      readonly body: string | null;
      readonly delayMs: number;
    }
  | { readonly kind: 'network-error'; readonly delayMs: number };

/** Status, headers and body as the contract or PostHog has them; the mock adds headers of its own. */
export interface Answer {
  readonly status: number;
  /** `Content-Type` is not among them. */
  readonly headers: readonly HeaderField[];
  /** `null` with a `null` body. */
  readonly contentType: string | null;
  readonly body: string | null;
}
