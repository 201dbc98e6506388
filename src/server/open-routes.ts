import type { IncomingMessage, ServerResponse } from 'node:http';
import { ALL_METHODS, isPreflight } from '../adapters/cors.ts';
import type { Answer } from '../contract/message.ts';
import type { CoreMock } from '../mock/mock.ts';
import { mockFailed } from '../mock/problem.ts';
import type { ControlParts } from './control/control-env.ts';
import type { Guard } from './control/guard.ts';
import { CONTROL_PATH, SESSION_FIELD } from './control-path.ts';
import { healthOf, UP } from './health.ts';
import { send } from './send.ts';

/** Answers what anyone may ask for; `false`: the request is for something else. */
export type OpenRoutes = (path: string, incoming: IncomingMessage, response: ServerResponse) => boolean;

const INDEX = '/';
/** `OPTIONS *` asks about the server as a whole (RFC 9110, section 9.3.7). */
const SERVER = '*';
const HEALTH = [`${CONTROL_PATH}/health`, `${CONTROL_PATH}/health/`];

/**
 * The index and the health of a server, for probes that know neither its token nor its name. Strangers learn that it is
 * up; those who may use the control plane learn what there is.
 *
 * @param guard `null`: there is no control plane, and everyone is a stranger.
 */
export function createOpenRoutes(parts: ControlParts, guard: Guard | null): OpenRoutes {
  const { shared, sessions, publicUrl, onError } = parts;
  const isStranger = ({ headers }: IncomingMessage) => guard?.({ headers, isForPage: false }) !== null;
  const health = (incoming: IncomingMessage): Answer => {
    const body = JSON.stringify(isStranger(incoming) ? UP : healthOf(sessions));
    return { status: 200, headers: [], contentType: 'application/json', body };
  };
  const index = async (incoming: IncomingMessage, mock: CoreMock): Promise<Answer> => {
    const baseUrl = publicUrl?.base ?? `http://${incoming.headers.host}`;
    const body = isStranger(incoming) ? 'posthog-experiments-mock is up.\n' : await textOf(mock, baseUrl);
    return { status: 200, headers: [], contentType: 'text/plain; charset=utf-8', body };
  };
  const failed = (cause: unknown): Answer => {
    onError(cause);
    return mockFailed();
  };
  /** An operation of the API may have the path of the index. */
  const isForApi = () => shared().match('GET', new URL('http://localhost/')) !== null;
  return (path, incoming, response) => {
    const { method } = incoming;
    // HAProxy probes with OPTIONS.
    const asksOptions = method === 'OPTIONS' && !isPreflight(incoming);
    if (path === SERVER && asksOptions) {
      send(response, options(ALL_METHODS));
      return true;
    }
    if (path !== INDEX && !HEALTH.includes(path)) return false;
    if (!asksOptions && method !== 'GET' && method !== 'HEAD') return false;
    if (path !== INDEX) {
      // The health of a session.
      if (!isStranger(incoming) && incoming.headers[SESSION_FIELD] !== undefined) return false;
      send(response, asksOptions ? options(READ_METHODS) : health(incoming));
      return true;
    }
    try {
      if (isForApi()) return false;
      if (asksOptions) {
        send(response, options(READ_METHODS));
        return true;
      }
      index(incoming, shared()).then(
        (answer) => send(response, answer),
        (cause) => send(response, failed(cause)),
      );
    } catch (cause) {
      send(response, failed(cause));
    }
    return true;
  };
}

const READ_METHODS = 'GET, HEAD, OPTIONS';

function options(allow: string): Answer {
  return { status: 204, headers: [['Allow', allow]], contentType: null, body: null };
}

/** Loads the description of the control plane, which few servers are asked for. */
async function textOf(mock: CoreMock, baseUrl: string): Promise<string> {
  const { indexText } = await import('./index-text.ts');
  return indexText(mock, baseUrl);
}
