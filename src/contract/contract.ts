import type { OpenAPIV3_1 } from 'openapi-types';
import type { Answer } from './message.ts';

/** An OpenAPI 3.1 document, read and found usable. Deeply frozen. */
export interface Contract {
  /** Where the document came from, for messages. */
  readonly file: string;
  readonly document: OpenAPIV3_1.Document;
  /** `servers[].url`, variables filled in; `/` when the document has none. */
  readonly servers: readonly string[];
  /** In document order. */
  readonly operations: readonly Operation[];
}

export interface Operation {
  /** The `operationId`, or `GET /path` where the document gives none. */
  readonly id: string;
  /** In upper case. */
  readonly method: string;
  /** The path template as the document has it. */
  readonly path: string;
  /** The paths of the servers this operation is found under, without a slash at the end: `''`, `/v2`. */
  readonly basePaths: readonly string[];
  readonly summary: string;
  /** Those of the path item first, in document order. */
  readonly parameters: readonly Parameter[];
  /** Alternatives, any of which is enough. Empty: no key is needed. */
  readonly security: readonly SecurityRequirement[];
  /** The methods of the path item, as an `Allow` header lists them. */
  readonly allow: string;
  /** Statuses ascending, as the keys of a parsed document come, then `default` and ranges such as `4XX` in document order. */
  readonly responses: readonly ResponseDescription[];
  /** Scenario name → what it answers, in document order. `ok` is not among them. */
  readonly scenarios: ReadonlyMap<string, Scenario>;
  /** The lowest 2xx response, for an operation that has no code. */
  readonly ok: Answer;
}

/** What a request can say besides its body. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly description: string;
  /** `undefined` when the document gives none. */
  readonly example: unknown;
}

/** One alternative of `security`: every scheme in it has to be satisfied, so the scopes add up. */
export interface SecurityRequirement {
  readonly scopes: readonly string[];
}

export interface ResponseDescription {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  /** Media type → JSON pointer of its schema. */
  readonly schemas: ReadonlyMap<string, string>;
}

/** A named answer that a client can be made to meet. */
export type Scenario = ScenarioLabel &
  (
    | (Answer & { readonly reply: 'example' | 'empty' | 'malformed' })
    | { readonly reply: 'network-error' | 'timeout'; readonly status: null }
  );

interface ScenarioLabel {
  readonly name: string;
  readonly summary: string;
  /** The live API cannot give this answer on this operation. */
  readonly synthetic: boolean;
}

/** The scenario that forces nothing; no example may take its name. */
export const OK = 'ok';
