import type { Operation } from '../../contract/contract.ts';
import type { Answer } from '../../contract/message.ts';
import type { Database } from '../../database/collection.ts';
import { type Posthog, type RoutedRequest, requesterOf } from './answer.ts';
import { approvalRequired, changeRequestPending } from './approvals/gate.ts';
import { missingScope } from './authorise.ts';
import { PROJECT_PARAMETER, projectOf } from './project.ts';

/** What a forced answer may depend on besides its example. */
export interface ForcedRequest extends RoutedRequest {
  readonly posthog: Posthog;
  readonly database: Database;
  /** The contract's example of the scenario. */
  readonly example: Answer;
  /** Applied change requests that an earlier choice of scenario has dealt with. */
  readonly settled: ReadonlySet<string>;
}

/** Computes a forced answer; `null` when the scenario has run its course and nothing is forced any more. */
export type Responder = (forced: ForcedRequest) => Answer | null;

/** The scenarios whose body depends on rows or on the contract, by name. */
export const RESPONDERS: ReadonlyMap<string, Responder> = new Map([
  ['missing-scope', missingScopeOf],
  ['approval-required', (forced) => approvalRequired(gateCall(forced))],
  ['change-request-pending', (forced) => changeRequestPending(gateCall(forced))],
]);

/** Names the scope that the contract requires; the example where it requires none. */
function missingScopeOf({ route, example }: ForcedRequest): Answer {
  const scope = firstScope(route.operation);
  return scope === undefined ? example : { ...example, body: missingScope(scope).body };
}

function firstScope({ security }: Operation): string | undefined {
  return security.find(({ scopes }) => scopes.length > 0)?.scopes[0];
}

function gateCall({ posthog, request, route, example, database, now, settled }: ForcedRequest) {
  const { reads } = posthog;
  const requester = requesterOf(posthog, request);
  const segment = route.parameters[PROJECT_PARAMETER];
  const named = segment === undefined ? undefined : projectOf(segment, requester, reads);
  return {
    requester,
    project: named ?? reads.firstProject() ?? null,
    example,
    reads,
    database,
    now,
    settled,
  };
}
