/** Cuts a text that is longer than this. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 3)}...` : text;
}

/** Percent-encodes what a header cannot carry; an ellipsis becomes three dots. */
export function printable(text: string): string {
  return text.replaceAll('…', '...').replaceAll(/[^\x20-\x7e]/gu, encoded);
}

const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const CONTROLS = new RegExp(CONTROL, 'gu');

/** Percent-encodes what would break a line, or steer a terminal. */
export function withoutControls(text: string): string {
  return CONTROL.test(text) ? text.replaceAll(CONTROLS, encoded) : text;
}

/** Percent-decodes what can be decoded, and leaves the rest as it is. */
export function decodeLeniently(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes.replaceAll(/%([0-7][0-9a-f])/gi, (_, code: string) => character(code));
    }
  });
}

/** The character with a code in hexadecimal digits. */
export function character(code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16));
}

function encoded(character: string): string {
  // A lone surrogate has no encoding.
  return encodeURIComponent(character.replace(/\p{Surrogate}/u, '\ufffd'));
}
