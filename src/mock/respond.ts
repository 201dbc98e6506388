import { OK, type Scenario } from '../contract/contract.ts';
import type { Answer } from '../contract/message.ts';
import type { Database } from '../database/collection.ts';
import { answerAsPosthog, type Posthog, type RoutedRequest } from '../provider/posthog/answer.ts';
import { asksFor, asksForOptions, methodNotAllowed } from '../provider/posthog/method.ts';
import { negotiate } from '../provider/posthog/negotiate.ts';
import { RESPONDERS } from '../provider/posthog/responders.ts';
import type { Source } from './journal/journal.ts';

/** What a routed request meets, and where that comes from. */
export interface Outcome {
  /** The text: no response comes at all, and why. */
  readonly answer: Answer | 'network-error' | 'timeout';
  /** The scenario that answers: `ok` unless one is forced. */
  readonly scenario: string;
  readonly source: Source;
  readonly synthetic: boolean;
  /** Whether the request came as far as what was selected: not refused for its format or method. */
  readonly reached: boolean;
}

export interface RespondParts {
  readonly posthog: Posthog;
  readonly database: Database;
  readonly settled: ReadonlySet<string>;
}

/** Answers by a scenario, or, where nothing is forced, as PostHog does. */
export function respond(parts: RespondParts, routed: RoutedRequest, forced: Scenario | null): Outcome {
  const { request, route } = routed;
  const { operation } = route;
  const isAsked = asksFor(operation, request.method);
  const refused = negotiate(request, route);
  if (refused) return computed(refused, false);
  if (forced && isAsked) return force(parts, routed, forced) ?? asPosthog(parts, routed, false);
  if (forced && !asksForOptions(operation, request.method)) {
    return computed(methodNotAllowed(request.method), false);
  }
  return asPosthog(parts, routed, isAsked);
}

function asPosthog({ posthog }: RespondParts, routed: RoutedRequest, reached: boolean): Outcome {
  const { answer, source } = answerAsPosthog(posthog, routed);
  return { ...computed(answer, reached), source };
}

function computed(answer: Answer, reached: boolean): Outcome {
  return { answer, scenario: OK, source: 'database', synthetic: false, reached };
}

function force(parts: RespondParts, routed: RoutedRequest, forced: Scenario): Outcome | null {
  const { name: scenario, synthetic } = forced;
  if (forced.status === null) {
    return { answer: forced.reply, scenario, source: 'example', synthetic, reached: true };
  }
  const responder = forced.reply === 'example' ? RESPONDERS.get(scenario) : undefined;
  if (!responder) return { answer: forced, scenario, source: 'example', synthetic, reached: true };
  const answer = responder({ ...parts, ...routed, example: forced });
  return answer && { answer, scenario, source: 'responder', synthetic, reached: true };
}
