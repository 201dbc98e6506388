import type { Answer, HttpRequest } from '../../../contract/message.ts';
import type { Database } from '../../../database/collection.ts';
import type { Reads } from '../../../database/reads.ts';
import type { Project, User } from '../../../database/rows/types.ts';
import type { Instant } from '../../../database/time.ts';
import { parseJson } from '../../../json.ts';
import { errorAnswer, notFound } from '../errors.ts';
import { parseQuery } from '../query.ts';

/** A request that has passed every check, as the code of its operation gets it. */
export interface OperationCall {
  /** Query, headers and body as they were sent. */
  readonly request: HttpRequest;
  /** The query, parsed when it is read. */
  readonly query: URLSearchParams;
  /** The body, parsed when it is read; an absent one is `{}`. If it is not JSON, PostHog's 400 is the answer and the code ends here. */
  readonly json: unknown;
  /** Path parameters, percent-decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** `null` where the operation needs no key. */
  readonly requester: User | null;
  /** `null` where the path names no project. */
  readonly project: Project | null;
  readonly now: Instant;
}

/** A call of an operation that is about a project. */
export type ProjectCall = OperationCall & { readonly project: Project };

/** The rows of one mock: to read, and to write. */
export interface OperationRows {
  readonly reads: Reads;
  readonly database: Database;
}

/** How PostHog computes the answers of one operation. */
export interface OperationCode {
  /** Whether it gets the requester's current project where the path names none. */
  readonly needsProject: boolean;
  /** Opens it on the rows of one mock; what it caches belongs to that mock. */
  open(rows: OperationRows): (call: OperationCall) => Answer;
}

/** The code of an operation that is about no project. */
export function operation(open: OperationCode['open']): OperationCode {
  return { needsProject: false, open };
}

/** The code of an operation that is about a project. */
export function projectOperation(
  open: (rows: OperationRows) => (call: ProjectCall) => Answer,
): OperationCode {
  return {
    needsProject: true,
    open: (rows) => {
      const answer = open(rows);
      return (call) => (hasProject(call) ? answer(call) : NO_PROJECT);
    },
  };
}

/** A call, which parses only what the code asks for. A class: closures for each request would cost more than `stats`. */
class RequestCall implements OperationCall {
  readonly request: HttpRequest;
  readonly parameters: OperationCall['parameters'];
  readonly requester: User | null;
  readonly project: Project | null;
  readonly now: Instant;

  constructor(
    request: HttpRequest,
    parameters: OperationCall['parameters'],
    requester: User | null,
    project: Project | null,
    now: Instant,
  ) {
    this.request = request;
    this.parameters = parameters;
    this.requester = requester;
    this.project = project;
    this.now = now;
  }

  get query(): URLSearchParams {
    return parseQuery(this.request.query);
  }

  get json(): unknown {
    const { body } = this.request;
    const json = body ? parseJson(body) : {};
    if (json === undefined) throw new ParseError('The body is not JSON.');
    return json;
  }
}

/** A body that is not JSON. */
class ParseError extends Error {}

/** Runs the code of an operation on a request. */
export function run(
  answer: (call: OperationCall) => Answer,
  ...[request, parameters, requester, project, now]: ConstructorParameters<typeof RequestCall>
): Answer {
  try {
    return answer(new RequestCall(request, parameters, requester, project, now));
  } catch (cause) {
    if (cause instanceof ParseError) return PARSE_ERROR;
    throw cause;
  }
}

/** provider/posthog/README.md §6 */
const PARSE_ERROR = errorAnswer(
  400,
  'invalid_request',
  'parse_error',
  'JSON parse error - the body is not valid JSON',
  'The operation reads the body, which is not JSON.',
);

function hasProject(call: OperationCall): call is ProjectCall {
  return call.project !== null;
}

/** Only where the mock has no project at all. */
const NO_PROJECT = notFound('Project not found.', 'The mock has no project at all.');
