/** An HTTP request as plain data, which adapters make from a `Request` or from `node:http`. */
export interface HttpRequest {
  /** As the client sent it: `GET`, `HEAD`, … */
  readonly method: string;
  /** Such as `https://us.posthog.com`; absent where the adapter does not know it. */
  readonly origin?: string;
  /** Percent-encoded, without the query: `/api/projects/1/experiments/stats/`. */
  readonly path: string;
  /** Percent-encoded, without the question mark; empty when there is no query. */
  readonly query: string;
  /** By lower-case name; the values of a repeated header are joined with `, `. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string | null;
}

export type HeaderField = readonly [name: string, value: string];

/** What an adapter does: wait `delayMs` (`Infinity`: until the client leaves), then send the response or break the connection. */
export type Reply =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: readonly HeaderField[];
      readonly body: string | null;
      readonly delayMs: number;
      readonly provenance: Provenance;
    }
  | { readonly kind: 'network-error'; readonly delayMs: number; readonly provenance: Provenance };

/** Who answered, and why; what the `X-Mock-*` headers say. `null` where it does not apply. */
export interface Provenance {
  /** `null`: no operation matched. */
  readonly operation: string | null;
  /** `null`: the mock refused the request before a scenario was selected. */
  readonly scenario: string | null;
  readonly source: Source | null;
  /** `null`: the mock itself answered, not a session. */
  readonly session: string | null;
  /** What to put right in the request. */
  readonly hint: string | null;
}

/** `database`: computed as the API does, refusals included; `example`: verbatim from the contract; `responder`: forced, but computed. */
export type Source = 'database' | 'example' | 'responder';

/** Status, headers and body as the contract or the API has them; the mock adds headers of its own. */
export interface Answer {
  readonly status: number;
  /** Without `Content-Type`. */
  readonly headers: readonly HeaderField[];
  /** `null` when the body is. */
  readonly contentType: string | null;
  readonly body: string | null;
}
