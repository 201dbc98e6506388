/** The value of a query parameter; the last one where it is repeated, as Django's `QueryDict` has it. */
export function queryValue(query: string, name: string): string | undefined {
  return query === '' ? undefined : new URLSearchParams(query).getAll(name).at(-1);
}
