import { type Context, Hono } from 'hono';
import type { Operation } from '../../contract/contract.ts';
import type { Answer } from '../../contract/message.ts';
import { explainMiss } from '../../contract/near-miss.ts';
import { readContract } from '../../contract/reading/read-contract.ts';
import { createRouter, PLAIN_ROUTING, type Router } from '../../contract/router.ts';
import contract from '../../generated/control-plane.json' with { type: 'json' };
import { memoize } from '../../memoize.ts';
import { SESSION_HEADER } from '../../mock/headers.ts';
import type { CoreMock } from '../../mock/mock.ts';
import { hideInJson, mockFailed, PROBLEM_TYPE, problem } from '../../mock/problem.ts';
import { shownText } from '../../text/shown.ts';
import { CONTROL_HEADERS, CONTROL_PATH, SESSION_PATH, sessionOfPath } from '../control-path.ts';
import { sessionNotFound } from '../sessions.ts';
import { changeRequestRoutes } from './change-request-routes.ts';
import type { ControlEnv, ControlParts } from './control-env.ts';
import { journalRoutes } from './journal-routes.ts';
import { mockRoutes } from './mock-routes.ts';
import { pactRoutes } from './pact-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { toResponse } from './responses.ts';
import { sessionRoutes } from './session-routes.ts';

/** A trailing slash makes no difference. */
const LENIENT = { strict: false };

/** The control plane as a Web application: the same routes for the shared mock and for every session. */
export function createControlPlane(parts: ControlParts): Hono<ControlEnv> {
  const app = new Hono<ControlEnv>(LENIENT);
  app.use(async (context, next) => {
    context.set('parts', parts);
    await next();
    for (const [name, value] of CONTROL_HEADERS) context.header(name, value);
  });
  app.route(
    `${SESSION_PATH}:session${CONTROL_PATH}`,
    routes(({ req }) => req.param('session')),
  );
  // The session header works here too.
  app.route(
    CONTROL_PATH,
    routes(({ req }) => req.header(SESSION_HEADER)),
  );
  app.notFound((context) => toResponse(notFound(context)));
  app.onError((cause, context) => {
    // A client that left is not an error.
    if (!context.req.raw.signal.aborted) parts.onError(cause);
    return toResponse(mockFailed());
  });
  return app;
}

/** All routes, for the session that a request names, else for the shared mock. */
function routes(sessionOf: (context: Context) => string | undefined): Hono<ControlEnv> {
  const app = new Hono<ControlEnv>(LENIENT);
  app.use(async (context, next) => {
    const { sessions, shared } = context.var.parts;
    const id = sessionOf(context);
    const mock = id === undefined ? shared() : sessions.mock(id);
    if (!mock) return toResponse(sessionNotFound(id ?? ''));
    context.set('mock', mock);
    await next();
    context.res = await withoutKeysOf(mock, context.res);
    return undefined;
  });
  for (const part of [pageRoutes, mockRoutes, journalRoutes, pactRoutes, sessionRoutes, changeRequestRoutes])
    part(app);
  return app;
}

/** Only refusals quote requests; rows, journal and contract are what was asked for. */
async function withoutKeysOf(mock: CoreMock, response: Response): Promise<Response> {
  const { status, headers } = response;
  if (status >= 500 || headers.get('Content-Type') !== PROBLEM_TYPE) return response;
  return new Response(hideInJson(await response.text(), mock.secrets), response);
}

/** Names the methods of the path, or the nearest route of the control plane's own contract. */
function notFound({ req }: Context): Answer {
  const path = sessionOfPath(req.path)?.rest ?? req.path;
  const router = ownRouter(contract);
  const route = router.match(req.method, path);
  if (route && !route.hasMethod) return methodNotAllowed(req.method, route.operation);
  const detail = explainMiss(router, req.method, path);
  return problem('NO_PATH_MATCHED', detail, [{ in: 'path', detail }]);
}

function methodNotAllowed(method: string, { path, allow }: Operation): Answer {
  const detail = `${path} takes ${allow}; found ${shownText(method)}.`;
  return { ...problem('METHOD_NOT_ALLOWED', detail), headers: [['Allow', allow]] };
}

/** The API answers OPTIONS everywhere; the control plane does not. */
const ownRouter = memoize((document: object): Router => {
  const own = readContract(document, 'control-plane.yaml');
  const operations = own.operations.map((operation) => ({
    ...operation,
    allow: operation.allow.replace(', OPTIONS', ''),
  }));
  return createRouter({ ...own, operations }, PLAIN_ROUTING);
});
