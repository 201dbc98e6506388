import pc from 'picocolors';
import { table } from '../text/table.ts';

/** A table for the terminal that it is printed to; where it goes to a file or a pipe, nothing is cut. */
export function tableFor(
  { isTTY = false, columns }: Pick<NodeJS.WriteStream, 'columns'> & { readonly isTTY?: boolean },
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const { bold } = pc.createColors(isTTY && pc.isColorSupported);
  const [first = '', ...others] = table(head, rows, isTTY ? columns : Number.POSITIVE_INFINITY);
  return [bold(first), ...others].join('\n');
}
