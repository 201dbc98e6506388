import type { Contract, Operation } from '../../contract/contract.ts';
import type { HeaderField } from '../../contract/message.ts';
import type { RoutingRules } from '../../contract/router.ts';
import { isObject } from '../../json.ts';
import { memoize } from '../../memoize.ts';
import { decodeLeniently, printable } from '../../text/printable.ts';
import { shown } from '../../text/shown.ts';
import { UsageTypeError } from '../../usage-error.ts';
import type { ChangeRequests, Provider, ProviderContext, ProviderKind } from '../provider.ts';
import { answer } from './answer.ts';
import { openChangeRequests } from './approvals/change-requests.ts';
import { notFound } from './errors.ts';
import type { OperationCode } from './operations/operation.ts';
import { OPERATIONS } from './operations/operations.ts';
import type { PosthogParts } from './parts.ts';
import { scenariosFor } from './scenarios.ts';
import { createThrottle } from './throttle.ts';

export interface PosthogProvider extends Provider {
  readonly changeRequests: ChangeRequests;
}

/** PostHog's behaviour with these operations computed. */
export function posthogWith(
  operations: Readonly<Record<string, OperationCode>>,
): ProviderKind<PosthogProvider> {
  return {
    routing: DJANGO,
    keyVariable: '$POSTHOG_PERSONAL_API_KEY',
    noRows: null,
    okSummary: 'Forces nothing: the answer is computed from the rows',
    scenarios: scenariosFor,
    open: (context) => openPosthog(context, operations),
  };
}

/** Whether a contract is about PostHog: it has an operation that is computed here. */
export function isPosthog({ operations }: Contract): boolean {
  return operations.some(({ id }) => Object.hasOwn(OPERATIONS, id));
}

/** How Django REST framework routes (provider/posthog/README.md §6). */
const DJANGO: RoutingRules = {
  allowsDots: false,
  ignoresTrailingSlash: true,
  takesFormatSuffix: true,
  splitsEncodedSlashes: true,
  methodDecides: false,
};

/** PostHog as the facts in README.md describe it. */
export const posthog = posthogWith(OPERATIONS);

function openPosthog(
  context: ProviderContext,
  operations: Readonly<Record<string, OperationCode>>,
): PosthogProvider {
  const { contract, reads } = context;
  const appliedRequests = () =>
    new Set(
      reads
        .changeRequests()
        .filter(({ state }) => state === 'applied')
        .map(({ id }) => id),
    );
  const parts: PosthogParts = {
    ...context,
    throttle: context.enforcesThrottle ? createThrottle() : null,
    operations: new Map(
      Object.entries(operations).map(([id, { needsProject, open }]) => [
        id,
        { needsProject, answer: open(context) },
      ]),
    ),
    settled: appliedRequests(),
  };
  const rearm = () => {
    parts.settled = appliedRequests();
  };
  return {
    respond: (call) => answer(parts, call),
    headers: headersFor(contract.servers),
    unmatched: ({ path }) =>
      // Only paths below /api/ are PostHog's API.
      decodeLeniently(path).startsWith('/api/') ? notFound('Endpoint not found.') : null,
    changeRequests: openChangeRequests(context),
    // Selecting a scenario re-arms the gate: change requests applied earlier no longer open it.
    rearm,
    reset: () => {
      parts.throttle?.reset();
      rearm();
    },
    state: () => ({ settled: [...parts.settled] }),
    readState: (state) => {
      const settled = readSettled(state);
      return () => {
        // Others would only take room.
        parts.settled = new Set([...appliedRequests()].filter((id) => settled.has(id)));
        parts.throttle?.reset();
      };
    },
  };
}

/** Every response has `Allow`, and a 401 a challenge (provider/posthog/README.md §3 and §6). */
const headersFor = memoize((servers: readonly string[]): Provider['headers'] => {
  const site = servers.find((url) => /^https?:/i.test(url)) ?? CLOUD;
  const url = `${site.replace(/(?<!\/)\/+$/, '')}/.well-known/oauth-protected-resource`;
  const challenge: HeaderField = ['WWW-Authenticate', `Bearer resource_metadata="${printable(url)}"`];
  const allow = memoize(({ allow }: Operation): readonly HeaderField[] => [['Allow', allow]]);
  return (operation, status) => (status === 401 ? [...allow(operation), challenge] : allow(operation));
});

/** Where the site is not known: the published description has the server `/`. */
const CLOUD = 'https://us.posthog.com';

function readSettled(state: unknown): ReadonlySet<string> {
  const settled = isObject(state) ? state.settled : undefined;
  if (Array.isArray(settled) && settled.every((id) => typeof id === 'string')) return new Set(settled);
  throw new UsageTypeError(
    `"provider" of a snapshot is { settled: [ids of change requests] }; found ${shown(state)}.`,
  );
}
