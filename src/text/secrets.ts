import { character, decodeLeniently, withoutControls } from './printable.ts';

/** What is shown in the place of a secret whose form is not known. */
export const REDACTED = '[redacted]';

/** The name that a key has in a body or a query (provider/posthog/README.md §3). */
const SECRET_FIELD = 'personal_api_key';

/**
 * Text that can be shown: without anything that looks like a key of PostHog, and without what is called
 * `personal_api_key`. Where escapes hide a secret, the text is shown decoded; where none is hidden, as it is.
 */
export function withoutSecrets(text: string): string {
  if (!SUSPICIOUS.test(text)) return text;
  const plain = decoded(text);
  if (plain === undefined) return REDACTED;
  const safe = (plain === text ? withoutFields(plain) : withoutFieldsToTheEnd(plain)).replaceAll(
    KEY,
    (key) => `${key.slice(0, 4)}…`,
  );
  if (safe === plain) return text;
  return plain === text ? safe : withoutControls(safe);
}

/** Whether a name, decoded, is the one of a key. */
export function isSecretField(name: string): boolean {
  return (decoded(name) ?? name).toLowerCase().includes(SECRET_FIELD);
}

/** Most texts hold nothing of the kind, and this is quickly found out. */
const SUSPICIOUS = /ph[cxs]_|personal_api_key|%[0-9a-f]{2}|\\u[0-9a-f]{4}/i;

/** Not one of which the rest has gone already. */
const KEY = /ph[cxs]_(?!…)[\w-]*/gi;

/** The name, and what stands between it and its value in a query, in JSON or in a multipart body. */
const NAME = String.raw`(personal_api_key(?:\[\])?\\*["']?\s*(?:[=:]|\r?\n\r?\n)\s*)`;
const QUOTED = String.raw`(\\*")(?:[^"\\]|\\.)*(?:"|$)|(')[^']*(?:'|$)`;
const UNQUOTED = String.raw`(?!\[redacted\])[^\s"'&;,#}\]]+`;
const FIELD = new RegExp(`${NAME}(?:${QUOTED}|${UNQUOTED})`, 'gis');
const FIELD_TO_THE_END = new RegExp(`${NAME}.+`, 'gis');

function withoutFields(text: string): string {
  return text.replaceAll(FIELD, (_, name: string, double = '', single = '') => {
    const quote = double || single;
    return `${name}${quote}${REDACTED}${quote}`;
  });
}

/** Decoding has made delimiters of what was none, so a value may go on to the end. */
function withoutFieldsToTheEnd(text: string): string {
  return text.replaceAll(FIELD_TO_THE_END, `$1${REDACTED}`);
}

const ESCAPED = /%[0-9a-f]{2}|\\u[0-9a-f]{4}/i;
const MAX_ROUNDS = 8;

/** Decoded as often as it was encoded; `undefined` when that is more often than anybody does by mistake. */
function decoded(text: string): string | undefined {
  if (!ESCAPED.test(text)) return text;
  let plain = text;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = decodeLeniently(plain).replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) =>
      character(code),
    );
    if (next === plain) return plain;
    plain = next;
  }
  return undefined;
}
