import type { HttpRequest } from '../contract/message.ts';
import { decodeLeniently, decodeThrice } from '../contract/shown-text.ts';
import { isObject } from '../json.ts';

export const REDACTED = '[redacted]';

const SECRET_HEADERS = /^(authorization|proxy-authorization|cookie|set-cookie|x-mock-token)$/i;
const SECRET_FIELD = 'personal_api_key';
const FIELD_IN_BROKEN_JSON = /("personal_api_key"\s*:\s*)"(?:[^"\\]|\\.)*"?/g;
const POSTHOG_KEY = /ph[cxs]_[\w-]*/gi;

/** A copy of a request that shows no secret, fit for a journal, a log or an event. */
export function redactRequest({ method, path, query, headers, body }: HttpRequest): HttpRequest {
  return {
    method: redactEncoded(method),
    path: redactPath(path),
    query: redactUrl(query),
    headers: redactHeaders(headers),
    body: body === null ? null : redactBody(body),
  };
}

/** Anything that looks like a key of PostHog, within any text. */
export function redactText(text: string): string {
  return text.replaceAll(POSTHOG_KEY, (key) => `${key.slice(0, 4)}…`);
}

export function redactPath(path: string): string {
  return path
    .split('/')
    .map((segment) => redactEncoded(segment))
    .join('/');
}

function redactHeaders(headers: HttpRequest['headers']): HttpRequest['headers'] {
  const fields = Object.entries(headers).map(([name, value]) => [
    redactEncoded(name),
    value === undefined || SECRET_HEADERS.test(name) ? REDACTED : redactUrl(value),
  ]);
  return Object.fromEntries(fields);
}

/** Any text may hold a URL, as a `Referer` does, and with it the query of another request. */
function redactUrl(text: string): string {
  return text.split('?').map(redactForm).join('?');
}

/** `a=1&b=2`, pair by pair, so that what is not secret stays as it was sent. */
function redactForm(form: string): string {
  return form
    .split('&')
    .map((pair) => {
      const [name = '', value] = pair.split('=', 2);
      const isSecret = value !== undefined && decodeLeniently(name) === SECRET_FIELD;
      return isSecret ? `${name}=${REDACTED}` : redactEncoded(pair);
    })
    .join('&');
}

function redactBody(body: string): string {
  try {
    return JSON.stringify(redactJson(JSON.parse(body)));
  } catch {
    return redactUrl(body.replaceAll(FIELD_IN_BROKEN_JSON, `$1"${REDACTED}"`));
  }
}

function redactJson(value: unknown): unknown {
  if (typeof value === 'string') return redactUrl(value);
  if (Array.isArray(value)) return value.map(redactJson);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      redactUrl(key),
      key === SECRET_FIELD ? REDACTED : redactJson(member),
    ]),
  );
}

/** Where escapes hide a key, the text is shown decoded. */
function redactEncoded(text: string): string {
  const plain = decodeThrice(text);
  const redacted = redactText(plain);
  return redacted === plain ? text : redacted;
}
