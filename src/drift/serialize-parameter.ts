import type { Parameter } from '../contract/contract.ts';
import { isObject } from '../json.ts';

/**
 * What sends a value of a parameter in its style. Of a query: percent-encoded pairs, such as `a=1`. Elsewhere: one text,
 * percent-encoded but in a header.
 *
 * @returns `null` where no style can carry the value: it is empty, or has lists or objects within.
 */
export function serializeParameter(parameter: Parameter, value: unknown): readonly string[] | null {
  const members = membersOf(parameter, value);
  if (!members) return null;
  return parameter.in === 'query' ? toPairs(parameter, members) : [toText(parameter, members)];
}

/** An item of a list has no key. */
type Member = readonly [key: string | null, text: string];

function membersOf({ isJson }: Parameter, value: unknown): readonly Member[] | null {
  const isList = Array.isArray(value);
  const whole = isJson && (isList || isObject(value)) ? JSON.stringify(value) : value;
  const entries: (readonly [string | null, unknown])[] = Array.isArray(whole)
    ? whole.map((item) => [null, item])
    : isObject(whole)
      ? Object.entries(whole)
      : [[null, whole]];
  const members = entries.flatMap(([key, member]): Member[] => {
    const text = textOf(member);
    return text === null ? [] : [[key, text]];
  });
  return members.length === 0 || members.length < entries.length ? null : members;
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined || typeof value === 'object') return null;
  const text = String(value);
  return /\p{Surrogate}/u.test(text) ? null : text;
}

const SEPARATORS: Readonly<Partial<Record<Parameter['style'], string>>> = {
  spaceDelimited: '%20',
  pipeDelimited: '%7C',
};

function toPairs({ name, style, explode }: Parameter, members: readonly Member[]): readonly string[] {
  const pair = (key: string, text: string) => `${encodeURIComponent(key)}=${encodeURIComponent(text)}`;
  if (style === 'deepObject')
    return members.map(([key, text]) => pair(key === null ? name : `${name}[${key}]`, text));
  if (explode) return members.map(([key, text]) => pair(key ?? name, text));
  const parts = members.flatMap(partsOf).map(encodeURIComponent);
  return [`${encodeURIComponent(name)}=${parts.join(SEPARATORS[style] ?? ',')}`];
}

function toText({ in: place, name, style, explode }: Parameter, members: readonly Member[]): string {
  const encode = place === 'header' ? String : encodeURIComponent;
  const parts = explode
    ? members.map((member) => partsOf(member).map(encode).join('='))
    : members.flatMap(partsOf).map(encode);
  if (style === 'label') return `.${parts.join(explode ? '.' : ',')}`;
  if (style !== 'matrix') return parts.join(',');
  if (!explode) return `;${name}=${parts.join(',')}`;
  return members.map(([key], index) => `;${key === null ? `${name}=` : ''}${parts[index]}`).join('');
}

function partsOf([key, text]: Member): readonly string[] {
  return key === null ? [text] : [key, text];
}
