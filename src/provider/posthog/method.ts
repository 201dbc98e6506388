import { type Operation, otherMethodHint } from '../../contract/contract.ts';
import type { Answer } from '../../contract/message.ts';
import type { ProviderCall } from '../provider.ts';
import { errorAnswer, jsonAnswer } from './errors.ts';

/** Whether a request asks for a description of the path. */
export function isOptions({ request, route }: ProviderCall): boolean {
  return request.method === 'OPTIONS' && !route.hasMethod;
}

/** Answers a method that the path does not have: `OPTIONS` with a description of the path, any other with 405. */
export function answerOtherMethod(call: ProviderCall): Answer | null {
  const { request, route } = call;
  if (route.hasMethod) return null;
  if (isOptions(call)) return describe(route.operation);
  const { method } = request;
  const hint = otherMethodHint(route.operation, method);
  return errorAnswer(405, 'invalid_request', 'method_not_allowed', `Method "${method}" not allowed.`, hint);
}

/** Django REST framework's description of a view (provider/posthog/README.md §6). */
function describe({ path }: Operation): Answer {
  return jsonAnswer(200, {
    name: viewName(path),
    description: '',
    renders: ['application/json'],
    parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
  });
}

/** `requires_flag_implementation` → `Requires flag implementation`. */
function viewName(path: string): string {
  const last = path.split('/').findLast((segment) => segment !== '' && !segment.includes('{')) ?? '';
  const words = last.replaceAll(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
