import { type DocumentedAnswers, OK, type Scenario } from '../../contract/contract.ts';
import { negotiate } from '../../contract/negotiate.ts';
import type { Outcome, ProviderCall, ProviderContext, Refusal } from '../provider.ts';
import { authenticate } from './authenticate.ts';
import { describeError, refuse } from './errors.ts';
import { answerOtherMethod } from './method.ts';

/**
 * The order of most frameworks. A forced scenario comes after method and media type, and before credentials; a broken
 * connection looks at no media type.
 */
export function answer(context: ProviderContext, call: ProviderCall): Outcome | Refusal {
  const { route, forced } = call;

  if (!route.hasMethod) return answerOtherMethod(context.contract, call); // 204 405

  if (forced) return answerForced(call, forced); // 406, or what is forced

  const unauthenticated = context.enforcesAuth ? authenticate(call) : null; // 401 403
  if (unauthenticated) return unauthenticated;

  return answerWith(call, route.operation.ok, OK, false); // 406, or the documented status
}

function answerForced(call: ProviderCall, forced: Scenario): Outcome | Refusal {
  const { name: scenario, synthetic } = forced;
  if (forced.status !== null) return answerWith(call, forced.answers, scenario, synthetic);
  return { answer: forced.reply, scenario, source: 'example', synthetic, reached: true };
}

/** An answer in a media type that the client accepts. Errors are sent in any case, as APIs do. */
function answerWith(
  call: ProviderCall,
  answers: DocumentedAnswers,
  scenario: string,
  synthetic: boolean,
): Outcome | Refusal {
  const { accept } = call.request.headers;
  const [first] = answers;
  const chosen = negotiate(answers, accept) ?? (first.status >= 400 ? first : null);
  if (chosen) return { answer: chosen, scenario, source: chosen.source, synthetic, reached: true };
  const types = answers.map(({ contentType }) => contentType).join(', ');
  const hint = `"Accept" fits no media type of the answer with status ${first.status}; it has ${types}.`;
  const described = describeError(call, 406, hint);
  return described ? { ...described, reached: false } : refuse('NOT_ACCEPTABLE', hint);
}
