import { PLAIN_ROUTING } from '../../contract/router.ts';
import { isObject } from '../../json.ts';
import { shown } from '../../text/shown.ts';
import { UsageTypeError } from '../../usage-error.ts';
import type { Provider, ProviderContext, ProviderKind } from '../provider.ts';
import { answer } from './answer.ts';
import { challengesOf } from './authenticate.ts';
import { scenariosOf } from './scenarios.ts';

/** An API of which nothing is known but its contract. It has no rows, no limits and no approvals. */
export const byContract: ProviderKind = {
  routing: PLAIN_ROUTING,
  keyVariable: '$API_KEY',
  noRows:
    '"fixtures" are rows of PostHog, from which the provider "contract" does not answer; leave them out, or use the provider "posthog".',
  okSummary: 'Forces nothing: the answer is made from the contract',
  scenarios: () => scenariosOf,
  open,
};

/** @throws {UsageTypeError} when it has to throttle. */
function open(context: ProviderContext): Provider {
  if (context.enforcesThrottle) {
    throw new UsageTypeError(
      '"throttle" is about PostHog\'s limits, which the provider "contract" does not have; expected "off", or the provider "posthog".',
    );
  }
  return {
    respond: (call) => answer(context, call),
    headers: (operation, status) => (status === 401 ? challengesOf(operation) : []),
    unmatched: () => null,
    changeRequests: null,
    rearm: () => {},
    reset: () => {},
    state: () => ({}),
    readState,
  };
}

function readState(state: unknown): () => void {
  if (isObject(state) && Object.keys(state).length === 0) return () => {};
  throw new UsageTypeError(
    `"provider" of a snapshot is {} for the provider "contract"; found ${shown(state)}.`,
  );
}
