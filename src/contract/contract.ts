import type { OpenAPIV3_1 } from 'openapi-types';
import type { Answer } from './message.ts';

/** An OpenAPI 3.1 document that has been read and checked. Deeply frozen. */
export interface Contract {
  /** Where the document came from, for messages. */
  readonly file: string;
  readonly document: OpenAPIV3_1.Document;
  /** `servers[].url` with variables filled in; `/` when the document has none. */
  readonly servers: readonly string[];
  /** In document order. */
  readonly operations: readonly Operation[];
}

export interface Operation {
  /** The `operationId`, or `GET /path` where the document gives none. */
  readonly id: string;
  /** In upper case. */
  readonly method: string;
  /** The path template, as the document writes it. */
  readonly path: string;
  /** The paths of the servers that have this operation, without a trailing slash: `''`, `/v2`. */
  readonly basePaths: readonly string[];
  readonly summary: string;
  /** The path item's first, then the operation's own; in document order. */
  readonly parameters: readonly Parameter[];
  /** Alternatives: satisfying one is enough. Empty when no key is needed. */
  readonly security: readonly SecurityRequirement[];
  /** The methods of the path item, as an `Allow` header lists them. */
  readonly allow: string;
  /** Statuses in ascending order, then `default` and ranges such as `4XX` in document order. */
  readonly responses: readonly ResponseDescription[];
  /** By name, in document order, without `ok`. */
  readonly scenarios: ReadonlyMap<string, Scenario>;
  /** The first 2xx response, which answers for an operation that has no code. */
  readonly ok: Answer;
}

/** A parameter in the path, the query, a header or a cookie. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly description: string;
  /** `undefined` when the document gives none. */
  readonly example: unknown;
  /** JSON pointer of the schema of its values; `undefined` when the document gives none. */
  readonly schema: string | undefined;
  /** Whether a value is JSON text, as `content` says; otherwise it is plain text. */
  readonly isJson: boolean;
}

/** One alternative of `security`. A request has to satisfy all of its schemes, so their scopes are joined. */
export interface SecurityRequirement {
  readonly scopes: readonly string[];
}

export interface ResponseDescription {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  /** Media type → JSON pointer of its schema. */
  readonly schemas: ReadonlyMap<string, string>;
}

/** A named answer that an operation can be made to give. */
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

/** The scenario that forces nothing. No example may have this name. */
export const OK = 'ok';
