/** Where a needle was found. */
export interface Found {
  readonly start: number;
  readonly end: number;
}

/** Shorter ones would be found everywhere. */
export const MIN_NEEDLE_LENGTH = 4;

/**
 * Texts to look for in others, also where dots follow their first characters. A search takes a time that depends on the
 * text, and hardly on how many needles there are.
 */
export class Needles {
  readonly #sorted: readonly string[];
  /** A bit for each hash of their first characters: most places of a text need no closer look. */
  readonly #hashes = new Uint32Array(2_048);
  readonly #form: (text: string) => string;

  /** @param form by default, needles are found in any case. */
  constructor(needles: readonly string[], form = anyCase) {
    this.#form = form;
    const longEnough = needles.filter(({ length }) => length >= MIN_NEEDLE_LENGTH);
    this.#sorted = [...new Set(longEnough.map(form))].sort();
    for (const needle of this.#sorted) {
      let hash = 0;
      for (let index = 0; index < MIN_NEEDLE_LENGTH; index += 1)
        hash = withNext(hash, needle.charCodeAt(index));
      this.#hashes[hash >>> 5] = (this.#hashes[hash >>> 5] ?? 0) | (1 << (hash & 31));
    }
  }

  /** Whether a text has a needle, or the start of one that is cut. */
  areIn(text: string): boolean {
    return this.find(text, true, 1).length > 0;
  }

  /**
   * The needles in a text, the longest where several begin.
   * @param alsoCut whether the start of one counts, up to dots that say that it was cut.
   */
  find(text: string, alsoCut: boolean, max = Number.POSITIVE_INFINITY): readonly Found[] {
    const hashes = this.#hashes;
    const all: Found[] = [];
    let formed: string | undefined;
    let [hash, from] = [0, 0];
    for (let index = 0; index < text.length && all.length < max; index += 1) {
      hash = withNext(hash, text.charCodeAt(index));
      const start = index + 1 - MIN_NEEDLE_LENGTH;
      if (((hashes[hash >>> 5] ?? 0) & (1 << (hash & 31))) === 0 || start < from) continue;
      formed ??= this.#form(text);
      const end = this.#endOf(formed, start, alsoCut);
      if (end === undefined) continue;
      from = end;
      all.push({ start, end });
    }
    return all;
  }

  /** Where the longest needle ends that begins at a place. */
  #endOf(text: string, start: number, alsoCut: boolean): number | undefined {
    let found: number | undefined;
    // The needles that begin like the text, one more character each time.
    let [low, high] = [0, this.#sorted.length];
    for (let end = start; low < high; end += 1) {
      const length = end - start;
      if (this.#sorted[low]?.length === length) {
        found = end;
        low += 1;
      }
      if (alsoCut && length >= MIN_NEEDLE_LENGTH && (text[end] === '…' || text.startsWith('...', end)))
        return end;
      if (end === text.length) break;
      const code = text.charCodeAt(end);
      high = this.#firstWith(code + 1, length, low, high);
      low = this.#firstWith(code, length, low, high);
    }
    return found;
  }

  /** The first needle in a part of them whose character at a place has that code, or a higher one. */
  #firstWith(code: number, place: number, from: number, to: number): number {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle]?.charCodeAt(place) ?? 0) < code) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** One form for what stands for the same, of the same length: either case, a space and the `+` of a form. */
function anyCase(text: string): string {
  return text.replaceAll('+', ' ').replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** For needles of which the case matters. */
export function exactly(text: string): string {
  return text;
}

/** 16 bits of the last four characters, the same in either case. A `+` and a space are 0. */
function withNext(hash: number, code: number): number {
  return ((hash << 4) ^ (code === 0x2b ? 0 : code & 31)) & 0xffff;
}

/** Of bytes, as a needle may be longer: its start is enough to find it. */
const MAX_ENCODED_LENGTH = 64;

/** What text becomes within a text in hexadecimal digits or in base64, wherever it begins there; case matters. */
export function encodingsOf(needle: string): readonly string[] {
  const start = needle.slice(0, MAX_ENCODED_LENGTH);
  const bytes = String.fromCharCode(...new TextEncoder().encode(start));
  // As UTF-16 has it, the low byte first. Without the last one, the other order has the same bytes.
  const units = start
    .replaceAll(/./gs, (unit) => String.fromCharCode(unit.charCodeAt(0) & 255, unit.charCodeAt(0) >>> 8))
    .slice(0, -1);
  const digits = bytes.replaceAll(/./gs, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0'));
  const base64 = [bytes, units].flatMap((given) => [0, 1, 2].map((before) => base64Within(given, before)));
  const forUrls = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [...new Set([digits, digits.toUpperCase(), ...base64, ...forUrls])];
}

/** The characters of base64 that bytes determine alone, after a number of other ones. */
function base64Within(bytes: string, before: number): string {
  const padded = '\0'.repeat(before) + bytes;
  return btoa(padded).slice(Math.ceil((before * 8) / 6), Math.floor((padded.length * 8) / 6));
}
