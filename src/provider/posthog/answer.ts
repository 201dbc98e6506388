import { OK, type Scenario } from '../../contract/contract.ts';
import type { Answer } from '../../contract/message.ts';
import type { Outcome, ProviderCall } from '../provider.ts';
import { authenticate } from './authenticate.ts';
import { authorise } from './authorise.ts';
import { isOptions, optionsAnswer, refuseMethod } from './method.ts';
import { negotiate } from './negotiate.ts';
import type { PosthogParts } from './parts.ts';
import { findProject } from './project.ts';
import { RESPONDERS } from './responders.ts';
import { throttle } from './throttle.ts';

/** PostHog's order (provider/posthog/README.md §6). A forced scenario answers before authentication. */
export function answer(posthog: PosthogParts, call: ProviderCall): Outcome {
  const { request, route, forced, now } = call;
  const { operation, hasMethod, parameters } = route;

  const unacceptable = negotiate(request, route); // 404 406
  if (unacceptable) return computed(unacceptable, false);
  if (forced && !isOptions(call)) return answerForced(posthog, call, forced);

  const who = authenticate(posthog, request, operation); // 401
  if (who.refusal) return computed(who.refusal, hasMethod);

  const where = findProject(posthog, route, who.user); // 404
  if (where.refusal) return computed(where.refusal, hasMethod);

  const forbidden = authorise(posthog, who, operation, where.project); // 403
  if (forbidden) return computed(forbidden, hasMethod);

  const throttled = throttle(posthog.throttle, who.key, now); // 429
  if (throttled) return computed(throttled, hasMethod);

  if (isOptions(call)) return computed(optionsAnswer(operation), false); // 200
  const notAllowed = refuseMethod(call); // 405
  if (notAllowed) return computed(notAllowed, false);

  const code = posthog.operations.get(operation.id);
  if (!code) return { ...computed(operation.ok, true), source: 'example' }; // 2xx
  const { project } = where;
  return computed(code.answer({ request, parameters, requester: who.user, project, now }), true); // 200 400 500
}

function answerForced(posthog: PosthogParts, call: ProviderCall, forced: Scenario): Outcome {
  const notAllowed = refuseMethod(call); // 405
  if (notAllowed) return computed(notAllowed, false);

  const { name: scenario, synthetic } = forced;
  const outcome = { scenario, source: 'example', synthetic, reached: true } as const;
  if (forced.status === null) return { ...outcome, answer: forced.reply };
  const responder = forced.reply === 'example' ? RESPONDERS.get(scenario) : undefined;
  if (!responder) return { ...outcome, answer: forced };
  const responded = responder({ posthog, call, example: forced });
  if (responded) return { ...outcome, answer: responded, source: 'responder' };
  // The scenario has run its course: nothing is forced any more, and this answer does not count for it.
  return { ...answer(posthog, { ...call, forced: null }), reached: false };
}

function computed(answer: Answer, reached: boolean): Outcome {
  return { answer, scenario: OK, source: 'database', synthetic: false, reached };
}
