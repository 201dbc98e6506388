/** A segment of a path template that has parameters, such as `{id}.csv`. */
export interface SegmentTemplate {
  /** The names of its parameters. */
  readonly names: readonly string[];
  /** The text around its parameters: one part more than there are names. The same parts match the same segments. */
  readonly parts: readonly string[];
  /**
   * The values of its parameters in a segment; `null` when it does not match. Where several readings are possible, earlier
   * values are longer, as in a regular expression, but the time is linear in the length of the segment.
   */
  match(segment: string): readonly string[] | null;
}

const PARAMETER = /\{([^{}]+)\}/g;

/**
 * @param allowsDots whether values may have dots.
 * @returns `null` for a segment without parameters.
 */
export function readSegmentTemplate(segment: string, allowsDots: boolean): SegmentTemplate | null {
  const [first = '', ...rest] = segment.split(PARAMETER);
  if (rest.length === 0) return null;
  const names = rest.filter((_, index) => index % 2 === 0);
  const parts = [first, ...rest.filter((_, index) => index % 2 === 1)];
  return { names, parts, match: (given) => valuesBetween(parts, given, allowsDots) };
}

/** Looks for the parts from the end, each as late as possible: this leaves most to the earlier values. */
function valuesBetween(
  parts: readonly string[],
  segment: string,
  allowsDots: boolean,
): readonly string[] | null {
  const [first = '', ...others] = parts;
  const last = others.pop() ?? '';
  if (!segment.startsWith(first) || !segment.endsWith(last)) return null;
  let end = segment.length - last.length;
  const values: string[] = [];
  for (const part of others.toReversed()) {
    // A value has a character at least.
    const latest = end - 1 - part.length;
    const start = latest < first.length ? -1 : segment.lastIndexOf(part, latest);
    if (start < 0) return null;
    values.push(segment.slice(start + part.length, end));
    end = start;
  }
  if (end <= first.length) return null;
  values.push(segment.slice(first.length, end));
  return allowsDots || !values.some((value) => /[/.]/.test(value)) ? values.toReversed() : null;
}
