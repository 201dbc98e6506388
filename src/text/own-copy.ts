/**
 * Copies a text, or the start of it. What `slice` returns keeps the whole text in memory, however little is left of it:
 * engines let it point into the text. Appending makes a new one.
 */
export function copyStart(text: string, length = text.length): string {
  return ` ${text.slice(0, length)}`.slice(1);
}
