import { OK, type Scenario } from '../../contract/contract.ts';
import { isJson } from '../../contract/media-type.ts';
import type { Answer } from '../../contract/message.ts';
import type { Outcome, ProviderCall } from '../provider.ts';
import { authenticate } from './authenticate.ts';
import { authorise } from './authorise.ts';
import { withKnownKeys } from './known-keys.ts';
import { answerOtherMethod, isOptions } from './method.ts';
import { chooseAnswer, negotiate } from './negotiate.ts';
import { run } from './operations/operation.ts';
import type { PosthogParts } from './parts.ts';
import { findProject } from './project.ts';
import { RESPONDERS } from './responders.ts';

/**
 * PostHog's order (provider/posthog/README.md §6). A forced scenario, or 405 in its place, comes before authentication; one
 * that is not of the API comes before negotiation, too.
 */
export function answer(parts: PosthogParts, call: ProviderCall): Outcome {
  const { request, route, forced, now } = call;
  const { operation, parameters } = route;

  // Sent only after all checks, unless a scenario is forced.
  const otherMethod = answerOtherMethod(call);
  if (forced && !otherMethod && isFromInFront(forced)) return answerForced(parts, call, forced);

  const unacceptable = negotiate(request, route); // 404 406
  if (unacceptable) return { ...toOutcome(call, unacceptable), reached: false };

  if (forced && !isOptions(call)) {
    return otherMethod ? toOutcome(call, otherMethod) : answerForced(parts, call, forced);
  }

  const who = authenticate(parts, request, operation); // 401
  if (who.refusal) return toOutcome(call, withKnownKeys(parts, call, who.refusal));

  const where = findProject(parts, route, who.user); // 404
  if (where.refusal) return toOutcome(call, where.refusal);

  const forbidden = authorise(parts, who, operation, where.project); // 403
  if (forbidden) return toOutcome(call, withKnownKeys(parts, call, forbidden));

  const throttled = who.key && parts.throttle?.admit(who.key.value, now); // 429
  if (throttled) return toOutcome(call, throttled);

  if (otherMethod) return toOutcome(call, otherMethod); // 200 405

  const code = parts.operations.get(operation.id);
  if (!code) return answerByContract(call); // 2xx
  const computed = run(code.answer, request, parameters, who.user, where.project, now); // 200 400 500
  return toOutcome(call, computed);
}

/** Whether the network fails or a gateway answers: neither looks at what the client accepts. */
function isFromInFront(scenario: Scenario): boolean {
  if (scenario.status === null) return true;
  const [{ contentType }] = scenario.answers;
  return contentType !== null && !isJson(contentType);
}

function answerForced(parts: PosthogParts, call: ProviderCall, forced: Scenario): Outcome {
  const { name: scenario, synthetic } = forced;
  const outcome = { scenario, source: 'example', synthetic, reached: true } as const;
  if (forced.status === null) return { ...outcome, answer: forced.reply };
  const responder = forced.reply === 'example' ? RESPONDERS.get(scenario) : undefined;
  const example = chooseAnswer(forced.answers, call.request, call.route);
  if (!responder) return { ...outcome, answer: example, source: example.source };
  // What is computed has to be checked, whatever the example is.
  const { violations: _, source: __, ...bare } = example;
  const responded = responder({ parts, call, example: bare });
  if (responded) return { ...outcome, answer: responded, source: 'responder' };
  // The scenario has ended: nothing is forced any more, and this answer does not count for it.
  return { ...answer(parts, { ...call, forced: null }), reached: false };
}

function answerByContract(call: ProviderCall): Outcome {
  const documented = chooseAnswer(call.route.operation.ok, call.request, call.route);
  return { ...toOutcome(call, documented), source: documented.source };
}

/**
 * PostHog's own answer, which is what a selected `ok` asks for: a refusal uses up one of its `times` too, except for a
 * method that the path does not have.
 */
function toOutcome({ route }: ProviderCall, answer: Answer): Outcome {
  return { answer, scenario: OK, source: 'database', synthetic: false, reached: route.hasMethod };
}
