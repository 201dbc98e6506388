import type { SchemaViolation } from './violations.ts';

/** An HTTP request as plain data, which adapters make from a `Request` or from `node:http`. */
export interface HttpRequest {
  /** As the client sent it: `GET`, `HEAD`, … */
  readonly method: string;
  /** Such as `https://us.posthog.com`; absent where the adapter does not know it. */
  readonly origin?: string;
  /** Where the client reaches the server, such as `https://mock.example/posthog`; absent where it is `http://` and `Host`. */
  readonly baseUrl?: string;
  /** Percent-encoded, without the query: `/api/projects/1/experiments/stats/`. */
  readonly path: string;
  /** Percent-encoded, without the question mark; empty when there is no query. */
  readonly query: string;
  /** By lower-case name; the values of a repeated header are joined with `, `. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string | null;
}

export type HeaderField = readonly [name: string, value: string];

/** The first value of a header, in whatever case its name is. */
export function headerOf(fields: readonly HeaderField[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return fields.find(([known]) => known.toLowerCase() === wanted)?.[1];
}

/** Status, headers and body as the contract or the API has them; the mock adds headers of its own. */
export interface Answer {
  readonly status: number;
  /** Without `Content-Type`. */
  readonly headers: readonly HeaderField[];
  /** `null` when the body is. */
  readonly contentType: string | null;
  readonly body: string | null;
  /** Whether the body is bytes, one in each character (ISO 8859-1); absent: it is text. */
  readonly isBinary?: boolean | undefined;
  /** How the body breaks the contract, as far as that is known already; absent: it has to be checked. */
  readonly violations?: readonly SchemaViolation[];
  /** Why it refuses, and what would be right, for whoever sent the request. Has no secret; no client sees it in the body. */
  readonly hint?: string | undefined;
}
