import { readCookies } from '../../contract/cookies.ts';
import type { HttpRequest } from '../../contract/message.ts';
import { decodeLeniently } from '../../text/printable.ts';
import { REDACTED } from '../../text/secrets.ts';
import type { CredentialNames } from '../credentials.ts';
import { redactAuthorization } from './redact.ts';

/** What a curl command has in place of credentials. */
export interface ReplayedCredentials {
  readonly names: CredentialNames;
  /** The shell variable that stands for each of them, with its dollar sign. */
  readonly variable: string;
}

/** The header fields of a request that carry credentials, redacted. */
export function credentialFields(
  { headers }: HttpRequest,
  { headers: names, cookies }: CredentialNames,
): readonly string[] {
  const { authorization } = headers;
  const sentCookies = readCookies(headers.cookie);
  const own = names.filter((name) => headers[name.toLowerCase()] && name.toLowerCase() !== 'authorization');
  const sent = cookies.filter((name) => sentCookies.has(name));
  return [
    ...(authorization === undefined ? [] : [`Authorization: ${redactAuthorization(authorization)}`]),
    ...own.map((name) => `${name}: ${REDACTED}`),
    ...(sent.length === 0 ? [] : [`Cookie: ${sent.map((name) => `${name}=${REDACTED}`).join('; ')}`]),
  ];
}

/** A query without the values that are credentials, also where they are too short to be found elsewhere. */
export function hideCredentials(query: string, { parameters }: CredentialNames): string {
  if (parameters.length === 0) return query;
  const hide = (pair: string) => {
    const [name = '', value = ''] = pair.split('=', 2);
    return value !== '' && parameters.includes(decodeLeniently(name.replaceAll('+', ' ')))
      ? `${name}=${REDACTED}`
      : pair;
  };
  return query.split('&').map(hide).join('&');
}
