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

const SEPARATORS: Readonly<Partial<Record<Parameter['style'], string>>> = {
  spaceDelimited: ' ',
  pipeDelimited: '|',
};

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
  const separator = SEPARATORS[parameter.style] ?? ',';
  // A comma within an item is percent-encoded; but many clients encode those between items, too.
  const lists = [...(separator === ',' ? [raw.split(',').map(decode)] : []), value.split(separator)];
  return [
    ...(types.some(isScalar) ? [value] : []),
    ...(types.includes('array') ? (parameter.explode ? [[value]] : lists) : []),
    ...(types.includes('object') && !parameter.explode ? lists.map(toMembers) : []),
  ];
}

/**
 * The members that come in pairs of their own, as `filter[name]=a` has them; `null`: there are none, or they have members
 * themselves, which OpenAPI says nothing about.
 */
export function readDeepObject(name: string, pairs: readonly Pair[]): object | null {
  const members = pairs.flatMap((pair): [string, unknown][] => {
    if (!pair.name.startsWith(`${name}[`) || !pair.name.endsWith(']')) return [];
    return [[pair.name.slice(name.length + 1, -1), pair.value]];
  });
  const isDeeper = members.some(([member]) => member.includes('['));
  return members.length === 0 || isDeeper ? null : gather(members);
}

/** The members of an object that come as parameters of their own; `null`: there are none. */
export function readSpreadObject(names: readonly string[], pairs: readonly Pair[]): object | null {
  const members = pairs.flatMap(({ name, value }): [string, unknown][] =>
    names.includes(name) ? [[name, value]] : [],
  );
  return members.length === 0 ? null : gather(members);
}

/** An object of pairs; a name that comes again has an array of its values. */
export function gather(members: readonly (readonly [name: string, value: unknown])[]): object {
  const values = new Map<string, unknown[]>();
  for (const [name, value] of members) {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
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
  const items = partsOf(style, explode, name, text);
  if (items === null) return null;
  return [
    ...(types.some(isScalar) ? [wholeOf(style, name, text)] : []),
    ...(types.includes('array') ? [items] : []),
    ...(types.includes('object') ? [explode ? toPairs(membersOf(style, text)) : toMembers(items)] : []),
  ];
}

/** Text that is one value. */
function wholeOf(style: Parameter['style'], name: string, text: string): string {
  if (style === 'label') return text.slice(1);
  const prefix = `;${name}=`;
  return style === 'matrix' && text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function isScalar(type: string): boolean {
  return type !== 'array' && type !== 'object';
}

function partsOf(
  style: Parameter['style'],
  explode: boolean,
  name: string,
  text: string,
): readonly string[] | null {
  if (style === 'label') return text.startsWith('.') ? text.slice(1).split(explode ? '.' : ',') : null;
  if (style !== 'matrix') return splitList(text);
  if (!text.startsWith(';')) return null;
  const prefix = `${name}=`;
  const bare = (part: string) => (part.startsWith(prefix) ? part.slice(prefix.length) : part);
  const rest = text.slice(1);
  return explode ? rest.split(';').map(bare) : bare(rest).split(',');
}

/** `a=1,b=2`, or with the separator of the style. */
function membersOf(style: Parameter['style'], text: string): readonly string[] {
  if (style === 'label') return text.slice(1).split('.');
  return style === 'matrix' ? text.slice(1).split(';') : splitList(text);
}

/** In a header, spaces may follow a comma. */
function splitList(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim());
}

function toPairs(parts: readonly string[]): unknown {
  if (!parts.every((part) => part.includes('='))) return parts.join(',');
  return gather(parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]));
}

/** `a,1,b,2` as an object; the text again where it is none. */
function toMembers(items: readonly string[]): unknown {
  if (items.length % 2 === 1) return items.join(',');
  const names = items.filter((_, index) => index % 2 === 0);
  return gather(names.map((name, index) => [name, items[2 * index + 1]]));
}

function decode(raw: string): string {
  return new URLSearchParams(`v=${raw}`).get('v') ?? '';
}
