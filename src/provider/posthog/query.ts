/** Parses a percent-encoded query, without its question mark, or a form. */
export function parseQuery(query: string): URLSearchParams {
  // URLSearchParams would drop a leading question mark, which is part of the first name here.
  return new URLSearchParams(`&${query}`);
}

/** The value of a parameter; the last one if it is repeated, as in Django's `QueryDict`. */
export function lastValue(parameters: URLSearchParams, name: string): string | undefined {
  return parameters.getAll(name).at(-1);
}

/** The value of one parameter of a query, as {@link lastValue} reads it. */
export function queryValue(query: string, name: string): string | undefined {
  return query === '' ? undefined : lastValue(parseQuery(query), name);
}

/** Parses as Python's `int` does: spaces around the number, a sign and `_` between digits are fine. */
export function pythonInt(text: string): number | undefined {
  return /^\s*[+-]?\d+(_\d+)*\s*$/.test(text) ? Number(text.replaceAll('_', '')) : undefined;
}
