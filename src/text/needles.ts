/** Where a needle was found. */
export interface Found {
  readonly start: number;
  readonly end: number;
  /** Whether it was found as it is, and not encoded. */
  readonly isPlain: boolean;
}

/** Shorter ones would be found everywhere. */
export const MIN_NEEDLE_LENGTH = 4;
/** A needle takes about 2 KB in its encodings, which is too much for very many. */
const MAX_ENCODED = 1_000;
/** The start of a needle is enough to find it. */
const MAX_ENCODED_LENGTH = 64;

/**
 * Texts to look for in others: in any case, in hexadecimal digits, and within base64, of UTF-8 and of UTF-16. A search
 * takes a time that depends on the text, and hardly on how many needles there are.
 */
export class Needles {
  /** A bit for each hash of the first characters of a needle: most places of a text need no closer look. */
  readonly #starts = new Uint32Array(2_048);
  readonly #plain = new Set<string>();
  readonly #encoded = new Set<string>();
  readonly #lengths: readonly number[];
  #sorted: { readonly plain: readonly string[]; readonly encoded: readonly string[] } | undefined;

  /**
   * @param plain looked for as they are.
   * @param encoded looked for in their encodings; of very many, the first ones.
   */
  constructor(plain: readonly string[], encoded: readonly string[]) {
    for (const needle of plain) if (needle.length >= MIN_NEEDLE_LENGTH) this.#plain.add(folded(needle));
    for (const needle of encoded.slice(0, MAX_ENCODED)) {
      if (needle.length >= MIN_NEEDLE_LENGTH)
        for (const text of encodingsOf(needle.slice(0, MAX_ENCODED_LENGTH))) this.#encoded.add(text);
    }
    const lengths = new Set<number>();
    for (const text of [...this.#plain, ...this.#encoded]) {
      lengths.add(text.length);
      const hash = hashOfStart(text);
      this.#starts[hash >>> 5] = (this.#starts[hash >>> 5] ?? 0) | (1 << (hash & 31));
    }
    this.#lengths = [...lengths].sort((a, b) => b - a);
  }

  /** The first needle in a text from a place on, the longest where several begin. */
  find(text: string, from = 0): Found | null {
    if (this.#lengths.length === 0) return null;
    let any: string | undefined;
    let hash = 0;
    for (let index = from; index < text.length; index += 1) {
      hash = withNext(hash, text.charCodeAt(index));
      const start = index + 1 - MIN_NEEDLE_LENGTH;
      if (start < from || !this.#mayStart(hash)) continue;
      any ??= folded(text);
      for (const length of this.#lengths) {
        const end = start + length;
        if (end > text.length) continue;
        const isPlain = this.#plain.has(any.slice(start, end));
        if (isPlain || this.#encoded.has(text.slice(start, end))) return { start, end, isPlain };
      }
    }
    return null;
  }

  /** The first start of a needle that is cut short, from a place on: dots follow. */
  findCut(text: string, from = 0): Found | null {
    if (this.#lengths.length === 0) return null;
    let begin = from;
    DOTS.lastIndex = from;
    for (const { index: end, 0: dots } of text.matchAll(DOTS)) {
      const found = this.#startBefore(text.slice(Math.max(begin, end - MAX_CUT_LENGTH), end));
      begin = end + dots.length;
      if (found) return { start: end - found.length, end, isPlain: found.isPlain };
    }
    return null;
  }

  /** The longest end of a text that a needle begins with. */
  #startBefore(text: string): { readonly length: number; readonly isPlain: boolean } | null {
    const any = folded(text);
    let hash = 0;
    for (let index = 0; index < text.length; index += 1) {
      hash = withNext(hash, text.charCodeAt(index));
      const start = index + 1 - MIN_NEEDLE_LENGTH;
      if (start < 0 || !this.#mayStart(hash)) continue;
      this.#sorted ??= { plain: [...this.#plain].sort(), encoded: [...this.#encoded].sort() };
      const isPlain = hasStart(this.#sorted.plain, any.slice(start));
      if (isPlain || hasStart(this.#sorted.encoded, text.slice(start))) {
        return { length: text.length - start, isPlain };
      }
    }
    return null;
  }

  #mayStart(hash: number): boolean {
    return ((this.#starts[hash >>> 5] ?? 0) & (1 << (hash & 31))) !== 0;
  }
}

/** Whether one of sorted texts begins so. */
function hasStart(sorted: readonly string[], start: string): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < start) low = middle + 1;
    else high = middle;
  }
  return sorted[low]?.startsWith(start) ?? false;
}

const DOTS = /…|\.{3,}/g;
/** Messages show less of a value. */
const MAX_CUT_LENGTH = 128;

/** One form for what stands for the same, of the same length: either case, a space and the `+` of a form. */
function folded(text: string): string {
  return text.replaceAll('+', ' ').replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** 16 bits of the last four characters, the same in either case. A `+` and a space are 0. */
function withNext(hash: number, code: number): number {
  return ((hash << 4) ^ (code === 0x2b ? 0 : code & 31)) & 0xffff;
}

function hashOfStart(text: string): number {
  let hash = 0;
  for (let index = 0; index < MIN_NEEDLE_LENGTH; index += 1) hash = withNext(hash, text.charCodeAt(index));
  return hash;
}

/**
 * A pattern for the encodings of texts of the same length; it may match those of other texts with the same letters.
 * Much faster than {@link Needles} for a few.
 */
export function encodedPattern(texts: readonly string[]): string {
  const encodings = texts.map(encodingsOf);
  const patterns = (encodings[0] ?? []).map((first, index) =>
    [...first]
      .map(
        (_, place) =>
          `[${[...new Set(encodings.map((of) => of[index]?.[place]))].join('').replaceAll(/[-+/]/g, '\\$&')}]`,
      )
      .join(''),
  );
  return [...new Set(patterns)].join('|');
}

/** What text becomes within a text in hexadecimal digits or in base64, wherever it begins there. */
function encodingsOf(needle: string): readonly string[] {
  const bytes = new TextEncoder().encode(needle);
  const units = Uint8Array.from(
    needle
      .split('')
      .flatMap((unit) => bytesOf(unit.charCodeAt(0)))
      .slice(0, -1),
  );
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const base64 = [bytes, units].flatMap((bytes) => [0, 1, 2].map((before) => base64Within(bytes, before)));
  return [digits, digits.toUpperCase(), ...base64, ...base64.map(forUrls)].filter(
    ({ length }) => length >= MIN_NEEDLE_LENGTH,
  );
}

/** As UTF-16 has it, the low byte first. Without the last one, the other order has the same bytes. */
function bytesOf(unit: number): readonly [number, number] {
  return [unit & 255, unit >>> 8];
}

/** The characters of base64 that bytes determine alone, after a number of other ones. */
function base64Within(bytes: Uint8Array, before: number): string {
  const padded = String.fromCharCode(...new Uint8Array(before), ...bytes);
  const first = Math.ceil((before * 8) / 6);
  return btoa(padded).slice(first, Math.floor((padded.length * 8) / 6));
}

function forUrls(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}
