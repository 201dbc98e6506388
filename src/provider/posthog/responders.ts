import type { Operation } from '../../contract/contract.ts';
import type { Answer } from '../../contract/message.ts';
import type { ScenarioName } from '../../generated/names.ts';
import type { ProviderCall } from '../provider.ts';
import { type ConflictCode, raiseGate } from './approvals/gate.ts';
import { likelyUser } from './authenticate.ts';
import { missingScope } from './authorise.ts';
import type { PosthogParts } from './parts.ts';
import { likelyProject } from './project.ts';

/** A request whose scenario is forced. */
interface ForcedCall {
  readonly parts: PosthogParts;
  readonly call: ProviderCall;
  /** The contract's example of the scenario. */
  readonly example: Answer;
}

/** Computes a forced answer; `null` when the scenario has ended and nothing is forced any more. */
type Responder = (forced: ForcedCall) => Answer | null;

const BY_SCENARIO: { readonly [Name in ScenarioName]?: Responder } = {
  'missing-scope': missingScopeOf,
  'approval-required': gateWith('approval_required'),
  'change-request-pending': gateWith('change_request_pending'),
};

/** The scenarios whose body depends on rows or on the contract. */
export const RESPONDERS: ReadonlyMap<string, Responder> = new Map(Object.entries(BY_SCENARIO));

/** Names the scope that the contract requires. Where it requires none, the example stays as it is. */
function missingScopeOf({ call, example }: ForcedCall): Answer {
  const scope = firstScope(call.route.operation);
  return scope === undefined ? example : { ...example, body: missingScope(scope).body };
}

function firstScope({ security }: Operation): string | undefined {
  return security.find(({ scopes }) => scopes.length > 0)?.scopes[0];
}

function gateWith(first: ConflictCode): Responder {
  return ({ parts, call, example }) => {
    const requester = likelyUser(parts, call.request);
    const project = likelyProject(call.route, requester, parts.reads);
    return raiseGate(parts, { requester, project, example, now: call.now }, first);
  };
}
