/** Patterns' and formats' texts that are put together. */
const MAX_OF_PATTERN = 3;
const MAX_OF_FORMAT = 4;
const MAX_LENGTH = 200;

/**
 * Texts of a format that start or end with a text of a pattern, such as `ftp://example.com/` for `^ftp://`: readable ones
 * first, to be tested.
 */
export function* splice(ofPattern: Iterable<string>, ofFormat: Iterable<string>): Iterable<string> {
  const parts = different(ofPattern, MAX_OF_PATTERN);
  const wholes = different(ofFormat, MAX_OF_FORMAT);
  for (const cut of [atWords, everywhere])
    for (const part of parts)
      for (const whole of wholes)
        for (const [head, tail] of cut(whole)) {
          yield part + tail;
          yield head + part;
        }
}

function different(texts: Iterable<string>, count: number): readonly string[] {
  const found = new Set<string>();
  for (const text of texts) {
    if (text !== '' && text.length <= MAX_LENGTH) found.add(text);
    if (found.size >= count) break;
  }
  return [...found];
}

/** The whole text, and the rests that start with a word. */
function atWords(text: string): readonly (readonly [head: string, tail: string])[] {
  const starts = [...text.matchAll(/\b[A-Za-z]/g)].map(({ index }) => index);
  return starts.filter((index) => index > 0).map((index) => [text, text.slice(index)]);
}

function everywhere(text: string): readonly (readonly [head: string, tail: string])[] {
  return Array.from({ length: text.length }, (_, index) => [
    text.slice(0, text.length - index),
    text.slice(index),
  ]);
}
