import type { Answer, HttpRequest } from '../contract/message.ts';
import { explainMiss } from '../contract/near-miss.ts';
import type { Route, Router } from '../contract/router.ts';
import { shownText } from '../text/shown.ts';
import { redactPath } from './journal/redact.ts';
import { problem } from './problem.ts';

/** The contract's router, limited to one origin if the mock stands in for one only. */
export interface MockRouter {
  match(request: HttpRequest): Route | null;
  /** Why no operation matches: the nearest one, and what differs. */
  explain(request: HttpRequest): string;
}

/** @param origin when given, requests to another origin match nothing; requests without an origin always may. */
export function createMockRouter(router: Router, origin: string | undefined): MockRouter {
  const isForeign = (request: HttpRequest) =>
    origin !== undefined && request.origin !== undefined && request.origin !== origin;
  return {
    match: (request) => (isForeign(request) ? null : router.match(request.method, request.path)),
    explain: (request) =>
      isForeign(request)
        ? `The mock stands in for ${origin} only; the request went to ${shownText(request.origin ?? '')}.`
        : explainMiss(router, request.method, request.path),
  };
}

/** What the mock itself says of a request that no operation matches. */
export function noPathMatched({ method, path }: HttpRequest, hint: string): Answer {
  return problem(
    'NO_PATH_MATCHED',
    `No operation matches ${shownText(method)} ${redactPath(path)}. ${hint}`,
    [{ in: 'path', detail: hint }],
  );
}
