import type { IncomingMessage } from 'node:http';
import type { HeaderField } from '../contract/message.ts';
import { ANSWER_HEADERS } from '../mock/headers.ts';
import { shownFew, shownText, shownUrl } from '../text/shown.ts';
import { UsageRangeError } from '../usage-error.ts';

export interface CorsPolicy {
  /** Origins whose pages may send credentials and read answers, such as `http://localhost:5173`. Default: any page may read, but send no credentials. */
  readonly corsOrigins?: readonly string[] | undefined;
}

/** Makes the CORS headers of an answer: names and values in turn, as `writeHead` takes them. */
export type CorsHeaders = (request: {
  readonly headers: { readonly origin?: string | undefined };
}) => readonly string[];

/** @throws {UsageRangeError} when one of the origins is not an origin. */
export function createCorsHeaders({ corsOrigins }: CorsPolicy): CorsHeaders {
  if (allowsAny(corsOrigins)) {
    const any = ['Access-Control-Allow-Origin', '*', ...EXPOSED];
    return () => any;
  }
  const vary = ['Vary', 'Origin'];
  const byOrigin = new Map(
    corsOrigins
      .map(originOf)
      .map((origin) => [
        origin,
        [...vary, 'Access-Control-Allow-Origin', origin, ...WITH_CREDENTIALS, ...EXPOSED],
      ]),
  );
  return ({ headers: { origin = '' } }) => byOrigin.get(origin) ?? vary;
}

function allowsAny(origins: readonly string[] | undefined): origins is undefined | readonly ['*'] {
  return !origins || (origins.length === 1 && origins[0] === '*');
}

/** Tells why a page that asks for permission does not get it, `undefined` where it does: its browser hides the reason. */
export function createPreflightHint({
  corsOrigins,
}: CorsPolicy): (incoming: IncomingMessage) => string | undefined {
  if (allowsAny(corsOrigins)) return () => undefined;
  const origins = corsOrigins.map(originOf);
  const listed = origins.length === 0 ? 'no origin' : shownFew(origins);
  return ({ headers: { origin = '' } }) =>
    origins.includes(origin)
      ? undefined
      : `The browser keeps pages of ${shownText(origin)} from answers: --cors-origin ("corsOrigins" in code) has ${listed}.`;
}

/** @throws {UsageRangeError} when a text is not an origin. */
function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const others = url && url.username + url.password + url.search + url.hash;
  const isOrigin = url && /^\/?$/.test(url.pathname) && others === '' && /^[^*]+$/.test(url.host);
  // Apps have schemes of their own, such as capacitor://localhost; only those of the web have an `origin` here.
  if (isOrigin) return url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin;
  throw new UsageRangeError(
    `--cors-origin ("corsOrigins" in code) is "*" alone, or an origin such as "http://localhost:5173"; found ${shownUrl(text)}.`,
  );
}

/** Lets a page send its cookies. Browsers refuse this together with `Access-Control-Allow-Origin: *`. */
const WITH_CREDENTIALS = ['Access-Control-Allow-Credentials', 'true'];

/** Whether a browser asks for permission to send another request. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'OPTIONS' &&
    headers.origin !== undefined &&
    headers['access-control-request-method'] !== undefined
  );
}

/**
 * The answer to a preflight, besides {@link CorsHeaders}: every method and header may be sent. A contract may have more
 * methods, such as QUERY; the mock refuses what it does not have itself, so that the page can read why.
 */
export function preflightHeaders({ headers }: IncomingMessage): readonly string[] {
  const wanted = headers['access-control-request-headers'];
  const method = headers['access-control-request-method'];
  const isOther = method !== undefined && /^[\w!#$%&'*+.^`|~-]+$/.test(method) && !METHODS.has(method);
  return [
    'Access-Control-Allow-Methods',
    isOther ? `${ALL_METHODS}, ${method}` : ALL_METHODS,
    ...(wanted === undefined ? [] : ['Access-Control-Allow-Headers', wanted]),
  ];
}

const METHODS: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

/** The methods that a mock can answer, by any path. */
export const ALL_METHODS = [...METHODS].join(', ');

const ALWAYS_EXPOSED = ['Allow', 'Preference-Applied', 'WWW-Authenticate', ...ANSWER_HEADERS];
const EXPOSE = 'Access-Control-Expose-Headers';
const EXPOSED = [EXPOSE, ALWAYS_EXPOSED.join(', ')];

/** What any page may read, by the Fetch standard or by {@link EXPOSED}. In the usual case, as it is only to save work. */
const READABLE: ReadonlySet<string> = new Set([
  ...ALWAYS_EXPOSED,
  'Cache-Control',
  'Content-Language',
  'Content-Type',
  'Expires',
  'Last-Modified',
  'Pragma',
]);

/** Lets a page that may read an answer read the headers that the contract gives it, such as `Location`. */
export function exposeOwn(cors: readonly string[], own: readonly HeaderField[]): readonly string[] {
  if (own.every(([name]) => READABLE.has(name))) return cors;
  const others = own.filter(([name]) => !READABLE.has(name));
  const names = new Set(others.map(([name]) => name));
  const at = cors.indexOf(EXPOSE) + 1;
  return at === 0 ? cors : cors.with(at, [...ALWAYS_EXPOSED, ...names].join(', '));
}
