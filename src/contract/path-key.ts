import { memoize } from '../memoize.ts';
import type { Operation } from './contract.ts';
import type { HttpRequest } from './message.ts';

/** A key of `paths`, in its parts. */
export interface PathKey {
  /** The path template, without query and fragment. */
  readonly template: string;
  /** What the query of a request must have, as in `/things?beta=true`. Few documents have such keys. */
  readonly pins: readonly Pin[];
  /**
   * By what operations of the same path are told apart, as in `/#X-Amz-Target=Acm.ListTags`: the fragment, which clients
   * do not send, names parameters of the operation. A request that fits no operation still has the path.
   */
  readonly marks: readonly Mark[];
}

/** `value` is `null` where any value will do, as in `/things?id={id}`. */
interface Pin {
  readonly name: string;
  readonly value: string | null;
}

interface Mark extends Pin {
  readonly in: 'query' | 'header';
}

/** Takes the key of `paths` apart that an operation has. */
export const pathKeyOf = memoize((operation: Operation): PathKey => {
  const { path: key } = operation;
  // A parameter may have any name.
  const fixed = key.replaceAll(/\{[^{}]*\}/g, (parameter) => '_'.repeat(parameter.length));
  const fragment = fixed.indexOf('#');
  const end = fragment < 0 ? key.length : fragment;
  const query = fixed.slice(0, end).indexOf('?');
  return {
    template: key.slice(0, query < 0 ? end : query),
    pins: query < 0 ? [] : readPins(key.slice(query + 1, end)),
    marks: fragment < 0 ? [] : readMarks(key.slice(fragment + 1), operation),
  };
});

function readMarks(fragment: string, { parameters }: Operation): readonly Mark[] {
  // `#Name` asks for any value, `#Name=` for an empty one.
  const isGiven = (name: string) => fragment.split('&').includes(name);
  return readPins(fragment).flatMap(({ name, value }) => {
    const place = parameters.find((parameter) => parameter.name === name)?.in;
    if (place !== 'query' && place !== 'header') return [];
    return [{ in: place, name, value: isGiven(name) ? null : value }];
  });
}

function readPins(query: string): readonly Pin[] {
  const isTemplate = (text: string) => /^\{[^{}]*\}$/.test(text);
  // A name that is a template pins nothing.
  const pairs = [...new URLSearchParams(query)].filter(([name]) => !isTemplate(name));
  return pairs.map(([name, value]) => ({ name, value: isTemplate(value) ? null : value }));
}

/** Whether a query has what a path key pins; a name that is repeated there has to be repeated with these values. */
export function matchesPins(pins: readonly Pin[], query: URLSearchParams): boolean {
  return pins.every(({ name, value }) =>
    value === null ? query.has(name) : query.getAll(name).includes(value),
  );
}

export function matchesMarks(
  marks: readonly Mark[],
  query: URLSearchParams,
  headers: HttpRequest['headers'],
): boolean {
  return marks.every((mark) => {
    if (mark.in === 'query') return matchesPins([mark], query);
    const sent = headers[mark.name.toLowerCase()];
    return mark.value === null ? sent !== undefined : sent === mark.value;
  });
}

/** For messages: `beta=true`. */
export function pinText({ name, value }: Pin): string {
  return value === null ? `${name}=…` : `${name}=${value}`;
}
