/** What Python's `int` makes of a text: spaces around it, a sign and `_` between digits are fine. */
export function pythonInt(text: string): number | undefined {
  return /^\s*[+-]?\d+(_\d+)*\s*$/.test(text) ? Number(text.replaceAll('_', '')) : undefined;
}
