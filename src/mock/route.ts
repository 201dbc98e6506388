import type { Contract } from '../contract/contract.ts';
import type { Answer, HttpRequest } from '../contract/message.ts';
import { explainMiss, hintOf, nearestOperation } from '../contract/near-miss.ts';
import type { Route, Router } from '../contract/router.ts';
import { isObject } from '../json.ts';
import { cut } from '../text/printable.ts';
import type { Secrets } from '../text/secrets.ts';
import { shown, shownText } from '../text/shown.ts';
import { UsageTypeError } from '../usage-error.ts';
import { redactPath } from './journal/redact.ts';
import { problem } from './problem.ts';
import { checkPath } from './request-check/fields.ts';

/** The contract's router, limited to one origin if the mock stands in for one only. */
export interface MockRouter {
  match(request: HttpRequest): Route | null;
  /** Why no operation matches: the nearest one, and what differs. */
  explain(request: HttpRequest): string;
  /** The same, or `null` where an operation matches, or none is near. */
  explainNearMiss(request: HttpRequest): string | null;
}

/** @param origin when given, requests to another origin match nothing; requests without an origin always may. */
export function createMockRouter(router: Router, origin: string | undefined): MockRouter {
  const isForeign = (request: HttpRequest) =>
    origin !== undefined && request.origin !== undefined && request.origin !== origin;
  const foreignHint = (request: HttpRequest) =>
    `The mock stands in for ${origin} only; the request went to ${shownText(request.origin ?? '')}.`;
  const match: MockRouter['match'] = (request) => {
    if (isForeign(request)) return null;
    const route = router.match(request.method, request.path, request.query, request.headers);
    return route === null || route.others.length === 0 ? route : fittingRoute(router.contract, route);
  };
  const explain: MockRouter['explain'] = (request) =>
    isForeign(request)
      ? foreignHint(request)
      : explainMiss(router, request.method, request.path, request.query);
  return {
    match,
    explain,
    explainNearMiss: (request) => {
      if (match(request)) return null;
      const nearest = nearestOperation(router, request.method, request.path, request.query);
      return nearest && (isForeign(request) ? foreignHint(request) : hintOf(nearest));
    },
  };
}

/** Of the operations that a route leads to, the first one whose path parameters fit. */
function fittingRoute({ root }: Contract, route: Route): Route {
  return [route, ...route.others].find((candidate) => checkPath(root, candidate).length === 0) ?? route;
}

/** Of a path that is repeated, in characters. */
const MAX_PATH_LENGTH = 1_000;

/** What the mock itself says of a request that no operation matches. */
export function noPathMatched({ method, path }: HttpRequest, hint: string, secrets: Secrets): Answer {
  return problem(
    'NO_PATH_MATCHED',
    `No operation matches ${secrets.hideKnown(shownText(method))} ${redactPath(cut(path, MAX_PATH_LENGTH), secrets)}. ${hint}`,
    [{ in: 'path', detail: hint }],
  );
}

/** The part of a request that `explain` reads. A `Request` will do. */
export interface ExplainedRequest {
  /** Default `GET`. */
  readonly method?: string | undefined;
  /** With or without an origin. */
  readonly url: string;
}

/** Empty when an operation matches. */
export function explain(router: MockRouter, request: ExplainedRequest): string {
  if (!isObject(request) || typeof request.url !== 'string') {
    throw new UsageTypeError(`explain takes a Request, or { method, url }; found ${shown(request)}.`);
  }
  const { method = 'GET', url } = request;
  if (!URL.canParse(url, ANY_ORIGIN)) {
    throw new UsageTypeError(`explain takes a URL, with or without an origin; found ${shown(url)}.`);
  }
  // A relative URL has no origin that could be the wrong one.
  const { origin, ...local } = bareRequest(method, new URL(url, ANY_ORIGIN));
  const located = URL.canParse(url) ? { ...local, origin } : local;
  return router.match(located) ? '' : router.explain(located);
}

const ANY_ORIGIN = 'http://localhost';

/** A request for a URL, as far as routing reads it. */
export function bareRequest(method: string, { origin, pathname, search }: URL) {
  return { method, origin, path: pathname, query: search.slice(1), headers: {}, body: null };
}
