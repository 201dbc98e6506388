import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Answerer } from '../adapters/fetch.ts';
import { createHttpListener, type HttpListenerOptions, targetOf } from '../adapters/http.ts';
import { SESSION_HEADER } from '../mock/headers.ts';
import type { CoreMock } from '../mock/mock.ts';
import { problemReply } from '../mock/reply.ts';
import type { ControlParts } from './control/control-env.ts';
import { controlRoute, sessionOfPath } from './control-path.ts';
import { indexText } from './index-text.ts';
import { type Sessions, sessionNotFound } from './sessions.ts';

const SESSION_FIELD = SESSION_HEADER.toLowerCase();

/**
 * Routes a request to the control plane or to the API.
 *
 * @param control `null`: there is no control plane, and its paths are like any other.
 */
export function createServerListener(
  { shared, sessions }: Pick<ControlParts, 'shared' | 'sessions'>,
  control: RequestListener | null,
  options: HttpListenerOptions,
): RequestListener {
  const api = createHttpListener(answerBySession(shared, sessions), options);
  if (!control) return api;
  return (incoming, response) => {
    const { path } = targetOf(incoming);
    if (controlRoute(path) !== null) control(incoming, response);
    else if (path === '/' && isIndex(incoming, shared())) sendIndex(incoming, response, shared());
    else api(incoming, response);
  };
}

/** Answers from the session that a request names, else from the shared mock. An unknown session is a 404. */
function answerBySession(shared: () => CoreMock, sessions: Sessions): Answerer {
  return {
    answer: (request) => {
      // A base URL wins over the header.
      const inUrl = sessionOfPath(request.path);
      const id = inUrl?.id ?? request.headers[SESSION_FIELD];
      if (id === undefined) return shared().answer(request);
      const mock = sessions.mock(id);
      if (!mock) return problemReply(sessionNotFound(id));
      return mock.answer(inUrl ? { ...request, path: inUrl.rest } : request);
    },
  };
}

function isIndex({ method }: IncomingMessage, mock: CoreMock): boolean {
  return (method === 'GET' || method === 'HEAD') && !mock.match('GET', new URL('http://localhost/'));
}

function sendIndex({ headers }: IncomingMessage, response: ServerResponse, mock: CoreMock): void {
  const body = indexText(mock, `http://${headers.host ?? 'localhost'}`);
  response.writeHead(200, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}
