import type { Operation } from '../../contract/contract.ts';
import type { Answer } from '../../contract/message.ts';
import { errorAnswer, jsonAnswer } from './errors.ts';

/** Whether a method asks for the operation itself: its own, or `HEAD` for `GET`. */
export function asksFor(operation: Operation, method: string): boolean {
  return method === operation.method || (method === 'HEAD' && operation.method === 'GET');
}

/** Whether a request asks what the path can do, instead of asking for the operation. */
export function asksForOptions(operation: Operation, method: string): boolean {
  return method === 'OPTIONS' && operation.method !== 'OPTIONS';
}

/** What the path can do, as Django REST framework describes a view (provider/posthog/README.md §6). */
export function optionsAnswer({ path }: Operation): Answer {
  return jsonAnswer(200, {
    name: viewName(path),
    description: '',
    renders: ['application/json'],
    parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
  });
}

export function methodNotAllowed(method: string): Answer {
  return errorAnswer(405, 'invalid_request', 'method_not_allowed', `Method "${method}" not allowed.`);
}

/** `requires_flag_implementation` → `Requires flag implementation`. */
function viewName(path: string): string {
  const last = path.split('/').findLast((segment) => segment !== '' && !segment.includes('{')) ?? '';
  const words = last.replaceAll(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
