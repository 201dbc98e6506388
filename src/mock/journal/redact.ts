import type { HeaderField, HttpRequest } from '../../contract/message.ts';
import { isObject, parseJson } from '../../json.ts';
import { isSecretField, mayHoldSecret, REDACTED, withoutSecrets } from '../../text/secrets.ts';
import { HINT_HEADER, TOKEN_HEADER } from '../headers.ts';

const SECRET_HEADERS = new Set(
  ['Authorization', 'Proxy-Authorization', 'Cookie', 'Set-Cookie', TOKEN_HEADER].map((name) =>
    name.toLowerCase(),
  ),
);

function isSecretHeader(name: string): boolean {
  return SECRET_HEADERS.has(name.toLowerCase());
}

/** Copies a request without its secrets, for journal, log and events. */
export function redactRequest({ method, path, query, headers, body }: HttpRequest): HttpRequest {
  return {
    method: withoutSecrets(method),
    path: redactPath(path),
    query: redactForms(query),
    headers: redactHeaders(headers),
    body: body === null ? null : redactBody(body),
  };
}

/** The header fields of a reply without secrets. Repeated ones are joined by `, `. */
export function redactFields(fields: readonly HeaderField[]): Readonly<Record<string, string>> {
  const shown = new Map<string, string>();
  for (const [name, value] of fields) {
    const before = shown.get(name);
    // A hint has no secret, but it may name keys of the packaged rows.
    const text = name === HINT_HEADER ? value : isSecretHeader(name) ? REDACTED : withoutSecrets(value);
    shown.set(name, before === undefined ? text : `${before}, ${text}`);
  }
  return Object.fromEntries(shown);
}

export function redactPath(path: string): string {
  return path.split('/').map(withoutSecrets).join('/');
}

function redactHeaders(headers: HttpRequest['headers']): HttpRequest['headers'] {
  const fields = Object.entries(headers).map(([name, value]) => [
    withoutSecrets(name),
    value === undefined || isSecretHeader(name) || isSecretField(name) ? REDACTED : redactForms(value),
  ]);
  return Object.fromEntries(fields);
}

/** Any text may hold a URL, as a `Referer` does, and with it the query of another request. */
function redactForms(text: string): string {
  return text.split('?').map(redactForm).join('?');
}

/** `a=1&b=2`, pair by pair, so that the rest stays as it was sent. */
function redactForm(form: string): string {
  return form.split('&').map(redactPair).join('&');
}

function redactPair(pair: string): string {
  const mark = pair.indexOf('=');
  const name = pair.slice(0, mark);
  return mark > 0 && isSecretField(name) ? `${withoutSecrets(name)}=${REDACTED}` : withoutSecrets(pair);
}

/** A body that is neither JSON nor a form is left out when it may hold a key: nobody knows where the key ends. */
function redactBody(body: string): string {
  const json = parseJson(body);
  if (json !== undefined) return JSON.stringify(redactJson(json));
  const isForm = /^[^\s"'<[{]\S*$/.test(body);
  return isForm || !mayHoldSecret(body) ? redactForms(body) : REDACTED;
}

function redactJson(value: unknown): unknown {
  if (typeof value === 'string') return redactForms(value);
  if (Array.isArray(value)) return value.map(redactJson);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      redactForms(key),
      isSecretField(key) ? REDACTED : redactJson(member),
    ]),
  );
}
