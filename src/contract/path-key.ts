import { memoize } from '../memoize.ts';
import type { Operation } from './contract.ts';

/** A key of `paths`, in its parts. */
export interface PathKey {
  /** The path template, without query and fragment. */
  readonly template: string;
  /** What the query of a request must have, as in `/things?beta=true`. Few documents have such keys. */
  readonly pins: readonly QueryPin[];
}

/** `value` is `null` where any value will do, as in `/things?id={id}`. */
interface QueryPin {
  readonly name: string;
  readonly value: string | null;
}

/**
 * Takes the key of `paths` apart that an operation has. A fragment only tells operations apart in a document; clients do
 * not send it.
 */
export const pathKeyOf = memoize(({ path: key }: Operation): PathKey => {
  // A parameter may have any name.
  const fixed = key.replaceAll(/\{[^{}]*\}/g, (parameter) => '_'.repeat(parameter.length));
  const fragment = fixed.indexOf('#');
  const end = fragment < 0 ? key.length : fragment;
  const query = fixed.slice(0, end).indexOf('?');
  if (query < 0) return { template: key.slice(0, end), pins: [] };
  return { template: key.slice(0, query), pins: readPins(key.slice(query + 1, end)) };
});

function readPins(query: string): readonly QueryPin[] {
  return [...new URLSearchParams(query)].map(([name, value]) => ({
    name,
    value: /^\{[^{}]*\}$/.test(value) ? null : value,
  }));
}

/** Whether a query has what a path key pins; a name that is repeated there has to be repeated with these values. */
export function matchesPins(pins: readonly QueryPin[], query: URLSearchParams): boolean {
  return pins.every(({ name, value }) =>
    value === null ? query.has(name) : query.getAll(name).includes(value),
  );
}

/** For messages: `beta=true`. */
export function pinText({ name, value }: QueryPin): string {
  return value === null ? `${name}=…` : `${name}=${value}`;
}
