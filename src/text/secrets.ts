import { once } from '../memoize.ts';
import { encodingsOf, exactly, MIN_NEEDLE_LENGTH, Needles } from './needles.ts';
import { withoutControls } from './printable.ts';
import { bare, readingsOf, unescaped } from './readings.ts';

/** Replaces a secret whose format is not known. */
export const REDACTED = '[redacted]';

/** Of very many keys, the first ones are found in base64 and digits: such a key takes about 2 KB. */
const MAX_ENCODED = 1_000;

/** Known keys, as they are and encoded. */
interface Keys {
  readonly plain: Needles;
  readonly encoded: Needles;
}

/**
 * What must not be shown, the one place that decides it: what looks like a PostHog key, the value of every field called
 * `personal_api_key` (provider/posthog/README.md §3), and known keys, which may look like anything. All of them are found
 * in whatever encoding a reader could undo: see `readings.ts` and `needles.ts`.
 */
export class Secrets {
  /** `null` where none is known. Made when they are first needed: most mocks never show anything. */
  readonly #keys: () => Keys | null;

  /** @param keys gives the keys when they are first needed. Those of less than four characters are left out. */
  constructor(keys: () => readonly string[]) {
    this.#keys = once(() => needlesOf(keys()));
  }

  /** Redacts text. If escapes hide a secret, the text comes back decoded; otherwise its escapes stay. */
  hide(text: string): string {
    return this.mayHold(text) ? this.hideAcross(hideFormats(this.#hidePlain(text))) : text;
  }

  /** Redacts the start of a text that was cut, which may end within a key. */
  hideStart(start: string): string {
    return this.hide(`${start}…`).replace(/…$/, '');
  }

  /** Redacts what shows only in the whole of a text whose parts have been redacted. */
  hideAcross(text: string): string {
    return this.#hideWords(this.#hidePlain(text), showsFormat);
  }

  /** Redacts known keys alone, in text that names others on purpose. */
  hideKnown(text: string): string {
    return this.#keys() ? this.#hideWords(this.#hidePlain(text), () => false) : text;
  }

  /** Whether text mentions a key, or the field that carries one, in any encoding. */
  mayHold(text: string): boolean {
    return this.#holds(text, mentionsFormat);
  }

  /** Known keys where they are plain. */
  #hidePlain(text: string): string {
    const plain = this.#keys()?.plain;
    if (!plain?.areIn(text)) return text;
    // Behind escapes, more of a key that is cut may be in front: it goes with the word around it.
    const alsoCut = readingsOf(text)?.length === 1;
    let shown = '';
    let at = 0;
    for (const { start, end } of plain.find(text, alsoCut)) {
      shown += text.slice(at, start) + REDACTED;
      at = end;
    }
    return shown + text.slice(at);
  }

  /** Leaves out the words that hold a secret in another encoding, or all of them if it spans several. */
  #hideWords(text: string, shows: (reading: string) => boolean): string {
    const holds = (part: string) => this.#holds(part, shows);
    if (!holds(text)) return text;
    if (LINE_BREAK.test(text)) return REDACTED;
    const words = text.split(/(\s+)/).map((word) => (holds(word) ? REDACTED : word));
    const shown = words.join('');
    return holds(shown) ? REDACTED : shown;
  }

  #holds(text: string, shows: (reading: string) => boolean): boolean {
    const keys = this.#keys();
    const holds = readingsOf(text)?.some(
      (reading) => shows(reading) || keys?.plain.areIn(reading) || keys?.encoded.areIn(reading),
    );
    return holds ?? true;
  }
}

/** Where no keys are known. */
export const UNKNOWN_KEYS = new Secrets(() => []);

/** Redacts text whose mock is not known. */
export function withoutSecrets(text: string): string {
  return UNKNOWN_KEYS.hide(text);
}

/** Whether a field of this name, decoded if need be, carries an API key; the name may begin with others, as in a path. */
export function isSecretField(name: string): boolean {
  return readingsOf(name)?.some((reading) => FIELD_NAME.test(reading)) ?? true;
}

/** Whether a value is the name of the field, as in `{ "name": "personal_api_key", "value": … }`. */
export function isSecretFieldName(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > MAX_NAME_LENGTH) return false;
  return readingsOf(value)?.some((reading) => FIELD_NAME_ALONE.test(reading)) ?? true;
}

function needlesOf(keys: readonly string[]): Keys | null {
  if (keys.length === 0) return null;
  const encoded = keys.filter(({ length }) => length >= MIN_NEEDLE_LENGTH).slice(0, MAX_ENCODED);
  return {
    plain: new Needles([...keys, ...keys.map(bare)]),
    encoded: new Needles(encoded.flatMap(encodingsOf), exactly),
  };
}

/** Redacts formats and fields where they are plain, or in the escapes of URLs, JSON and HTML. */
function hideFormats(text: string): string {
  const plain = unescaped(text);
  if (plain === undefined) return REDACTED;
  // Decoding can turn data into delimiters, so redact to the end.
  const field = plain === text ? FIELD : FIELD_TO_THE_END;
  const safe = plain
    .replace(NAMED_VALUE, `$1${REDACTED}`)
    .replaceAll(field, hideValue)
    .replaceAll(KEY, (key) => `${key.slice(0, 4)}…`);
  if (safe === plain) return text;
  return plain === text ? safe : withoutControls(safe);
}

/** A key that is not redacted yet. */
const KEY = /ph[cxs]_(?!…)[\w-]*/gi;
/** A longer name, as of a count of keys, is another field. */
const FIELD_NAME = /personal_api_keys?(?![a-z_-])/i;
const FIELD_NAME_ALONE = /^[\s"'+]{0,8}personal_api_keys?(?:\[\])?[\s"'+]{0,8}$/i;
/** Of the name of the field, however it is encoded. */
const MAX_NAME_LENGTH = 500;

/**
 * The name of the field, what closes the name, everything that may stand between it and the value, and the value: in
 * double quotes, in single ones, or without. What is in quotes may go on to the end.
 */
const FIELD =
  /(personal_api_keys?(?:\[\])?\\*["']?)([\s=:]*)((\\*")(?:[^"\\]|\\.)*(?:"|\\?$)|(')[^']*(?:'|$)|(?!\[redacted\])[^\s"'&;,#}\]]+)?/gis;
const FIELD_TO_THE_END = /(personal_api_keys?(?:\[\])?\\*["']?)([\s=:]*)(.+)?()()/gis;

/** A delimiter of a query or of JSON, or the blank line before the content of a part of a multipart body. */
const DELIMITER = /[=:]|\r?\n\r?\n/;

function hideValue(
  whole: string,
  name: string,
  between: string,
  value?: string,
  ...quotes: string[]
): string {
  if (value === undefined || !DELIMITER.test(between)) return whole;
  const quote = quotes[0] || quotes[1] || '';
  return `${name}${between}${quote}${REDACTED}${quote}`;
}

/** The field as the value of a member, the next member, as in `"name":"personal_api_key","value":`, and all that follows. */
const NAMED_VALUE = /(personal_api_keys?\\*["']\s*,\s*\\*["']\w+\\*["']\s*:\s*)(?!\s|\[redacted\]).*/is;

const LINE_BREAK = /[\n\r]/;

function mentionsFormat(reading: string): boolean {
  return MENTION.test(reading) || encodedFormats().test(reading);
}

const MENTION = /ph[cxs]_|personal_api_keys?(?![a-z_-])/i;

/** Whether a reading of text whose plain secrets are redacted still shows one. */
function showsFormat(reading: string): boolean {
  return SHOWN_FORMAT.test(reading) || NAMED_VALUE.test(reading) || encodedFormats().test(reading);
}

/** A key or a value of the field. Dots stand for what was redacted, also in ASCII. */
const SHOWN_FORMAT =
  /ph[cxs]_(?!…|\.\.\.)|personal_api_keys?(?:\[\])?["'\s]*[=:]["'\s]*(?!["'\s]|\[redacted\]|$)/i;

/** The starts of keys in any mix of cases, and the field, in base64 and digits. */
const encodedFormats = once(() => {
  const starts = ['pP', 'hH', 'cCxXsS', '_'].reduce<readonly string[]>(
    (before, next) => before.flatMap((start) => [...next].map((letter) => start + letter)),
    [''],
  );
  const texts = [...starts, 'personal_api_key', 'PERSONAL_API_KEY'];
  const encodings = [...new Set(texts.flatMap(encodingsOf))].sort();
  return new RegExp(encodings.join('|').replaceAll('+', String.raw`\+`));
});
