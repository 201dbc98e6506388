/** Cuts text to a length; the last three characters of cut text are dots. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 3)}...` : text;
}

/** Makes text printable ASCII, for a header: `…` becomes three dots, the rest is percent-encoded. */
export function printable(text: string): string {
  if (PRINTABLE.test(text)) return text;
  return text.replaceAll('…', '...').replaceAll(/[^\x20-\x7e]/gu, encode);
}

const PRINTABLE = /^[\x20-\x7e]*$/;

const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const CONTROLS = new RegExp(CONTROL, 'gu');

/** Percent-encodes line breaks and control characters, which could forge log lines or steer a terminal. */
export function withoutControls(text: string): string {
  return CONTROL.test(text) ? text.replaceAll(CONTROLS, encode) : text;
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

/** The character of a code in hexadecimal digits. */
export function characterOf(code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16));
}

function encode(character: string): string {
  // encodeURIComponent throws on a lone surrogate.
  return encodeURIComponent(character.replace(/\p{Surrogate}/u, '\ufffd'));
}
