/** As much of a request as is shown at once. */
const LONGEST_SHOWN = 80;

const KEY = /ph[cxs]_[\w-]*/gi;

/** A part of a request, for a hint: cut, and without the key that somebody may have put into the path. */
export function shown(text: string): string {
  return cut(redacted(text), LONGEST_SHOWN);
}

export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 3)}...` : text;
}

/** Percent-encodes what a header cannot carry. */
export function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/gu, (character) =>
    // A lone surrogate has no encoding.
    encodeURIComponent(character.replace(/\p{Surrogate}/u, '\ufffd')),
  );
}

/** Percent-decodes what can be decoded, and leaves the rest as it is. */
export function decodeLeniently(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes.replaceAll(/%([0-7][0-9a-f])/gi, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      );
    }
  });
}

/** Where escapes hide a key, the text is shown decoded. */
function redacted(text: string): string {
  const plain = decodeThrice(text);
  const safe = plain.replaceAll(KEY, (key) => `${key.slice(0, 4)}...`);
  return safe === plain ? text : safe;
}

/** A path that passed through two encoders is no rarity. */
export function decodeThrice(text: string): string {
  return decodeLeniently(decodeLeniently(decodeLeniently(text)));
}
