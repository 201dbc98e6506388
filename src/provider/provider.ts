import type { Contract, Operation, Scenario } from '../contract/contract.ts';
import type { Answer, HeaderField, HttpRequest } from '../contract/message.ts';
import type { Route, RoutingRules } from '../contract/router.ts';
import type { Database } from '../database/collection.ts';
import type { Reads } from '../database/reads.ts';
import type { Instant } from '../database/time.ts';
import type { JsonObject } from '../json.ts';
import type { ChangeRequests } from './change-requests.ts';

// mock/ takes the type from here, its one door; change-requests.ts has the shape, which is PostHog's.
export type { ChangeRequests } from './change-requests.ts';

/** How a real API behaves: everything that a contract cannot say. Each mock and each session has one of its own. */
export interface Provider {
  /** Answers a routed request, by the forced scenario or as the API would. */
  respond(call: ProviderCall): Outcome | Refusal;
  /** Headers that the API sends with every response of an operation, unless the contract gives them a value. */
  headers(operation: Operation, status: number): readonly HeaderField[];
  /** What the API says where no operation matches; `null`: the mock says it, as a problem. */
  unmatched(request: HttpRequest): Answer | null;
  /** `null` where the API has no approvals. */
  readonly changeRequests: ChangeRequests | null;
  /** Called when a scenario has been selected. */
  rearm(): void;
  /** Back to the start; the rows are those of the start already. */
  reset(): void;
  /** What it keeps beside the rows, as a snapshot has it. */
  state(): JsonObject;
  /**
   * Reads a state from a snapshot.
   * @returns a function that goes back to it.
   * @throws {UsageTypeError} when it is not a state of this provider.
   */
  readState(state: unknown): () => void;
}

/** A kind of provider, shared by all mocks that have it. */
export interface ProviderKind<P extends Provider = Provider> {
  readonly routing: RoutingRules;
  /** The shell variable for a key in a command that is shown, as the API's documentation names it: `$API_KEY`. */
  readonly keyVariable: string;
  /** Why nobody can give it rows, as a sentence; `null`: it answers from rows. */
  readonly noRows: string | null;
  /** What `ok` answers with, for the catalogue. */
  readonly okSummary: string;
  /** The scenarios that operations have beside the contract's own. Where both have a name, the contract's counts. */
  scenarios(contracts: Contracts): ScenariosOf;
  open(context: ProviderContext): P;
}

/** The scenarios of an operation, by name. */
export type ScenariosOf = (operation: Operation) => ReadonlyMap<string, Scenario>;

/** The contract of a mock, and the one that comes with the package; they may be the same. */
export interface Contracts {
  readonly contract: Contract;
  readonly packaged: Contract;
}

/** The parts of a mock that a provider works with. */
export interface ProviderContext {
  readonly contract: Contract;
  /** Rows to read while a request is answered. */
  readonly reads: Reads;
  /** Rows to write. */
  readonly database: Database;
  readonly now: () => Instant;
  /** Whether keys and scopes are checked. If not, there is no 401 and no 403, and requests act as the first user. */
  readonly enforcesAuth: boolean;
  readonly enforcesThrottle: boolean;
}

/** A routed request, at one moment of the mock's clock. */
export interface ProviderCall {
  readonly request: HttpRequest;
  readonly route: Route;
  readonly now: Instant;
  /** The scenario to answer with; `null`: as the API would. */
  readonly forced: Scenario | null;
}

/**
 * `database`: computed as the API does, refusals included; `example`: verbatim from the contract; `schema`: made from a
 * schema of the contract; `responder`: forced, but computed.
 */
export type Source = 'database' | 'example' | 'schema' | 'responder';

/** The answer to a routed request, and where it comes from. */
export interface Outcome {
  /** A string: no HTTP response is sent, and why. */
  readonly answer: Answer | 'network-error' | 'timeout';
  /** The scenario that answers: `ok` unless one is forced. */
  readonly scenario: string;
  /** `null`: it follows from HTTP alone, or the contract describes no response. */
  readonly source: Source | null;
  /** The live API cannot give this answer on this operation. */
  readonly synthetic: boolean;
  /** Whether the selected scenario answered, and not a refusal of the request's format or method. */
  readonly reached: boolean;
}

/** A request that the API refuses in words that nobody knows: the mock says it, as a problem. */
export interface Refusal {
  readonly refusal: 'METHOD_NOT_ALLOWED' | 'NOT_ACCEPTABLE' | 'UNAUTHENTICATED';
  readonly detail: string;
  readonly headers: readonly HeaderField[];
}
