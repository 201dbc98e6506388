import type { IncomingMessage } from 'node:http';

export interface CorsPolicy {
  /** The origins that may read answers, such as `http://localhost:5173`. Default: any, without credentials. */
  readonly corsOrigins?: readonly string[] | undefined;
}

/** Makes the CORS headers of an answer: names and values in turn, as `writeHead` takes them. */
export type CorsHeaders = (incoming: IncomingMessage) => readonly string[];

export function createCorsHeaders({ corsOrigins }: CorsPolicy): CorsHeaders {
  if (!corsOrigins) return () => ['Access-Control-Allow-Origin', '*', ...EXPOSED];
  const listed = new Set(corsOrigins);
  return ({ headers: { origin } }) =>
    origin !== undefined && listed.has(origin)
      ? ['Vary', 'Origin', 'Access-Control-Allow-Origin', origin, ...EXPOSED]
      : ['Vary', 'Origin'];
}

/** A browser asks whether it may send the request that it has in mind. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'OPTIONS' &&
    headers.origin !== undefined &&
    headers['access-control-request-method'] !== undefined
  );
}

/** What the answer to a preflight says besides {@link CorsHeaders}: every method and header may be sent. */
export function preflightHeaders({ headers }: IncomingMessage): readonly string[] {
  const wanted = headers['access-control-request-headers'];
  return [
    'Access-Control-Allow-Methods',
    'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT',
    ...(wanted === undefined ? [] : ['Access-Control-Allow-Headers', wanted]),
  ];
}

const EXPOSED = [
  'Access-Control-Expose-Headers',
  [
    'Allow',
    'Preference-Applied',
    'WWW-Authenticate',
    'X-Mock-Hint',
    'X-Mock-Operation',
    'X-Mock-Scenario',
    'X-Mock-Session',
    'X-Mock-Source',
    'X-Mock-Synthetic',
  ].join(', '),
];
