import { SESSION_HEADER } from '../mock/headers.ts';

/** Everything but the API is below this path: the control plane, and the base URLs of sessions. */
export const CONTROL_PATH = '/__mock__';

/** Names a session in a request for the shared mock. */
export const SESSION_FIELD = SESSION_HEADER.toLowerCase();

/** The base URL of a session is this path and its id. */
export const SESSION_PATH = `${CONTROL_PATH}/s/`;

/** The panel's page and its script. */
export const PAGE_ROUTE = '/';
export const SCRIPT_ROUTE = '/panel.js';

/** What every answer of the control plane has, refusals included. */
export const CONTROL_HEADERS = [
  ['Cache-Control', 'no-store'],
  ['X-Content-Type-Options', 'nosniff'],
] as const;

/** Splits `/__mock__/s/<id>/api/…` after the id; `null` for a path outside of all sessions. */
export function sessionOfPath(path: string): { readonly id: string; readonly rest: string } | null {
  if (!path.startsWith(SESSION_PATH)) return null;
  const start = SESSION_PATH.length;
  const end = path.indexOf('/', start);
  return end < 0
    ? { id: path.slice(start), rest: '/' }
    : { id: path.slice(start, end), rest: path.slice(end) };
}

/**
 * The route of a path in the control plane, the shared mock's or a session's: `/scenario` of `/__mock__/scenario`.
 * `null` for a path outside of both.
 */
export function controlRoute(path: string): string | null {
  // The API's requests, which are many, stop here.
  if (!path.startsWith(CONTROL_PATH)) return null;
  const inSession = sessionOfPath(path)?.rest ?? path;
  if (inSession === CONTROL_PATH) return '/';
  return inSession.startsWith(`${CONTROL_PATH}/`) ? inSession.slice(CONTROL_PATH.length) : null;
}
