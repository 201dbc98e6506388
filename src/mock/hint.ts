import { cut, printable } from '../text/printable.ts';

/** In characters. Servers and proxies take headers of several thousand. */
const MAX_LENGTH = 1_000;

/** Joins hints into one line of printable ASCII that fits a header; `null` where there are none. */
export function joinHints(...hints: readonly (string | null | undefined)[]): string | null {
  let text = '';
  for (const hint of hints) {
    if (hint) text += text === '' ? hint : ` ${hint}`;
  }
  return text === '' ? null : cut(printable(text), MAX_LENGTH);
}
