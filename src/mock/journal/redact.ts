import type { HeaderField, HttpRequest } from '../../contract/message.ts';
import { isObject, parseJson } from '../../json.ts';
import { isSecretField, isSecretFieldName, REDACTED, type Secrets } from '../../text/secrets.ts';
import { HINT_HEADER, TOKEN_HEADER } from '../headers.ts';

const SECRET_HEADERS = new Set(
  [
    'Authorization',
    'Proxy-Authorization',
    'X-Api-Key',
    'X-Personal-Api-Key',
    'Cookie',
    'Set-Cookie',
    TOKEN_HEADER,
  ].map((name) => name.toLowerCase()),
);

export function isSecretHeader(name: string): boolean {
  return SECRET_HEADERS.has(name.toLowerCase());
}

/** Copies a request without its secrets, for journal, log and events. */
export function redactRequest(request: HttpRequest, secrets: Secrets): HttpRequest {
  const { headers, body } = request;
  return {
    ...redactTarget(request, secrets),
    headers: redactHeaders(headers, secrets),
    body: body === null ? null : redactBody(body, secrets),
  };
}

/** What the first line of a request says, without its secrets. */
export function redactTarget({ method, path, query }: HttpRequest, secrets: Secrets) {
  return {
    method: secrets.hide(method),
    path: redactPath(path, secrets),
    query: redactForms(query, secrets),
  };
}

/** The header fields of a reply without secrets. Repeated ones are joined by `, `. */
export function redactFields(
  fields: readonly HeaderField[],
  secrets: Secrets,
): Readonly<Record<string, string>> {
  const shown = new Map<string, string>();
  for (const [name, value] of fields) {
    const before = shown.get(name);
    // A hint has no secret, but it may name keys of the packaged rows.
    const text = name === HINT_HEADER ? value : isSecretHeader(name) ? REDACTED : secrets.hide(value);
    shown.set(name, before === undefined ? text : `${before}, ${text}`);
  }
  return Object.fromEntries(shown);
}

/** Segment by segment; a key may have slashes, too. */
export function redactPath(path: string, secrets: Secrets): string {
  return redactParts(path, '/', secrets, (segment) => secrets.hide(segment));
}

export function redactHeaders(headers: HttpRequest['headers'], secrets: Secrets): HttpRequest['headers'] {
  const fields = Object.entries(headers).map(([name, value]) => {
    const mayHold = secrets.mayHold(name);
    const isSecret = value === undefined || isSecretHeader(name) || (mayHold && isSecretField(name));
    return [mayHold ? secrets.hide(name) : name, isSecret ? REDACTED : redactForms(value, secrets)];
  });
  return Object.fromEntries(fields);
}

/** An `Authorization` without its credentials. The scheme stays: without it, `Bearer` and `Token` could not be told apart. */
export function redactAuthorization(authorization: string): string {
  const [, scheme] = /^([a-z]{1,20}) +\S/i.exec(authorization.trim()) ?? [];
  return `${scheme === undefined ? '' : `${scheme} `}${REDACTED}`;
}

/** Any text may hold a URL, as a `Referer` does, and with it the query of another request. */
function redactForms(text: string, secrets: Secrets): string {
  return redactParts(text, '?', secrets, (form) => redactForm(form, secrets));
}

/** Part by part, so that the rest stays as it was sent. */
function redactParts(
  text: string,
  separator: string,
  secrets: Secrets,
  redact: (part: string) => string,
): string {
  if (!secrets.mayHold(text)) return text;
  return secrets.hideAcross(text.split(separator).map(redact).join(separator));
}

/** `a=1&b=2`, pair by pair, so that the rest stays as it was sent. */
function redactForm(form: string, secrets: Secrets): string {
  let isValue = false;
  const redactPair = (pair: string): string => {
    if (!isValue && !secrets.mayHold(pair)) return pair;
    const mark = pair.indexOf('=');
    if (mark <= 0) return secrets.hide(pair);
    const [name, value] = [pair.slice(0, mark), pair.slice(mark + 1)];
    const shown = isValue || isSecretField(name) ? REDACTED : secrets.hide(value);
    // The next pair has the value, as in `name=personal_api_key&value=1`.
    isValue = isSecretFieldName(value);
    return `${secrets.hide(name)}=${shown}`;
  };
  return form.split('&').map(redactPair).join('&');
}

/** A body that is neither JSON nor a form is left out when it may hold a key: nobody knows where the key ends. */
export function redactBody(body: string, secrets: Secrets): string {
  if (!secrets.mayHold(body)) return body;
  const json = parseJson(body);
  if (json !== undefined) {
    const read = JSON.stringify(json);
    // Of two members of one name, only the last one has been read.
    if (countMembers(read) < countMembers(body)) return REDACTED;
    const shown = JSON.stringify(redactJson(json, secrets));
    // As it was sent: numbers may have more digits than JSON.parse keeps.
    return shown === read ? body : shown;
  }
  const isForm = /^[^\s"'<[{]\S*$/.test(body);
  return isForm ? redactForms(body, secrets) : REDACTED;
}

/** @param json text that can be parsed. */
function countMembers(json: string): number {
  return json.replaceAll(/"(?:[^"\\]|\\.)*(?:"|\\?$)/gs, '').split(':').length;
}

function redactJson(value: unknown, secrets: Secrets): unknown {
  if (typeof value === 'string') return redactForms(value, secrets);
  if (Array.isArray(value)) {
    // A name and its value, as `Object.entries` has them.
    const isValue = (index: number) => index > 0 && isSecretFieldName(value[index - 1]);
    return value.map((item, index) => (isValue(index) ? REDACTED : redactJson(item, secrets)));
  }
  if (!isObject(value)) return isKnown(value, secrets) ? REDACTED : value;
  const namesField = Object.values(value).some(isSecretFieldName);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const isSecret = isSecretField(key) || (namesField && !isSecretFieldName(member));
      return [redactForms(key, secrets), isSecret ? REDACTED : redactJson(member, secrets)];
    }),
  );
}

/** Whether a number or a literal is a key. */
function isKnown(value: unknown, secrets: Secrets): boolean {
  const text = String(value);
  return secrets.hideKnown(text) !== text;
}
