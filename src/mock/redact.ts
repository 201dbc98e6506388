import { isObject } from '../contract/json.ts';
import type { HttpRequest } from '../contract/message.ts';

export const REDACTED = '[redacted]';

const SECRET_HEADERS = /^(authorization|proxy-authorization|cookie|set-cookie|x-mock-token)$/i;
const SECRET_FIELD = 'personal_api_key';
const FIELD_IN_BROKEN_JSON = /("personal_api_key"\s*:\s*)"(?:[^"\\]|\\.)*"?/g;
const POSTHOG_KEY = /ph[cxs]_[\w-]*/gi;

/** A copy of a request that shows no secret, fit for a journal, a log or an event. */
export function redactRequest({ method, path, query, headers, body }: HttpRequest): HttpRequest {
  return {
    method: redactText(method),
    path: redactPath(path),
    query: redactForm(query),
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
    name,
    value === undefined || SECRET_HEADERS.test(name) ? REDACTED : redactHeaderValue(value),
  ]);
  return Object.fromEntries(fields);
}

/** A `Referer` may carry the query of another request. */
function redactHeaderValue(value: string): string {
  const query = value.indexOf('?');
  return query < 0
    ? redactEncoded(value)
    : `${redactEncoded(value.slice(0, query))}?${redactForm(value.slice(query + 1))}`;
}

/** `a=1&b=2`, pair by pair, so that what is not secret stays as it was sent. */
export function redactForm(form: string): string {
  return form
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1);
      return decoded(name) === SECRET_FIELD ? `${name}=${REDACTED}` : redactEncoded(pair);
    })
    .join('&');
}

function redactBody(body: string): string {
  try {
    return JSON.stringify(redactJson(JSON.parse(body)));
  } catch {
    return redactForm(body.replaceAll(FIELD_IN_BROKEN_JSON, `$1"${REDACTED}"`));
  }
}

function redactJson(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redactJson);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      redactText(key),
      key === SECRET_FIELD ? REDACTED : redactJson(member),
    ]),
  );
}

/** Where an escape hides a key, the text is shown decoded. */
function redactEncoded(text: string): string {
  const plain = decoded(text);
  const redacted = redactText(plain);
  return redacted === plain ? text : redacted;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // What cannot be decoded as a whole may still hide a key in an escape that can.
    return text.replaceAll(/%([0-7][0-9a-f])/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  }
}
