import type { Contract } from '../contract/contract.ts';
import type { Answer, HttpRequest } from '../contract/message.ts';
import { explainMiss } from '../contract/near-miss.ts';
import type { Route, Router } from '../contract/router.ts';
import { notFound } from '../provider/posthog/errors.ts';
import { decodeLeniently } from '../text/printable.ts';
import { shownText } from '../text/shown.ts';
import { redactPath } from './journal/redact.ts';
import { problem } from './problem.ts';

/** A request that no operation matches. */
export interface Miss {
  readonly answer: Answer;
  /** The nearest operation, and what differs. */
  readonly hint: string;
}

export interface MockRouter {
  match(request: HttpRequest): Route | null;
  miss(request: HttpRequest): Miss;
}

/** @param origin when given, requests to another one match nothing. Requests that name none always may. */
export function createMockRouter(contract: Contract, router: Router, origin: string | undefined): MockRouter {
  const isForeign = (request: HttpRequest) =>
    origin !== undefined && request.origin !== undefined && request.origin !== origin;
  return {
    match: (request) => (isForeign(request) ? null : router(request.method, request.path)),
    miss: (request) => {
      const { method, path } = request;
      const hint = isForeign(request)
        ? `The mock stands in for ${origin} only; the request went to ${shownText(request.origin ?? '')}.`
        : explainMiss(contract, method, path);
      return { hint, answer: missAnswer(method, path, hint) };
    },
  };
}

/** Below `/api/` PostHog speaks; elsewhere there is no PostHog to imitate. */
function missAnswer(method: string, path: string, hint: string): Answer {
  if (decodeLeniently(path).startsWith('/api/')) return notFound('Endpoint not found.');
  return problem(
    'NO_PATH_MATCHED',
    `No operation matches ${shownText(method)} ${redactPath(path)}. ${hint}`,
    [{ in: 'path', detail: hint }],
  );
}
