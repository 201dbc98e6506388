/** Reads a query, or a form: percent-encoded, without the question mark. */
export function parseQuery(query: string): URLSearchParams {
  // It would leave out a question mark at the start, which is part of the first name.
  return new URLSearchParams(`&${query}`);
}

/** The value of a parameter; the last one where it is repeated, as Django's `QueryDict` has it. */
export function lastValue(parameters: URLSearchParams, name: string): string | undefined {
  return parameters.getAll(name).at(-1);
}

/** The same for a single look-up. */
export function queryValue(query: string, name: string): string | undefined {
  return query === '' ? undefined : lastValue(parseQuery(query), name);
}

/** What Python's `int` makes of a text: spaces around it, a sign and `_` between digits are fine. */
export function pythonInt(text: string): number | undefined {
  return /^\s*[+-]?\d+(_\d+)*\s*$/.test(text) ? Number(text.replaceAll('_', '')) : undefined;
}
