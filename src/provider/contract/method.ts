import { type Contract, OK, otherMethodHint } from '../../contract/contract.ts';
import type { HeaderField } from '../../contract/message.ts';
import type { Outcome, ProviderCall, Refusal } from '../provider.ts';
import { describeError, refuse } from './errors.ts';

/** Answers a method that the path does not have: `OPTIONS` with the others, any other with 405. */
export function answerOtherMethod({ operations }: Contract, call: ProviderCall): Outcome | Refusal {
  const { request, route } = call;
  const { path, allow } = route.operation;
  const allowed: HeaderField = ['Allow', allow];
  if (request.method === 'OPTIONS') return describeMethods(allowed);
  const hint = otherMethodHint(route.operation, request.method);
  const describing = operations.find(
    (operation) => operation.path === path && operation.responses.some(({ status }) => status === '405'),
  );
  const described =
    describing && describeError({ request, route: { ...route, operation: describing } }, 405, hint);
  if (!described || typeof described.answer === 'string')
    return refuse('METHOD_NOT_ALLOWED', hint, [allowed]);
  const headers = described.answer.headers.filter(([name]) => name.toLowerCase() !== 'allow');
  return { ...described, answer: { ...described.answer, headers: [...headers, allowed] }, reached: false };
}

function describeMethods(allowed: HeaderField): Outcome {
  const answer = { status: 204, headers: [allowed], contentType: null, body: null };
  return { answer, scenario: OK, source: null, synthetic: false, reached: false };
}
