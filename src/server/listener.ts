import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Answerer } from '../adapters/fetch.ts';
import { createHttpListener, type HttpListenerOptions, targetOf } from '../adapters/http.ts';
import type { Answer } from '../contract/message.ts';
import { SESSION_HEADER } from '../mock/headers.ts';
import type { CoreMock } from '../mock/mock.ts';
import { mockFailed } from '../mock/problem.ts';
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
  const indexSafely = (incoming: IncomingMessage): Answer | null => {
    try {
      return indexFor(incoming, shared());
    } catch (cause) {
      options.onError?.(cause);
      return mockFailed();
    }
  };
  return (incoming, response) => {
    const { path } = targetOf(incoming);
    if (controlRoute(path) !== null) return control(incoming, response);
    const index = path === '/' ? indexSafely(incoming) : null;
    return index ? send(response, index) : api(incoming, response);
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

/** `null`: the request is not for the index, or the API has an operation of its own there. */
function indexFor({ method, headers }: IncomingMessage, mock: CoreMock): Answer | null {
  if (method !== 'GET' && method !== 'HEAD') return null;
  if (mock.match('GET', new URL('http://localhost/'))) return null;
  const body = indexText(mock, `http://${headers.host ?? 'localhost'}`);
  return { status: 200, headers: [], contentType: 'text/plain; charset=utf-8', body };
}

function send(response: ServerResponse, { status, contentType, body }: Answer): void {
  const text = body ?? '';
  response.writeHead(status, {
    'Content-Type': contentType ?? 'text/plain',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
