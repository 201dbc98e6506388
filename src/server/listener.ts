import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createHttpListener, type HttpListenerOptions, targetOf } from '../adapters/http.ts';
import type { CoreMock } from '../mock/mock.ts';
import type { ControlParts } from './control/control-env.ts';
import { controlRoute } from './control-path.ts';
import { indexText } from './index-text.ts';
import { answerBySession } from './sessions.ts';

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
