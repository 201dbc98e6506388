import type { OpenAPIV3_1 } from 'openapi-types';
import { shownText } from '../text/shown.ts';
import type { ContractFinding } from './contract-error.ts';
import type { Answer } from './message.ts';
import type { Negotiable } from './negotiate.ts';
import type { SchemaViolation } from './violations.ts';

/** An OpenAPI document that has been read. Frozen. */
export interface Contract {
  /** Where the document came from, for messages. */
  readonly file: string;
  /** In the dialect of OpenAPI 3.1, whatever its own version. Deeply frozen when it is first read. */
  readonly document: OpenAPIV3_1.Document;
  /** The document again, which nobody has to wait for: freezing a large one takes a while. Never changed. */
  readonly root: object;
  /**
   * What is odd about the document, but did not keep it from being used. Of a large document, examples, headers and
   * parameters are not checked when it is read, but an example when it is first used; `validate` and `strict` check all.
   */
  readonly warnings: readonly ContractFinding[];
  /** Whether all of it was checked when it was read. */
  readonly isFullyChecked: boolean;
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
  /** JSON pointer into the document. */
  readonly pointer: string;
  /** The paths of the servers that have this operation, without a trailing slash: `''`, `/v2`. */
  readonly basePaths: readonly string[];
  readonly summary: string;
  /** In document order; none is empty. */
  readonly tags: readonly string[];
  /** The path item's first, then the operation's own; in document order. */
  readonly parameters: readonly Parameter[];
  /** Whether a parameter is the whole query, as `in: querystring` of OpenAPI 3.2. It is not among the parameters. */
  readonly hasWholeQuery: boolean;
  /** `null`: the document describes none. */
  readonly requestBody: RequestBody | null;
  /** Alternatives: satisfying one is enough. Empty when no key is needed. */
  readonly security: readonly SecurityRequirement[];
  /** Whose credentials a request may have, whether it needs them or not. */
  readonly schemes: readonly SecurityScheme[];
  /** The methods of the path item, as an `Allow` header lists them. */
  readonly allow: string;
  /** Statuses in ascending order, then `default` and ranges such as `4XX` in document order. */
  readonly responses: readonly ResponseDescription[];
  /** By name, in document order, without `ok`. */
  readonly scenarios: ReadonlyMap<string, Scenario>;
  /** What answers for an operation that has no code, one for each media type. Never empty. */
  readonly ok: DocumentedAnswers;
}

/** Whether an operation answers a method; one of `GET` also answers `HEAD`. */
export function isOfMethod(operation: Operation, method: string): boolean {
  return operation.method === method || (operation.method === 'GET' && method === 'HEAD');
}

/** What to say to a method that the path of an operation does not have. */
export function otherMethodHint({ allow }: Operation, method: string): string {
  return `This path takes ${allow}; found ${shownText(method)}.`;
}

/** The path template as requests have it: below the base path of the first server. */
export function servedPathOf({
  basePaths: [base = ''],
  path,
}: Pick<Operation, 'basePaths' | 'path'>): string {
  return base + path;
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
  /** How arrays and objects become text; without a meaning where the parameter has a media type. */
  readonly style: ParameterStyle;
  /** Whether each item or member is a value of its own, as in `a=1&a=2`. */
  readonly explode: boolean;
  /** Whether characters such as `/` may stay as they are in a query. */
  readonly allowReserved: boolean;
  readonly allowEmptyValue: boolean;
  readonly deprecated: boolean;
  /** The media type of its values, as `content` says; `undefined`: they have a style instead. */
  readonly mediaType: string | undefined;
  /** Whether a value is JSON text, as its media type says; otherwise it is plain text. */
  readonly isJson: boolean;
}

export type ParameterStyle =
  | 'form'
  | 'simple'
  | 'label'
  | 'matrix'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'deepObject'
  | 'cookie';

/** What an operation takes as a body. */
export interface RequestBody {
  readonly required: boolean;
  /** Media type, or a range of them → JSON pointer of its schema, if it has one. In document order. */
  readonly schemas: ReadonlyMap<string, string | undefined>;
}

/** One alternative of `security`. A request has to satisfy all of its schemes, so their scopes are joined. */
export interface SecurityRequirement {
  readonly scopes: readonly string[];
  readonly schemes: readonly SecurityScheme[];
}

/** Where a credential is. */
export interface SecurityScheme {
  /** Its name in the document. */
  readonly name: string;
  /** In lower case for `http`: `basic`, `bearer`, …; OAuth and OpenID Connect are `bearer`. */
  readonly kind: 'header' | 'query' | 'cookie' | 'mutual-tls' | (string & {});
  /** The name of the header, query parameter or cookie that has the credential. */
  readonly parameter: string;
}

export interface ResponseDescription {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  /** JSON pointer into the document. */
  readonly pointer: string;
  /** Media type → JSON pointer of its schema; `undefined` where it has none. */
  readonly schemas: ReadonlyMap<string, string | undefined>;
  /** But for those that OpenAPI describes elsewhere, or a server sets itself. */
  readonly headers: readonly HeaderDescription[];
  /** What it answers where nothing is asked for by name. */
  readonly answers: DocumentedAnswers;
}

/** A header of a response. */
export interface HeaderDescription {
  readonly name: string;
  readonly required: boolean;
  /** JSON pointer of the schema of its values; `undefined` when the document gives none that text can be checked against. */
  readonly schema: string | undefined;
  /** Whether each member is `name=value`. */
  readonly explode: boolean;
}

/** The same answer in each of its media types, in document order; one without a body where the response has none. */
export type DocumentedAnswers = readonly [DocumentedAnswer, ...DocumentedAnswer[]];

/** An answer that the contract describes. Its body is made when it is first read. */
export interface DocumentedAnswer extends Answer, Negotiable<DocumentedAnswer> {
  /**
   * `example`: verbatim from the contract; `schema`: made from the schema, as there is no example that is valid; `null`:
   * the contract describes no response.
   */
  readonly source: 'example' | 'schema' | null;
  /** How the body breaks its schema, where no valid one could be made; empty: it is valid, or was not described. */
  readonly violations: readonly SchemaViolation[];
}

/** A named answer that an operation can be made to give. */
export type Scenario = ScenarioLabel &
  (
    | {
        readonly reply: 'example' | 'empty' | 'malformed';
        readonly status: number;
        readonly answers: DocumentedAnswers;
      }
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
