import { cut, withoutControls } from './printable.ts';

const GAP = '  ';
/** A column is not made narrower than this, in characters. */
const MIN_WIDTH = 16;

/** The lines of a table. Where they are wider than `room`, the last columns are cut first: the first has the names. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  room: number,
): readonly string[] {
  const lines = [head, ...rows].map((cells) => cells.map(withoutControls));
  const widths = widthsOf(lines, room);
  return lines.map((cells) =>
    cells
      .map((cell, column) => cut(cell, widths[column] ?? 0).padEnd(widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

function widthsOf(lines: readonly (readonly string[])[], room: number): readonly number[] {
  const widths = (lines[0] ?? []).map((_, column) =>
    lines.reduce((width, cells) => Math.max(width, cells[column]?.length ?? 0), 0),
  );
  let excess = widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length) - room;
  return widths
    .toReversed()
    .map((width) => {
      const cutBy = Math.min(Math.max(excess, 0), Math.max(width - MIN_WIDTH, 0));
      excess -= cutBy;
      return width - cutBy;
    })
    .toReversed();
}
