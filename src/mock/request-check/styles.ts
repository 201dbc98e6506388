import type { Parameter } from '../../contract/contract.ts';

/** A pair of a query or of a form. */
export interface Pair {
  readonly name: string;
  readonly value: string;
  /** Percent-encoded. */
  readonly raw: string;
}

/** The pairs of a query, or of a form, in order. */
export function readPairs(query: string): readonly Pair[] {
  // Both leave out what is empty between two `&`.
  const raws = query.split('&').filter((pair) => pair !== '');
  return [...new URLSearchParams(`&${query}`)].map(([name, value], index) => {
    const raw = raws[index] ?? '';
    const mark = raw.indexOf('=');
    return { name, value, raw: mark === -1 ? '' : raw.slice(mark + 1) };
  });
}

/** What separates the items of one text, by style; a comma in all others. */
export const SEPARATORS: ReadonlyMap<string, string> = new Map([
  ['spaceDelimited', ' '],
  ['pipeDelimited', '|'],
]);

/** Whether a query may have a parameter more than once. */
export function mayRepeat({ explode, style }: Parameter, types: readonly string[]): boolean {
  return types.includes('array') && explode && style !== 'deepObject';
}

/**
 * What a parameter in a query may mean, by its style and the types that it may have.
 *
 * @param values those with its name, of which there is at least one.
 */
export function readQueryValues(
  parameter: Parameter,
  types: readonly string[],
  values: readonly Pair[],
): readonly unknown[] {
  if (mayRepeat(parameter, types) && values.length > 1) return [values.map(({ value }) => value)];
  const [first] = values;
  if (!first) return [];
  const { value, raw } = first;
  const separator = SEPARATORS.get(parameter.style) ?? ',';
  // A comma within an item is percent-encoded; but many clients encode those between items, too.
  const lists = [...(separator === ',' ? [raw.split(',').map(decode)] : []), value.split(separator)];
  return [
    ...(types.some(isScalar) ? [value] : []),
    ...(types.includes('array') ? (parameter.explode ? [[value]] : lists) : []),
    ...(types.includes('array') && value === '' ? [[]] : []),
    ...(types.includes('object') && !parameter.explode ? lists.map(toMembers) : []),
  ];
}

/** The types of the members of an object, by name. */
type Members = ReadonlyMap<string, readonly string[]>;

/**
 * The members that come in pairs of their own, as `filter[name]=a` has them; `null`: there are none, or they have members
 * themselves, which OpenAPI says nothing about.
 */
export function readDeepObject(name: string, members: Members, pairs: readonly Pair[]): object | null {
  const sent = pairs.flatMap((pair): [string, string][] => {
    if (!isMemberOf(name, pair) || !pair.name.endsWith(']')) return [];
    return [[pair.name.slice(name.length + 1, -1), pair.value]];
  });
  const isDeeper = sent.some(([member]) => member.includes('['));
  return sent.length === 0 || isDeeper ? null : gatherMembers(members, sent);
}

/** Whether a pair is of a member of an object, or of a member within it. */
export function isMemberOf(name: string, pair: Pair): boolean {
  return pair.name.startsWith(`${name}[`);
}

/**
 * The members of an object that come as parameters of their own; `null`: there are none.
 *
 * @param others names of other parameters, which members may have, too.
 */
export function readSpreadObject(
  members: Members,
  others: readonly string[],
  pairs: readonly Pair[],
): object | null {
  const sent = pairs.filter(({ name }) => members.has(name));
  if (sent.every(({ name }) => others.includes(name))) return null;
  return gatherMembers(
    members,
    sent.map(({ name, value }) => [name, value]),
  );
}

function gatherMembers(members: Members, sent: readonly (readonly [name: string, value: string])[]): object {
  return gather(sent, (name, value) => (members.get(name)?.includes('array') ? [value] : undefined));
}

/**
 * An object of pairs; a name that comes again has an array of its values.
 *
 * @param itemsOf gives the items of an array that comes as one text; `undefined`: the value is no array.
 */
export function gather(
  pairs: readonly (readonly [name: string, value: string])[],
  itemsOf: (name: string, value: string) => readonly unknown[] | undefined = () => undefined,
): object {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  const whole = (name: string, [first = '', ...others]: readonly string[]) =>
    others.length > 0 ? [first, ...others] : (itemsOf(name, first) ?? first);
  return Object.fromEntries([...values].map(([name, all]) => [name, whole(name, all)]));
}

/**
 * What the text of a parameter in a path, a header or a cookie may mean.
 *
 * @returns `null` where it does not begin as its style has it.
 */
export function readText(
  { name, style, explode }: Pick<Parameter, 'name' | 'style' | 'explode'>,
  types: readonly string[],
  text: string,
): readonly unknown[] | null {
  if (!text.startsWith(STARTS.get(style) ?? '')) return null;
  const lists = listsOf(style, explode, name, text);
  return [
    ...(types.some(isScalar) ? [wholeOf(style, name, text)] : []),
    ...(types.includes('array') ? lists : []),
    ...(types.includes('object') ? (explode ? [toPairs(membersOf(style, text))] : lists.map(toMembers)) : []),
  ];
}

/** What a text begins with, by style. */
export const STARTS: ReadonlyMap<string, string> = new Map([
  ['label', '.'],
  ['matrix', ';'],
]);

/** Text that is one value. */
function wholeOf(style: Parameter['style'], name: string, text: string): string {
  if (style === 'label') return text.slice(1);
  const prefix = `;${name}=`;
  return style === 'matrix' && text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

export function isScalar(type: string): boolean {
  return type !== 'array' && type !== 'object';
}

/** The items that text may have. */
function listsOf(
  style: Parameter['style'],
  explode: boolean,
  name: string,
  text: string,
): readonly (readonly string[])[] {
  const prefix = `${name}=`;
  const bare = (part: string) => (part.startsWith(prefix) ? part.slice(prefix.length) : part);
  const rest = text.slice(1);
  switch (style) {
    case 'label':
      // OpenAPI had dots in any case up to 3.0.3 and 3.1.0.
      return explode ? [rest.split('.')] : [rest.split('.'), rest.split(',')];
    case 'matrix':
      return [explode ? rest.split(';').map(bare) : bare(rest).split(',')];
    case 'form':
      return explode && text.includes(`&${prefix}`) ? [text.split('&').map(bare)] : [splitList(text)];
    default:
      return [splitList(text)];
  }
}

/** `a=1,b=2`, or with the separator of the style. */
function membersOf(style: Parameter['style'], text: string): readonly string[] {
  if (style === 'label') return text.slice(1).split('.');
  return style === 'matrix' ? text.slice(1).split(';') : splitList(text);
}

/** In a header, spaces may follow a comma. */
function splitList(text: string): readonly string[] {
  return text === '' ? [] : text.split(',').map((item) => item.trim());
}

function toPairs(parts: readonly string[]): unknown {
  if (!parts.every((part) => part.includes('='))) return parts.join(',');
  return gather(parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]));
}

/** `a,1,b,2` as an object; the text again where it is none. */
function toMembers(items: readonly string[]): unknown {
  if (items.length % 2 === 1) return items.join(',');
  const names = items.filter((_, index) => index % 2 === 0);
  return gather(names.map((name, index) => [name, items[2 * index + 1] ?? '']));
}

function decode(raw: string): string {
  return new URLSearchParams(`v=${raw}`).get('v') ?? '';
}
