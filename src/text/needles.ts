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
  /** The longest other needle that one begins with. */
  readonly #within = new Map<string, string>();
  /** Their first characters. */
  readonly #starts = new Set<string>();
  /** A bit for each hash of a start: most places of a text need no closer look. */
  readonly #hashes = new Uint32Array(2_048);
  readonly #form: (text: string) => string;

  /** @param form by default, needles are found in any case. */
  constructor(needles: readonly string[], form = anyCase) {
    this.#form = form;
    const longEnough = needles.filter(({ length }) => length >= MIN_NEEDLE_LENGTH);
    this.#sorted = [...new Set(longEnough.map(form))].sort();
    let before: string | undefined;
    for (const needle of this.#sorted) {
      while (before !== undefined && !needle.startsWith(before)) before = this.#within.get(before);
      if (before !== undefined) this.#within.set(needle, before);
      before = needle;
      this.#starts.add(needle.slice(0, MIN_NEEDLE_LENGTH));
    }
    for (const start of this.#starts) {
      const hash = start.split('').reduce((last, unit) => withNext(last, unit.charCodeAt(0)), 0);
      this.#hashes[hash >>> 5] = (this.#hashes[hash >>> 5] ?? 0) | (1 << (hash & 31));
    }
  }

  /**
   * The first needle in a text from a place on, the longest where several begin.
   * @param alsoCut whether the start of one counts, up to dots that say that it was cut.
   */
  find(text: string, from = 0, alsoCut = true): Found | null {
    const hashes = this.#hashes;
    let formed: string | undefined;
    let hash = 0;
    for (let index = from; index < text.length; index += 1) {
      hash = withNext(hash, text.charCodeAt(index));
      const start = index + 1 - MIN_NEEDLE_LENGTH;
      if (((hashes[hash >>> 5] ?? 0) & (1 << (hash & 31))) === 0 || start < from) continue;
      formed ??= this.#form(text);
      if (!this.#starts.has(formed.slice(start, index + 1))) continue;
      const rest = formed.slice(start);
      const length = this.#lengthAtStart(rest) ?? (alsoCut ? this.#lengthOfCut(rest) : undefined);
      if (length !== undefined) return { start, end: start + length };
    }
    return null;
  }

  #lengthAtStart(text: string): number | undefined {
    const index = this.#countBefore(text);
    let needle = this.#sorted[index] === text ? text : this.#sorted[index - 1];
    while (needle !== undefined && !text.startsWith(needle)) needle = this.#within.get(needle);
    return needle?.length;
  }

  #lengthOfCut(text: string): number | undefined {
    const length = text.slice(0, MAX_CUT_LENGTH).search(DOTS);
    if (length < MIN_NEEDLE_LENGTH) return undefined;
    const start = text.slice(0, length);
    return this.#sorted[this.#countBefore(start)]?.startsWith(start) ? length : undefined;
  }

  /** How many needles come before a text in their order. */
  #countBefore(text: string): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle] ?? '') < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const DOTS = /…|\.{3}/;
/** Messages show less of a value. */
const MAX_CUT_LENGTH = 128;

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
