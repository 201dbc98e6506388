import type { Operation, SecurityRequirement, SecurityScheme } from '../../contract/contract.ts';
import { readCookies } from '../../contract/cookies.ts';
import type { HeaderField, HttpRequest } from '../../contract/message.ts';
import { memoize } from '../../memoize.ts';
import { printable } from '../../text/printable.ts';
import type { Outcome, ProviderCall, Refusal } from '../provider.ts';
import { describeError, refuse } from './errors.ts';

/**
 * Refuses a request that satisfies no security requirement: with the contract's 401, else its 403, else what it has for
 * any 401. Any credential will do, as the contract does not say which ones are valid.
 */
export function authenticate(call: ProviderCall): Outcome | Refusal | null {
  const { request, route } = call;
  const { security, responses } = route.operation;
  if (security.length === 0 || security.some((requirement) => satisfies(request, requirement))) return null;
  const hint = `The operation needs ${security.map(inWords).join(', or ')}; any value will do. With auth: 'off' (--auth off), none is needed.`;
  const has = (status: string) => responses.some((response) => response.status === status);
  const status = has('403') && !has('401') ? 403 : 401;
  return describeError(call, status, hint) ?? refuse('UNAUTHENTICATED', hint);
}

function satisfies(request: HttpRequest, { schemes }: SecurityRequirement): boolean {
  return schemes.every((scheme) => hasCredential(request, scheme));
}

function hasCredential({ headers, query }: HttpRequest, { kind, parameter }: SecurityScheme): boolean {
  switch (kind) {
    case 'header':
      return isGiven(headers[parameter.toLowerCase()]);
    case 'query':
      return isGiven(new URLSearchParams(query).get(parameter));
    case 'cookie':
      return isGiven(readCookies(headers.cookie).get(parameter));
    case 'mutual-tls':
      // A connection knows of certificates, not a request.
      return true;
    default:
      return hasAuthorization(headers.authorization ?? '', kind);
  }
}

function isGiven(value: string | null | undefined): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function hasAuthorization(header: string, scheme: string): boolean {
  const [sent = '', ...credentials] = header.trim().split(/\s+/);
  return credentials.length > 0 && (scheme === '' || sent.toLowerCase() === scheme);
}

/** The schemes that the operation takes, for the `WWW-Authenticate` of a 401. */
export const challengesOf = memoize(({ security }: Operation): readonly HeaderField[] => {
  const challenges = security.flatMap(({ schemes }) => schemes.flatMap((scheme) => challengeOf(scheme)));
  return challenges.length === 0 ? [] : [['WWW-Authenticate', [...new Set(challenges)].join(', ')]];
});

/** Keys in headers, queries and cookies have no registered name. */
function challengeOf({ kind, parameter }: SecurityScheme): readonly string[] {
  switch (kind) {
    case 'mutual-tls':
      return [];
    case 'header':
    case 'query':
    case 'cookie':
      return [`ApiKey in="${kind}", name="${quotable(parameter)}"`];
    default: {
      const scheme = /^[\w!#$%&'*+.^`|~-]+$/.test(kind) ? kind : 'bearer';
      return [`${scheme.charAt(0).toUpperCase()}${scheme.slice(1)} realm="mock"`];
    }
  }
}

function quotable(text: string): string {
  return printable(text).replaceAll(/["\\]/g, '');
}

function inWords({ schemes }: SecurityRequirement): string {
  return schemes.map((scheme) => `${scheme.name} (${placeOf(scheme)})`).join(' and ');
}

function placeOf({ kind, parameter }: SecurityScheme): string {
  switch (kind) {
    case 'header':
      return `the header ${parameter}`;
    case 'query':
      return `the query parameter ${parameter}`;
    case 'cookie':
      return `the cookie ${parameter}`;
    case 'mutual-tls':
      return 'a certificate of the client';
    default:
      return `Authorization: ${kind.charAt(0).toUpperCase()}${kind.slice(1)} …`;
  }
}
