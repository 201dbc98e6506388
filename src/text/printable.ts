/** Cuts text to a length, not within an escape; the last three characters of cut text are dots. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 3).replace(SPLIT_ESCAPE, '')}...` : text;
}

/** Of a character of several bytes, too. */
const SPLIT_ESCAPE = /(?:[%\\&=][#\w{]{0,9}){1,4}$/;

/** Makes text printable ASCII, for a header: `…` becomes three dots, the rest is percent-encoded. */
export function printable(text: string): string {
  if (PRINTABLE.test(text)) return text;
  return text.replaceAll('…', '...').replaceAll(/[^\x20-\x7e]/gu, encode);
}

const PRINTABLE = /^[\x20-\x7e]*$/;

/**
 * Characters that are not shown but do something: they steer a terminal, forge lines, or turn text around. Controls,
 * format characters (bidirectional, zero-width), others without a width, line and paragraph separators, lone surrogates.
 * Those that choose the form of an emoji are fine.
 */
const INVISIBLES = /(?![\ufe0e\ufe0f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}]/gu;

/** Percent-encodes what a terminal would not show but obey, line breaks included. */
export function withoutControls(text: string): string {
  return replaceInvisible(text, encode);
}

/** Like {@link withoutControls} for several lines: their breaks stay. */
export function linesWithoutControls(text: string): string {
  return replaceInvisible(text, (character) => (character === '\n' ? character : encode(character)));
}

/** Escapes as JSON does what would not be shown, or turn text around; line breaks and tabs stay. */
export function withJsonEscapes(text: string): string {
  return replaceInvisible(text, (character) =>
    /[\n\t]/.test(character) ? character : escapeUnits(character),
  );
}

/** JSON text for a terminal: `JSON.stringify` leaves C1 controls and format characters as they are. */
export function printableJson(
  value: unknown,
  replacer?: ((this: unknown, key: string, value: unknown) => unknown) | null,
  space?: number,
): string {
  return withJsonEscapes(JSON.stringify(value, replacer ?? undefined, space));
}

/** Whether text has a character that is not shown but does something. */
export function hasInvisible(text: string): boolean {
  return text.search(INVISIBLES) >= 0;
}

/** Replaces each character that is not shown but does something. */
export function replaceInvisible(text: string, replace: (character: string) => string): string {
  return hasInvisible(text) ? text.replaceAll(INVISIBLES, replace) : text;
}

/** Percent-decodes what it can and leaves the rest unchanged. */
export function decodeLeniently(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes.replaceAll(/%([0-7][0-9a-f])/gi, (_, code: string) => characterOf(code));
    }
  });
}

/** The character of a code in digits; empty for a code that none has. */
export function characterOf(digits: string, radix = 16): string {
  const code = Number.parseInt(digits, radix);
  return code > 0x10_ff_ff ? '' : String.fromCodePoint(code);
}

function escapeUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

function encode(character: string): string {
  // encodeURIComponent throws on a lone surrogate.
  return encodeURIComponent(character.replace(/\p{Surrogate}/u, '\ufffd'));
}
