import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createHttpListener, type HttpListenerOptions, targetOf } from '../adapters/http.ts';
import type { CoreMock } from '../mock/mock.ts';
import type { ControlParts } from './control/control-env.ts';
import { indexText } from './index-text.ts';
import { answerBySession, CONTROL_PATH, sessionOfPath } from './sessions.ts';

/**
 * Sends a request where it belongs: to the API, which takes no detour, or to the control plane, which is loaded
 * when it is first asked for.
 *
 * @param control `null`: there is no control plane, and its paths are like any other.
 */
export function createServerListener(
  parts: Omit<ControlParts, 'onError'>,
  control: RequestListener | null,
  options: HttpListenerOptions,
): RequestListener {
  const api = createHttpListener(answerBySession(parts.shared, parts.sessions), options);
  if (!control) return api;
  return (incoming, response) => {
    const { path } = targetOf(incoming);
    if (isControl(path)) control(incoming, response);
    else if (path === '/' && isIndex(incoming, parts.shared())) sendIndex(incoming, response, parts.shared());
    else api(incoming, response);
  };
}

/** Whether a path belongs to the control plane of the shared mock, or to that of a session. */
function isControl(path: string): boolean {
  if (!path.startsWith(CONTROL_PATH)) return false;
  const within = sessionOfPath(path)?.rest ?? path;
  return within === CONTROL_PATH || within.startsWith(`${CONTROL_PATH}/`);
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
