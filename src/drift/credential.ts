import type { Operation, SecurityScheme } from '../contract/contract.ts';
import { shownNames } from '../text/shown.ts';
import type { PlannedRequest } from './plan.ts';

/**
 * A request with the key where the contract wants it. An operation that needs none is sent without.
 *
 * @param key of a basic scheme: user and password, with a colon between them.
 * @returns why it cannot be sent, as text.
 */
export function withCredential(
  request: PlannedRequest,
  { security }: Operation,
  key: string | null,
): PlannedRequest | string {
  if (security.length === 0) return request;
  if (key === null) return 'it needs a key; give the variable that has it with --key-env NAME.';
  const alternatives = security.map(({ schemes }) => schemes).filter(isSupported);
  const [schemes] = alternatives.toSorted((one, other) => one.length - other.length);
  if (!schemes) {
    const names = security.flatMap((requirement) => requirement.schemes.map(({ name }) => name));
    const which = names.length === 0 ? 'the contract does not describe' : `${shownNames(names)} is not`;
    return `its credential cannot be sent: ${which} a bearer, basic or apiKey scheme.`;
  }
  return schemes.reduce((sent, scheme) => addCredential(sent, scheme, key), request);
}

function isSupported(schemes: readonly SecurityScheme[]): boolean {
  return schemes.length > 0 && schemes.every(({ kind }) => SUPPORTED.has(kind));
}

const SUPPORTED = new Set(['bearer', 'basic', 'header', 'query', 'cookie']);

function addCredential(
  request: PlannedRequest,
  { kind, parameter }: SecurityScheme,
  key: string,
): PlannedRequest {
  const { headers } = request;
  const withHeader = (name: string, value: string) => ({
    ...request,
    headers: { ...headers, [name]: value },
  });
  if (kind === 'query') {
    const pair = `${encodeURIComponent(parameter)}=${encodeURIComponent(key)}`;
    const others = request.query.split('&').filter((other) => other !== '' && !isOf(other, parameter));
    return { ...request, query: [...others, pair].join('&') };
  }
  if (kind === 'cookie') {
    const cookie = `${parameter}=${encodeURIComponent(key)}`;
    return withHeader('cookie', headers.cookie === undefined ? cookie : `${headers.cookie}; ${cookie}`);
  }
  if (kind === 'header') return withHeader(parameter.toLowerCase(), key);
  return withHeader('authorization', kind === 'basic' ? `Basic ${btoa(key)}` : `Bearer ${key}`);
}

function isOf(pair: string, name: string): boolean {
  return new URLSearchParams(pair).has(name);
}
