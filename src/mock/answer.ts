import type { Operation } from '../contract/contract.ts';
import type { Answer, HttpRequest } from '../contract/message.ts';
import type { Route } from '../contract/router.ts';
import type { Instant } from '../database/time.ts';
import type { Outcome, Provider, Refusal } from '../provider/provider.ts';
import type { Secrets } from '../text/secrets.ts';
import { type AnswerChecks, type CheckedAnswer, checkAnswer } from './check-answer.ts';
import { type Checks, checksOf, NOTHING_BROKEN } from './checks.ts';
import type { MockClock } from './clock.ts';
import type { Answered, CoverageCounter } from './coverage/counter.ts';
import { type DelayRange, drawDelay } from './delay.ts';
import { joinHints } from './hint.ts';
import type { MockJournal } from './journal/journal.ts';
import { LimitError } from './limit-error.ts';
import type { PactRecorder } from './pact/recorder.ts';
import { problem, withoutKnownKeys } from './problem.ts';
import { AT_ONCE, type Reply, toReply } from './reply.ts';
import { NOTHING_FOUND } from './request-check/finding.ts';
import { isRefusedEarlier, refuseRequest } from './request-check/refuse.ts';
import type { RequestCheck } from './request-check/request-check.ts';
import { type MockRouter, noPathMatched } from './route.ts';
import type { Catalogue } from './scenarios/catalogue.ts';
import type { Choices } from './scenarios/choices.ts';
import type { Preference } from './scenarios/prefer.ts';
import { type Selection, select } from './scenarios/select.ts';

/** The parts of a mock that answer a request. */
export interface AnswerParts extends AnswerChecks {
  readonly catalogue: Catalogue;
  readonly router: MockRouter;
  readonly provider: Provider;
  readonly clock: MockClock;
  readonly journal: MockJournal;
  readonly pacts: PactRecorder;
  readonly coverage: CoverageCounter;
  /** `null`: requests are not checked. */
  readonly checkRequest: RequestCheck | null;
  /** Whether a request that breaks the contract is refused. */
  readonly refusesRequests: boolean;
  readonly delay: DelayRange;
  /** The id of the session that answers; `null`: the mock itself. */
  readonly session: string | null;
  /** What is selected at present. */
  readonly choices: Choices;
  /** What must not be shown, by the rows at present. */
  readonly secrets: Secrets;
  /** The same, with the credentials of a request. */
  secretsIn(request: HttpRequest): Secrets;
  /** Counts one answer against the `times` of the operation's current choice. */
  countAnswer(operation: Operation): void;
}

/** Why an answer may not wait for its delay; `null`: it may. */
export type RefuseDelay = () => Answer | null;

const DELAYS_ALL: RefuseDelay = () => null;

/**
 * One request's way: route it to an operation, select a scenario, let the provider respond, check the answer against
 * the contract, make the reply and put it into the journal.
 */
export function answer(
  parts: AnswerParts,
  request: HttpRequest,
  refuseDelay: RefuseDelay = DELAYS_ALL,
): Reply {
  const startedAt = performance.now();
  const now = parts.clock.instant();
  const route = parts.router.match(request);
  const secrets = parts.secretsIn(request);
  const reply = route
    ? answerRouted(parts, { request, route, now, secrets, refuseDelay })
    : answerUnmatched(parts, request, secrets);
  const record = { instant: now, request, reply, computingMs: performance.now() - startedAt };
  parts.journal.record(record);
  parts.pacts.record(record);
  return reply;
}

/**
 * Records a request that the mock does not answer, if it comes near an operation.
 * @returns what differs; `null` where no operation is near.
 */
export function recordNearMiss(parts: AnswerParts, request: HttpRequest): string | null {
  const { router, clock, journal, session } = parts;
  const secrets = parts.secretsIn(request);
  const found = router.explainNearMiss(request);
  if (found === null) return null;
  const hint = secrets.hideKnown(found);
  const provenance = { operation: null, scenario: null, source: null, session, hint };
  const reply: Reply = {
    kind: 'network-error',
    delayMs: Number.POSITIVE_INFINITY,
    provenance,
    checks: NOTHING_BROKEN,
    redaction: secrets,
  };
  journal.record({ instant: clock.instant(), request, reply, computingMs: 0 });
  return hint;
}

interface RoutedCall {
  readonly request: HttpRequest;
  readonly route: Route;
  readonly now: Instant;
  readonly secrets: Secrets;
  readonly refuseDelay: RefuseDelay;
}

function answerRouted(parts: AnswerParts, call: RoutedCall): Reply {
  const { request, route, secrets, refuseDelay } = call;
  const { operation, hasMethod } = route;

  const verdict = hasMethod && parts.checkRequest ? parts.checkRequest(route, request) : NOTHING_FOUND;
  const found = checksOf(verdict, secrets);
  const refuse = (refusal: Answer) => answerRefused(parts, call, refusal, found);

  const selection = select(request, operation, parts.choices, parts.catalogue);
  if ('refusal' in selection) return refuse(selection.refusal);

  const outcome = respond(parts.provider, call, selection);
  if ('refusal' in outcome) return refuse(outcome.refusal);
  if (parts.refusesRequests && verdict !== NOTHING_FOUND && !isRefusedEarlier(outcome))
    return refuse(refuseRequest(operation, verdict));
  if (selection.isChoice && outcome.reached) parts.countAnswer(operation);

  const checked = checkAnswer(parts, route, outcome, found, secrets);
  const delayMs = delayOf(checked, selection, parts.delay);
  const refusal = delayMs > 0 ? refuseDelay() : null;
  if (refusal) return refuse(refusal);
  if (hasMethod && checked.answer === outcome.answer) parts.coverage.count(answered(call, outcome));

  return replyTo(parts, call, { selection, outcome, checked, delayMs, requestHint: verdict.hint });
}

/** In milliseconds. */
function delayOf({ answer }: CheckedAnswer, { delay, choiceDelay }: Selection, ofMock: DelayRange): number {
  return answer === 'timeout' ? Number.POSITIVE_INFINITY : (delay?.ms ?? drawDelay(choiceDelay ?? ofMock));
}

/** What the steps of an answer gave. */
interface Steps {
  readonly selection: Selection;
  readonly outcome: Outcome;
  readonly checked: CheckedAnswer;
  readonly delayMs: number;
  /** How the request breaks the contract; `null`: it does not, or is not checked. */
  readonly requestHint: string | null;
}

function replyTo(
  { provider, session }: AnswerParts,
  { request, route: { operation }, secrets }: RoutedCall,
  { selection, outcome, checked: { answer, checks }, delayMs, requestHint }: Steps,
): Reply {
  const { scenario, source, synthetic } = outcome;
  const answerHint = typeof answer === 'string' ? null : answer.hint;
  const hint = hintOf(secrets, answerHint, requestHint, selection.hint);
  const provenance = { operation: operation.id, scenario, source, session, hint };
  if (typeof answer === 'string')
    return { kind: 'network-error', delayMs, provenance, checks, redaction: secrets };
  return toReply({
    method: request.method,
    answer,
    provenance,
    checks,
    operation,
    apiHeaders: provider.headers(operation, answer.status),
    synthetic,
    applied: appliedPreferences(selection, outcome),
    delayMs,
    redaction: secrets,
  });
}

/** What coverage has of an answer. One that breaks the contract and became a problem is not an answer of the API. */
function answered({ request, route }: RoutedCall, { answer, scenario }: Outcome): Answered {
  return {
    operation: route.operation.id,
    status: typeof answer === 'string' ? null : answer.status,
    scenario,
    request,
  };
}

/** A hint may name keys of the packaged rows, but no others. */
function hintOf(secrets: Secrets, ...hints: readonly (string | null | undefined)[]): string | null {
  const hint = joinHints(...hints);
  return hint === null ? null : secrets.hideKnown(hint);
}

/** What the API answers; refused where the mock has no room for what it writes. */
function respond(
  provider: Provider,
  { request, route, now }: RoutedCall,
  { forced }: Selection,
): Outcome | { readonly refusal: Answer } {
  try {
    const outcome = provider.respond({ request, route, now, forced });
    return 'refusal' in outcome ? { refusal: toProblem(outcome) } : outcome;
  } catch (cause) {
    if (cause instanceof LimitError) return { refusal: cause.answer };
    throw cause;
  }
}

function toProblem({ refusal, detail, headers }: Refusal): Answer {
  return { ...problem(refusal, detail), headers };
}

/** No operation matches: the API's own words, or a problem, and a hint. */
function answerUnmatched(
  { router, provider, session }: AnswerParts,
  request: HttpRequest,
  secrets: Secrets,
): Reply {
  const hint = secrets.hideKnown(router.explain(request));
  const answer = provider.unmatched(request) ?? noPathMatched(request, hint, secrets);
  const provenance = { operation: null, scenario: null, source: null, session, hint };
  const { method } = request;
  return toReply({
    ...AT_ONCE,
    method,
    answer,
    provenance,
    checks: NOTHING_BROKEN,
    operation: null,
    apiHeaders: [],
    redaction: secrets,
  });
}

/** The request asks the mock for something that it does not have. */
function answerRefused(
  { provider, session }: AnswerParts,
  { request, route: { operation }, secrets }: RoutedCall,
  refusal: Answer,
  checks: Checks,
): Reply {
  const answer = withoutKnownKeys(refusal, secrets);
  const hint = hintOf(secrets, answer.hint);
  return toReply({
    ...AT_ONCE,
    method: request.method,
    answer,
    provenance: { operation: operation.id, scenario: null, source: null, session, hint },
    checks,
    operation,
    apiHeaders: provider.headers(operation, answer.status),
    redaction: secrets,
  });
}

const NONE_APPLIED: readonly Preference[] = [];

/** The preferences that made a difference: a scenario only if it answered. */
function appliedPreferences({ chosenBy, delay }: Selection, { reached }: Outcome): readonly Preference[] {
  if (!chosenBy && !delay) return NONE_APPLIED;
  return [...(chosenBy && reached ? [chosenBy] : []), ...(delay ? [delay.preference] : [])];
}
