import type { Operation } from '../../contract/contract.ts';
import type { Answer, HttpRequest } from '../../contract/message.ts';
import type { Route } from '../../contract/router.ts';
import type { Reads } from '../../database/reads.ts';
import type { Project, User } from '../../database/rows/types.ts';
import type { Instant } from '../../database/time.ts';
import { authenticate, type Requester } from './authenticate.ts';
import { authorise } from './authorise.ts';
import { notFound } from './errors.ts';
import { asksFor, asksForOptions, methodNotAllowed, optionsAnswer } from './method.ts';
import type { OperationCode } from './operations/operation-code.ts';
import { PROJECT_PARAMETER, projectOf } from './project.ts';
import type { Throttle } from './throttle.ts';

/** A request that has been routed, at one moment of the mock's clock. */
export interface RoutedRequest {
  readonly request: HttpRequest;
  readonly route: Route;
  readonly now: Instant;
}

/** What PostHog's answers depend on. */
export interface Posthog {
  readonly reads: Reads;
  /** Without it, nobody is refused: no 401, no 403, and the first user asks. */
  readonly enforcesAuth: boolean;
  /** `null`: requests are not counted. */
  readonly throttle: Throttle | null;
  readonly operations: ReadonlyMap<string, OperationCode>;
}

/** An answer, and whether it was computed or is what the contract has for an operation without code. */
export interface PosthogAnswer {
  readonly answer: Answer;
  readonly source: 'database' | 'example';
}

/**
 * Answers a request in PostHog's own order, negotiation behind it: authentication, project and permissions,
 * throttle, method, operation (provider/posthog/README.md §6). An operation without code answers as the contract has it.
 */
export function answerAsPosthog(posthog: Posthog, { request, route, now }: RoutedRequest): PosthogAnswer {
  const { operation } = route;
  const admitted = admit(posthog, request, route);
  if ('refusal' in admitted) return computed(admitted.refusal);
  const { requester, project } = admitted;
  const throttled = requester && posthog.throttle?.admit(requester.key.value, now);
  if (throttled) return computed(throttled);
  if (asksForOptions(operation, request.method)) return computed(optionsAnswer(operation));
  if (!asksFor(operation, request.method)) return computed(methodNotAllowed(request.method));
  const code = posthog.operations.get(operation.id);
  if (!code || !project) return { answer: operation.ok, source: 'example' };
  return computed(code({ project, query: request.query, now }));
}

function computed(answer: Answer): PosthogAnswer {
  return { answer, source: 'database' };
}

interface Admitted {
  /** `null` when the operation needs no key, or when nobody has to show one. */
  readonly requester: Requester | null;
  /** `null` when the path names no project. */
  readonly project: Project | null;
}

function admit(
  posthog: Posthog,
  request: HttpRequest,
  route: Route,
): Admitted | { readonly refusal: Answer } {
  const { reads, enforcesAuth } = posthog;
  const { operation, parameters } = route;
  const requester = needsKey(posthog, operation) ? authenticate(request, reads) : null;
  if (requester && 'refusal' in requester) return requester;
  const segment = parameters[PROJECT_PARAMETER];
  const user = enforcesAuth ? (requester?.user ?? null) : (reads.firstUser() ?? null);
  const project = segment === undefined ? null : projectOf(segment, user, reads);
  if (project === undefined) return { refusal: notFound('Project not found.') };
  const refusal = requester && authorise(requester, operation.security, project, reads);
  return refusal ? { refusal } : { requester, project };
}

function needsKey({ enforcesAuth }: Posthog, { security }: Operation): boolean {
  return enforcesAuth && security.length > 0;
}

/** Who asks, as far as the request and the rows tell, without refusing anybody. */
export function requesterOf({ reads, enforcesAuth }: Posthog, request: HttpRequest): User | null {
  if (!enforcesAuth) return reads.firstUser() ?? null;
  const found = authenticate(request, reads);
  return 'user' in found ? found.user : null;
}
