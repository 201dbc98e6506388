import { OK, type Operation } from '../contract/contract.ts';
import type { Answer, HttpRequest } from '../contract/message.ts';
import type { Route } from '../contract/router.ts';
import type { Instant } from '../database/time.ts';
import type { Outcome, Provider, ProviderCall, Refusal } from '../provider/provider.ts';
import type { Secrets } from '../text/secrets.ts';
import { type AnswerChecks, checkAnswer } from './check-answer.ts';
import { type Checks, checksOf, NOTHING_BROKEN } from './checks.ts';
import type { MockClock } from './clock.ts';
import type { Answered, CoverageCounter } from './coverage/counter.ts';
import { type DelayRange, drawDelay } from './delay.ts';
import { joinHints } from './hint.ts';
import type { MockJournal } from './journal/journal.ts';
import { LimitError } from './limit-error.ts';
import type { PactRecorder } from './pact/recorder.ts';
import { problem, withoutKnownKeys } from './problem.ts';
import { AT_ONCE, type Provenance, type Reply, toReply } from './reply.ts';
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

function answerRouted(parts: AnswerParts, { request, route, now, secrets, refuseDelay }: RoutedCall): Reply {
  const { provider, catalogue, session } = parts;
  const { operation } = route;
  const { method } = request;

  const verdict = route.hasMethod && parts.checkRequest ? parts.checkRequest(route, request) : NOTHING_FOUND;
  const found = checksOf(verdict, secrets);
  const refuse = (refusal: Answer) => answerRefused(parts, request, route, refusal, found, secrets);

  const selection = select(request, operation, parts.choices, catalogue);
  if ('refusal' in selection) return refuse(selection.refusal);

  const outcome = respond(provider, { request, route, now, forced: selection.forced });
  if (outcome instanceof LimitError) return refuse(outcome.answer);
  if ('refusal' in outcome) return refuse(toProblem(outcome));
  if (parts.refusesRequests && verdict !== NOTHING_FOUND && !isRefusedEarlier(outcome))
    return refuse(refuseRequest(operation, verdict));
  if (selection.isChoice && outcome.reached) parts.countAnswer(operation);

  const { scenario, source, synthetic } = outcome;
  const apiHeaders =
    typeof outcome.answer === 'string' ? [] : provider.headers(operation, outcome.answer.status);
  const { answer, checks } = checkAnswer(parts, route, outcome, apiHeaders, found, secrets);
  const delayMs =
    answer === 'timeout'
      ? Number.POSITIVE_INFINITY
      : (selection.delay?.ms ?? drawDelay(selection.choiceDelay ?? parts.delay));
  const refusal = delayMs > 0 ? refuseDelay() : null;
  if (refusal) return refuse(refusal);
  if (route.hasMethod && answer === outcome.answer) parts.coverage.count(answered(request, route, outcome));
  const hint = hintOf(
    secrets,
    typeof answer === 'string' ? null : answer.hint,
    // A forced answer does not depend on the request.
    scenario === OK ? verdict.hint : null,
    selection.hint,
  );
  const provenance = { operation: operation.id, scenario, source, session, hint };
  if (typeof answer === 'string') {
    return { kind: 'network-error', delayMs, provenance, checks, redaction: secrets };
  }
  return toReply({
    method,
    answer,
    provenance,
    checks,
    operation,
    apiHeaders: answer === outcome.answer ? apiHeaders : provider.headers(operation, answer.status),
    synthetic,
    applied: appliedPreferences(selection, outcome),
    delayMs,
    redaction: secrets,
  });
}

/** What coverage has of an answer. One that breaks the contract and became a problem is not an answer of the API. */
function answered(request: HttpRequest, { operation }: Route, { answer, scenario }: Outcome): Answered {
  return {
    operation: operation.id,
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

/** What an answer writes may be more than there is room for. */
function respond(provider: Provider, call: ProviderCall): Outcome | Refusal | LimitError {
  try {
    return provider.respond(call);
  } catch (cause) {
    if (cause instanceof LimitError) return cause;
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
  { method }: HttpRequest,
  { operation }: Route,
  refusal: Answer,
  checks: Checks,
  secrets: Secrets,
): Reply {
  const answer = withoutKnownKeys(refusal, secrets);
  const provenance: Provenance = {
    operation: operation.id,
    scenario: null,
    source: null,
    session,
    hint: hintOf(secrets, answer.hint),
  };
  const apiHeaders = provider.headers(operation, answer.status);
  return toReply({
    ...AT_ONCE,
    method,
    answer,
    provenance,
    checks,
    operation,
    apiHeaders,
    redaction: secrets,
  });
}

const NONE_APPLIED: readonly Preference[] = [];

/** The preferences that made a difference: a scenario only if it answered. */
function appliedPreferences({ chosenBy, delay }: Selection, { reached }: Outcome): readonly Preference[] {
  if (!chosenBy && !delay) return NONE_APPLIED;
  return [...(chosenBy && reached ? [chosenBy] : []), ...(delay ? [delay.preference] : [])];
}
