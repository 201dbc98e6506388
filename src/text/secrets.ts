import { encodedPattern, type Found, Needles } from './needles.ts';
import { withoutControls } from './printable.ts';
import { bare, readingsOf, unescaped } from './readings.ts';

/** Replaces a secret whose format is not known. */
export const REDACTED = '[redacted]';

/** The field that carries an API key in a body or a query (provider/posthog/README.md §3). */
const SECRET_FIELD = 'personal_api_key';

/**
 * What must not be shown, the one place that decides it: what looks like a PostHog key, the value of every field called
 * `personal_api_key`, and known keys, which may look like anything. All of them are found in whatever encoding a reader
 * could undo: see `readings.ts` and `needles.ts`.
 */
export class Secrets {
  /** Of the keys; `null` where none is known. Made when it is first needed: most mocks never show anything. */
  readonly #needles: () => Needles | null;

  /** @param keys gives the keys when they are first needed. Those of less than four characters are left out. */
  constructor(keys: () => readonly string[]) {
    let needles: Needles | null | undefined;
    this.#needles = () => {
      needles ??= needlesOf(keys());
      return needles;
    };
  }

  /** Redacts text. If escapes hide a secret, the text comes back decoded; otherwise its escapes stay. */
  hide(text: string): string {
    if (!this.mayHold(text)) return text;
    return this.hideAcross(hideFormats(this.#hidePlain(text)));
  }

  /** Redacts the start of a text that was cut, which may end within a key. */
  hideStart(start: string): string {
    return this.hide(`${start}…`).replace(/…$/, '');
  }

  /** Redacts what shows only in the whole of a text whose parts have been redacted. */
  hideAcross(text: string): string {
    return this.#hideEncoded(this.#hidePlain(text), showsFormat);
  }

  /** Redacts known keys alone, in text that names others on purpose. */
  hideKnown(text: string): string {
    return this.#needles() ? this.#hideEncoded(this.#hidePlain(text), () => false) : text;
  }

  /** Whether text mentions a key, or the field that carries one, in any encoding. */
  mayHold(text: string): boolean {
    return this.#holds(text, (reading) => MENTION.test(reading) || hasEncodedFormat(reading));
  }

  #hidePlain(text: string): string {
    const needles = this.#needles();
    if (!needles) return text;
    const whole = replaceFound(text, (from) => needles.find(text, from));
    // Where there are escapes, more of the key may be in front: it goes with the word around it.
    if (readingsOf(whole)?.length !== 1) return whole;
    return replaceFound(whole, (from) => needles.findCut(whole, from));
  }

  /** Leaves out the words that hold a secret in another encoding, or all of them if it spans several. */
  #hideEncoded(text: string, shows: (reading: string) => boolean): string {
    const holds = (part: string) => this.#holds(part, shows);
    if (!holds(text)) return text;
    if (LINE_BREAK.test(text)) return REDACTED;
    const words = text.split(/(\s+)/).map((word) => (holds(word) ? REDACTED : word));
    const shown = words.join('');
    return holds(shown) ? REDACTED : shown;
  }

  #holds(text: string, shows: (reading: string) => boolean): boolean {
    const readings = readingsOf(text);
    const needles = this.#needles();
    return (
      !readings ||
      readings.some((reading) => shows(reading) || needles?.find(reading) || needles?.findCut(reading))
    );
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

/** Redacts all that is found as it is; what is encoded goes with the word around it. */
function replaceFound(text: string, next: (from: number) => Found | null): string {
  let shown = '';
  let at = 0;
  for (let found = next(0); found; found = next(at)) {
    shown += text.slice(at, found.start) + (found.isPlain ? REDACTED : text.slice(found.start, found.end));
    at = found.end;
  }
  return at === 0 ? text : shown + text.slice(at);
}

function needlesOf(keys: readonly string[]): Needles | null {
  if (keys.length === 0) return null;
  return new Needles([...keys, ...keys.map(bare)], keys);
}

/** Redacts formats and fields where they are plain, or in the escapes of URLs, JSON and HTML. */
function hideFormats(text: string): string {
  if (!SUSPICIOUS.test(text)) return text;
  const plain = unescaped(text);
  if (plain === undefined) return REDACTED;
  const safe = (plain === text ? withoutFields(plain) : withoutFieldsToTheEnd(plain)).replaceAll(
    KEY,
    (key) => `${key.slice(0, 4)}…`,
  );
  if (safe === plain) return text;
  return plain === text ? safe : withoutControls(safe);
}

/** Matches every text that may hold a secret; most texts do not match. */
const SUSPICIOUS = /ph[cxs]_|personal_api_key|%[0-9a-f]{2}|\\[ux][0-9a-f]{2}|&#?\w/i;

/** A key that is not redacted yet. */
const KEY = /ph[cxs]_(?!…)[\w-]*/gi;
/** A longer name, as of a count of keys, is another field. */
const FIELD_NAME = /personal_api_keys?(?![a-z_-])/i;
const MENTION = /ph[cxs]_|personal_api_keys?(?![a-z_-])/i;
const FIELD_NAME_ALONE = /^[\s"'+]{0,8}personal_api_keys?(?:\[\])?[\s"'+]{0,8}$/i;
/** Of the name of the field, however it is encoded. */
const MAX_NAME_LENGTH = 500;

/**
 * The name of the field, what closes the name, everything that may stand between it and the value, and the value: in
 * double quotes, in single ones, or without. What is in quotes may go on to the end.
 */
const FIELD =
  /(personal_api_keys?(?:\[\])?\\*["']?)([\s=:]*)((\\*")(?:[^"\\]|\\.)*(?:"|\\?$)|(')[^']*(?:'|$)|(?!\[redacted\])[^\s"'&;,#}\]]+)?/gis;
const FIELD_TO_THE_END = /(personal_api_keys?(?:\[\])?\\*["']?)([\s=:]*)(.+)?/gis;

/** The field as the value of a member, and the next member, as in `"name":"personal_api_key","value":`. */
const NAMED_VALUE = /personal_api_keys?\\*["']\s*,\s*\\*["']\w+\\*["']\s*:\s*(?!\s|\[redacted\])/i;

/** A delimiter of a query or of JSON, or the blank line before the content of a part of a multipart body. */
const DELIMITER = /[=:]|\r?\n\r?\n/;

const LINE_BREAK = /[\n\r]/;

function withoutFields(text: string): string {
  return withoutNamedValue(text).replaceAll(
    FIELD,
    (whole, name: string, between: string, value?: string, double = '', single = '') => {
      if (value === undefined || !DELIMITER.test(between)) return whole;
      const quote = double || single;
      return `${name}${between}${quote}${REDACTED}${quote}`;
    },
  );
}

function withoutNamedValue(text: string): string {
  const [before] = NAMED_VALUE.exec(text) ?? [];
  return before === undefined ? text : text.slice(0, text.indexOf(before) + before.length) + REDACTED;
}

/** Decoding can turn data into delimiters, so redact to the end. */
function withoutFieldsToTheEnd(text: string): string {
  return withoutNamedValue(text).replaceAll(
    FIELD_TO_THE_END,
    (whole, name: string, between: string, value?: string) =>
      value !== undefined && DELIMITER.test(between) ? `${name}${between}${REDACTED}` : whole,
  );
}

/** Whether a reading of text whose plain secrets are redacted still shows one. */
function showsFormat(reading: string): boolean {
  return (
    [SHOWN_KEY, SHOWN_FIELD, NAMED_VALUE].some((shown) => shown.test(reading)) || hasEncodedFormat(reading)
  );
}

/** Dots stand for what was redacted, also in ASCII. */
const SHOWN_KEY = /ph[cxs]_(?!…|\.\.\.)/i;
const SHOWN_FIELD = /personal_api_keys?(?:\[\])?["'\s]*[=:]["'\s]*(?!["'\s]|\[redacted\]|$)/i;

let encodedFormats: RegExp | undefined;

function hasEncodedFormat(reading: string): boolean {
  // Made when it is first needed.
  encodedFormats ??= new RegExp(
    [prefixes(), [SECRET_FIELD], [SECRET_FIELD.toUpperCase()]].map(encodedPattern).join('|'),
  );
  return encodedFormats.test(reading);
}

/** The starts of keys, in any mix of cases. */
function prefixes(): readonly string[] {
  const letters = ['pP', 'hH', 'cCxXsS', '_'];
  return letters.reduce<readonly string[]>(
    (starts, next) => starts.flatMap((start) => [...next].map((letter) => start + letter)),
    [''],
  );
}
