import type { Contract, Operation } from '../contract/contract.ts';
import type { Answer, HttpRequest, Reply } from '../contract/message.ts';
import type { Route } from '../contract/router.ts';
import type { Instant } from '../database/time.ts';
import { asksFor } from '../provider/posthog/method.ts';
import type { AnswerCheck } from './check.ts';
import type { MockClock } from './clock.ts';
import { type DelayRange, drawDelay } from './delay.ts';
import type { JournalRecord } from './journal/entry.ts';
import type { MockJournal } from './journal/journal.ts';
import { problem } from './problem.ts';
import { operationReply, refusedReply, unmatchedReply } from './reply.ts';
import { type Outcome, type RespondParts, respond } from './respond.ts';
import type { MockRouter } from './route.ts';
import type { Names } from './scenarios/catalogue.ts';
import type { Choices } from './scenarios/choices.ts';
import type { Preference } from './scenarios/prefer.ts';
import { type Selection, select } from './scenarios/select.ts';

/** What the answers of a mock depend on. Read anew for every request. */
export interface AnswerParts extends RespondParts {
  readonly contract: Contract;
  readonly names: Names;
  readonly router: MockRouter;
  readonly clock: MockClock;
  readonly journal: MockJournal;
  /** `null`: answers are not checked. */
  readonly check: AnswerCheck | null;
  readonly delay: DelayRange;
  /** The id of the session that answers; `null`: the mock is none. */
  readonly session: string | null;
  readonly choices: Choices;
  /** An answer was given by the choice that is selected for an operation. */
  countAnswer(operation: Operation): void;
}

/** One request's way: route → select → answer → check → journal → reply. */
export function answer(parts: AnswerParts, request: HttpRequest): Reply {
  const arrival: Arrival = { request, now: parts.clock.instant(), startedAt: performance.now() };
  const route = parts.router.match(request);
  if (!route) return answerUnmatched(parts, arrival);

  const selection = select(request, route.operation, parts.choices, parts.names);
  if ('refusal' in selection) return answerRefused(parts, arrival, route, selection.refusal);

  const outcome = respond(parts, { request, route, now: arrival.now }, selection.forced);
  if (selection.isChoice && outcome.reached) parts.countAnswer(route.operation);

  const checked = checkOutcome(parts, request, route, outcome);
  const reply = operationReply(
    request.method,
    route.operation,
    checked,
    parts.contract,
    parts.session,
    applied(selection, outcome),
    selection.delay?.ms ?? drawDelay(selection.choiceDelay ?? parts.delay),
  );
  const { scenario, source } = checked;
  record(parts, arrival, reply, { operation: route.operation.id, scenario, source, hint: null });
  return reply;
}

/** A request at the moment at which it came. */
interface Arrival {
  readonly request: HttpRequest;
  /** By the mock's clock. */
  readonly now: Instant;
  /** By a stopwatch, in milliseconds. */
  readonly startedAt: number;
}

function answerUnmatched(parts: AnswerParts, arrival: Arrival): Reply {
  const { answer, hint } = parts.router.miss(arrival.request);
  const reply = unmatchedReply(arrival.request.method, answer, hint, parts.session);
  record(parts, arrival, reply, { operation: null, scenario: null, source: null, hint });
  return reply;
}

function answerRefused(parts: AnswerParts, arrival: Arrival, { operation }: Route, refusal: Answer): Reply {
  const reply = refusedReply(arrival.request.method, refusal, operation, parts.session);
  record(parts, arrival, reply, { operation: operation.id, scenario: null, source: null, hint: null });
  return reply;
}

function record(
  { journal }: AnswerParts,
  { request, now, startedAt }: Arrival,
  reply: Reply,
  { operation, scenario, source, hint }: Pick<JournalRecord, 'operation' | 'scenario' | 'source' | 'hint'>,
): void {
  const computingMs = performance.now() - startedAt;
  journal.record({ instant: now, request, reply, computingMs, operation, scenario, source, hint });
}

/** Examples were checked when the contract was read; what the contract does not describe cannot be checked. */
function checkOutcome(
  { check }: AnswerParts,
  { method }: HttpRequest,
  { operation }: Route,
  outcome: Outcome,
): Outcome {
  const { answer, source } = outcome;
  if (!check || typeof answer === 'string' || source === 'example' || !asksFor(operation, method)) {
    return outcome;
  }
  const violations = check(operation, answer);
  if (violations.length === 0) return outcome;
  const detail = `The answer of ${operation.id} with status ${answer.status} breaks the schema that the contract has for it.`;
  const errors = violations.map((violation) => ({ in: 'body' as const, ...violation }));
  return { ...outcome, answer: problem('MOCK_RESPONSE_INVALID', detail, errors) };
}

/** The preferences that made a difference: a scenario only if it answered. */
function applied({ chosenBy, delay }: Selection, { reached }: Outcome): readonly Preference[] {
  return [...(chosenBy && reached ? [chosenBy] : []), ...(delay ? [delay.preference] : [])];
}
