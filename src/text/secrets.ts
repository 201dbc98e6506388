import { characterOf, decodeLeniently, withoutControls } from './printable.ts';

/** Replaces a secret whose format is not known. */
export const REDACTED = '[redacted]';

/** The field that carries an API key in a body or a query (provider/posthog/README.md §3). */
const SECRET_FIELD = 'personal_api_key';

/**
 * Redacts whatever looks like a PostHog key, and the value of every field called `personal_api_key`. If escapes hide a
 * secret, the text comes back decoded; otherwise its escapes stay.
 */
export function withoutSecrets(text: string): string {
  if (!SUSPICIOUS.test(text)) return text;
  const plain = decode(text);
  if (plain === undefined) return REDACTED;
  const safe = (plain === text ? withoutFields(plain) : withoutFieldsToTheEnd(plain)).replaceAll(
    KEY,
    (key) => `${key.slice(0, 4)}…`,
  );
  if (safe === plain) return text;
  return plain === text ? safe : withoutControls(safe);
}

/** Whether a field of this name, decoded if need be, carries an API key. */
export function isSecretField(name: string): boolean {
  return (decode(name) ?? name).toLowerCase().includes(SECRET_FIELD);
}

/** Whether text mentions a key or the field that carries one, in any of its escapes, or as UTF-16 read byte by byte. */
export function mayHoldSecret(text: string): boolean {
  const plain = decode(text.replaceAll('\0', ''));
  return plain === undefined || /ph[cxs]_|personal_api_key/i.test(plain);
}

/** Matches every text that may hold a secret; most texts do not match. */
const SUSPICIOUS = /ph[cxs]_|personal_api_key|%[0-9a-f]{2}|\\u[0-9a-f]{4}/i;

/** A key that is not redacted yet. */
const KEY = /ph[cxs]_(?!…)[\w-]*/gi;

/** The name of the field, what closes the name, and everything that may stand between it and the value. */
const NAME = String.raw`(personal_api_key(?:\[\])?\\*["']?)([\s=:]*)`;
const QUOTED = String.raw`(\\*")(?:[^"\\]|\\.)*(?:"|$)|(')[^']*(?:'|$)`;
const UNQUOTED = String.raw`(?!\[redacted\])[^\s"'&;,#}\]]+`;
const FIELD = new RegExp(`${NAME}(${QUOTED}|${UNQUOTED})?`, 'gis');
const FIELD_TO_THE_END = new RegExp(`${NAME}(.+)?`, 'gis');

/** A delimiter of a query or of JSON, or the blank line before the content of a part of a multipart body. */
const DELIMITER = /[=:]|\r?\n\r?\n/;

function withoutFields(text: string): string {
  return text.replaceAll(
    FIELD,
    (whole, name: string, between: string, value?: string, double = '', single = '') => {
      if (value === undefined || !DELIMITER.test(between)) return whole;
      const quote = double || single;
      return `${name}${between}${quote}${REDACTED}${quote}`;
    },
  );
}

/** Decoding can turn data into delimiters, so redact to the end. */
function withoutFieldsToTheEnd(text: string): string {
  return text.replaceAll(FIELD_TO_THE_END, (whole, name: string, between: string, value?: string) =>
    value !== undefined && DELIMITER.test(between) ? `${name}${between}${REDACTED}` : whole,
  );
}

const ESCAPED = /%[0-9a-f]{2}|\\u[0-9a-f]{4}/i;
const MAX_ROUNDS = 8;

/** Decodes text that was encoded any number of times; `undefined` beyond {@link MAX_ROUNDS}. */
function decode(text: string): string | undefined {
  if (!ESCAPED.test(text)) return text;
  let plain = text;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = decodeLeniently(plain).replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) =>
      characterOf(code),
    );
    if (next === plain) return plain;
    plain = next;
  }
  return undefined;
}
