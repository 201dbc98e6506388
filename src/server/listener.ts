import type { RequestListener } from 'node:http';
import { type DelayAnswerer, targetOf } from '../adapters/http.ts';
import type { HttpRequest } from '../contract/message.ts';
import { problemReply } from '../mock/reply.ts';
import { answererOf } from '../mock/served.ts';
import type { ControlParts } from './control/control-env.ts';
import type { Guard } from './control/guard.ts';
import { createControlListener } from './control-listener.ts';
import { controlRoute, PAGE_ROUTE, SCRIPT_ROUTE, SESSION_FIELD, sessionOfPath } from './control-path.ts';
import { createOpenRoutes } from './open-routes.ts';
import type { Refusals } from './refusals.ts';
import { send } from './send.ts';
import { sessionNotFound } from './sessions.ts';

/**
 * Routes a request to the control plane or to the API.
 *
 * @param guard `null`: there is no control plane, and its paths are like any other.
 * @param api how requests to the API are answered.
 */
export function createServerListener(
  parts: ControlParts,
  guard: Guard | null,
  refusals: Refusals,
  api: RequestListener,
): RequestListener {
  const openRoutes = createOpenRoutes(parts, guard);
  const control = guard && guarded(guard, createControlListener(parts));
  return (incoming, response) => {
    if (incoming.headers.host === undefined && incoming.httpVersion === '1.1') {
      return refusals.refuseWithoutHost(incoming, response);
    }
    const { path } = targetOf(incoming);
    if (openRoutes(path, incoming, response)) return;
    if (control && controlRoute(path) !== null) control(incoming, response);
    else api(incoming, response);
  };
}

/** Lets only those through whom the guard lets through. */
function guarded(guard: Guard, control: RequestListener): RequestListener {
  return (incoming, response) => {
    const route = controlRoute(targetOf(incoming).path);
    // A browser loads them before it can send a token; neither holds a secret.
    const isForPage = route === PAGE_ROUTE || route === SCRIPT_ROUTE;
    const refusal = guard({ headers: incoming.headers, isForPage });
    if (refusal) send(response, refusal);
    else control(incoming, response);
  };
}

/** Answers from the session that a request names, else from the shared mock. An unknown session is a 404. */
export function answerBySession({ shared, sessions, publicUrl }: ControlParts): DelayAnswerer {
  const baseUrl = publicUrl?.base;
  const known = (request: HttpRequest) => (baseUrl === undefined ? request : { ...request, baseUrl });
  return {
    answer: (request, refuseDelay) => {
      // A base URL wins over the header.
      const inUrl = sessionOfPath(request.path);
      const id = inUrl?.id ?? request.headers[SESSION_FIELD];
      if (id === undefined) return answererOf(shared()).answer(known(request), refuseDelay);
      const mock = sessions.mock(id);
      if (!mock) return problemReply(sessionNotFound(id), shared().secrets);
      return answererOf(mock).answer(known(inUrl ? { ...request, path: inUrl.rest } : request), refuseDelay);
    },
  };
}
