import type { HttpRequest } from '../../contract/message.ts';
import { hasInvisible, replaceInvisible } from '../../text/printable.ts';
import type { Secrets } from '../../text/secrets.ts';
import { SESSION_HEADER } from '../headers.ts';
import type { redactRequest } from './redact.ts';
import { credentialFields, hideCredentials, type ReplayedCredentials } from './replayed-credentials.ts';

/** For a request without an origin. */
const BASE_URL = 'http://127.0.0.1:4010';

/** The headers that an answer can depend on. */
const SENT_AGAIN = ['Accept', 'Content-Type', 'Prefer', SESSION_HEADER];

/** What curl sends by default. */
const CURLS_OWN_ACCEPT = '*/*';

interface CurlContext {
  /** The session that answered; `null`: the mock itself. */
  readonly session: string | null;
  readonly secrets: Secrets;
  readonly credentials: ReplayedCredentials;
}

/**
 * A command for a POSIX shell that sends a request again, its credentials replaced by a shell variable.
 *
 * @param redacted the request as {@link redactRequest} leaves it.
 */
export function curlOf(
  request: HttpRequest,
  redacted: HttpRequest,
  { session, secrets, credentials: { names, variable } }: CurlContext,
): string {
  const { method, path, headers, body } = redacted;
  const query = hideCredentials(redacted.query, names);
  const word = (text: string) => shellWord(text, variable);
  // A base URL wins over a header.
  const known = session === null ? headers : { ...headers, [SESSION_HEADER.toLowerCase()]: session };
  const fields = SENT_AGAIN.flatMap((name) => {
    const value = known[name.toLowerCase()];
    return value === undefined || value === CURLS_OWN_ACCEPT ? [] : [`${name}: ${value}`];
  });
  // Without a type, curl labels a body as a form.
  if (body !== null && known['content-type'] === undefined) fields.push('Content-Type:');
  const url = `${secrets.hide(baseUrlOf(request))}${path}${query === '' ? '' : `?${query}`}`;
  return [
    'curl',
    ...urlOptions(path, url),
    ...methodOptions(method, body),
    ...[...credentialFields(request, names), ...fields].flatMap((field) => ['-H', word(field)]),
    ...(body === null ? [] : ['--data-raw', word(body)]),
    word(url),
  ].join(' ');
}

/**
 * Quotes text as one word of a POSIX shell; what was redacted becomes a variable. A terminal reads what is pasted before
 * the shell does, so characters that it would obey are escaped.
 *
 * @param variable with its dollar sign.
 */
export function shellWord(text: string, variable = '$API_KEY'): string {
  const parts = text.split(HIDDEN);
  if (parts.length === 1) return quoted(text);
  const isPlain = parts.every(
    (part, index) => !/["\\$`!]/.test(part) && !hasInvisible(part) && !(index > 0 && /^\w/.test(part)),
  );
  if (isPlain) return `"${parts.join(variable)}"`;
  return parts.map((part) => (part === '' ? '' : quoted(part))).join(`"${variable}"`);
}

/** What {@link redactRequest} puts into the place of a secret. */
const HIDDEN = /\[redacted\]|ph[cxs]_…/i;

function quoted(text: string): string {
  if (/^[\w./:@%,+=-]+$/.test(text)) return text;
  if (!hasInvisible(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  return `$'${replaceInvisible(text.replaceAll(/['\\]/g, String.raw`\$&`), bytesOf)}'`;
}

/** Its UTF-8 bytes, as `$'…'` has them: `\x1b`. */
function bytesOf(character: string): string {
  const bytes = [...new TextEncoder().encode(character)];
  return bytes.map((byte) => String.raw`\x${byte.toString(16).padStart(2, '0')}`).join('');
}

/** Keeps curl from expanding sets and ranges in a URL, and from resolving `..` in its path. */
function urlOptions(path: string, url: string): readonly string[] {
  const isPattern = /[[\]{}]/.test(url.split(HIDDEN).join(''));
  const hasSteps = /\/(\.|%2e){1,2}(\/|$)/i.test(path);
  return [...(isPattern ? ['--globoff'] : []), ...(hasSteps ? ['--path-as-is'] : [])];
}

function methodOptions(method: string, body: string | null): readonly string[] {
  if (method === 'HEAD') return ['--head'];
  return method === 'GET' && body === null ? [] : ['-X', shellWord(method)];
}

function baseUrlOf({ baseUrl, origin, headers: { host } }: HttpRequest): string {
  const local = host === undefined || !/^[\w.:[\]-]+$/.test(host) ? BASE_URL : `http://${host}`;
  return baseUrl ?? origin ?? local;
}
