import type { Contract, Operation } from '../contract/contract.ts';
import type { Answer, HeaderField, Reply } from '../contract/message.ts';
import { memoize } from '../memoize.ts';
import { printable } from '../text/printable.ts';
import type { Outcome } from './respond.ts';
import { type Preference, preferenceApplied } from './scenarios/prefer.ts';

/** Statuses whose responses never have a body. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/** The reply to a request that no operation matches. */
export function unmatchedReply(method: string, answer: Answer, hint: string, session: string | null): Reply {
  return toReply(method, answer, [['X-Mock-Hint', hint], ...sessionHeader(session)], 0);
}

/** The reply to a request that has an operation, but asks the mock for something it does not have. */
export function refusedReply(
  method: string,
  answer: Answer,
  operation: Operation,
  session: string | null,
): Reply {
  const headers = [
    ...routedHeaders(operation),
    ...sessionHeader(session),
    ['Allow', operation.allow] as const,
  ];
  return toReply(method, answer, headers, 0);
}

/** The reply that is nothing but a problem of the mock, before any mock has been asked. */
export function problemReply({ status, contentType, body }: Answer): Reply {
  return { kind: 'response', status, headers: [['Content-Type', contentType ?? PROBLEM]], body, delayMs: 0 };
}

const PROBLEM = 'application/problem+json';

function sessionHeader(session: string | null): readonly HeaderField[] {
  return session === null ? [] : [['X-Mock-Session', session]];
}

/** The reply of an operation, with the headers that say where it comes from. */
export function operationReply(
  method: string,
  operation: Operation,
  outcome: Outcome,
  contract: Contract,
  session: string | null,
  applied: readonly Preference[],
  delayMs: number,
): Reply {
  const { answer, scenario, source, synthetic } = outcome;
  if (answer === 'network-error') return { kind: 'network-error', delayMs };
  if (answer === 'timeout') return { kind: 'network-error', delayMs: Number.POSITIVE_INFINITY };
  const headers: HeaderField[] = [...answer.headers];
  // Every response of an operation has it (provider/posthog/README.md §6).
  addMissing(headers, 'Allow', operation.allow);
  if (answer.status === 401) addMissing(headers, 'WWW-Authenticate', challenge(contract));
  headers.push(
    ...routedHeaders(operation),
    ['X-Mock-Scenario', printable(scenario)],
    ['X-Mock-Source', source],
  );
  if (session !== null) headers.push(['X-Mock-Session', session]);
  if (synthetic) headers.push(['X-Mock-Synthetic', 'true']);
  if (applied.length > 0) headers.push(['Preference-Applied', preferenceApplied(applied)]);
  return toReply(method, answer, headers, delayMs);
}

const routedHeaders = memoize(({ id }: Operation): readonly HeaderField[] => [
  ['Vary', 'Prefer'],
  ['X-Mock-Operation', printable(id)],
]);

function toReply(method: string, answer: Answer, headers: readonly HeaderField[], delayMs: number): Reply {
  const { status, contentType, body } = answer;
  return {
    kind: 'response',
    status,
    headers: contentType === null ? headers : [['Content-Type', contentType], ...headers],
    body: method === 'HEAD' || WITHOUT_BODY.has(status) ? null : body,
    delayMs,
  };
}

function addMissing(headers: HeaderField[], name: string, value: string): void {
  const isThere = headers.some(([known]) => known.toLowerCase() === name.toLowerCase());
  if (!isThere) headers.push([name, value]);
}

/** Where a client finds out how to authenticate (provider/posthog/README.md §3). */
function challenge({ servers: [site = ''] }: Contract): string {
  return `Bearer resource_metadata="${printable(site.replace(/\/+$/, ''))}/.well-known/oauth-protected-resource"`;
}
