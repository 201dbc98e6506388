import type { Operation, Parameter } from '../../contract/contract.ts';
import { readCookies } from '../../contract/cookies.ts';
import type { HttpRequest } from '../../contract/message.ts';
import { BoundedCache } from '../../memoize.ts';

/** Finds which of the documented parameters a request has, by their index. Those in the path are not looked for. */
export type UsedParameters = (request: HttpRequest) => readonly number[];

/** The parameters of distinct queries, of all operations. */
export type QueryCache = BoundedCache<string, readonly number[]>;

/** Distinct queries whose parameters are cached, of all operations. */
export const MAX_CACHED_QUERIES = 1_000;
/** In characters; longer queries are read every time. */
export const MAX_CACHED_LENGTH = 500;

export function createQueryCache(): QueryCache {
  return new BoundedCache(MAX_CACHED_QUERIES);
}

/** @param parameters those that are counted, without those in the path. */
export function createUsedParameters(
  { id }: Operation,
  parameters: readonly Parameter[],
  cache: QueryCache,
): UsedParameters {
  const query = indexOf(parameters, 'query', (name) => name);
  const header = indexOf(parameters, 'header', (name) => name.toLowerCase());
  const cookie = indexOf(parameters, 'cookie', (name) => name);
  const ofQuery = (text: string): readonly number[] => {
    const asked = `${id} ${text}`;
    const known = cache.get(asked);
    if (known) return known;
    const used = indexesOf(query, new URLSearchParams(`&${text}`).keys());
    if (text.length <= MAX_CACHED_LENGTH) cache.set(asked, used);
    return used;
  };
  return ({ query: text, headers }) => {
    const inQuery = text === '' || query.size === 0 ? NONE : ofQuery(text);
    if (header.size === 0 && cookie.size === 0) return inQuery;
    const sent = [...header].flatMap(([name, index]) => (headers[name] === undefined ? [] : index));
    return [...inQuery, ...sent, ...indexesOf(cookie, readCookies(headers.cookie).keys())];
  };
}

const NONE: readonly number[] = [];

function indexOf(
  parameters: readonly Parameter[],
  place: Parameter['in'],
  keyOf: (name: string) => string,
): ReadonlyMap<string, number> {
  const entries = [...parameters.entries()].filter(([, parameter]) => parameter.in === place);
  return new Map(entries.map(([index, { name }]) => [keyOf(name), index]));
}

/** A value may be spread over `filter[from]`, `filter[to]`. */
function indexesOf(known: ReadonlyMap<string, number>, names: Iterable<string>): readonly number[] {
  const used = new Set<number>();
  if (known.size === 0) return NONE;
  for (const name of names) {
    const index = known.get(name) ?? known.get(name.split('[', 1)[0] ?? '');
    if (index !== undefined) used.add(index);
  }
  return [...used];
}
