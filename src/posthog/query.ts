/** The value of a query parameter; the last one where it is repeated, as Django's `QueryDict` has it. */
export function queryValue(query: string, name: string): string | undefined {
  // The name would stand in the text as it is: query parameters of this API are plain ASCII words.
  return query.includes(name) ? new URLSearchParams(query).getAll(name).at(-1) : undefined;
}
