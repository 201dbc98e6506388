import { isObject } from '../../src/json.ts';
import type { Parameter } from './operations.ts';

type Pair = readonly [name: string, value: string];

const encode = encodeURIComponent;

/** The value of a path parameter, encoded, in its style. */
export function writePathValue({ name, object }: Parameter, value: unknown): string {
  const explode = object.explode === true;
  const separator = explode && object.style === 'label' ? '.' : ',';
  const text = flat(value, explode).map(encode).join(separator) || encode(name);
  if (object.style === 'label') return `.${text}`;
  if (object.style !== 'matrix') return text;
  if (!explode) return `;${name}=${text}`;
  return pairs(name, value)
    .map(([key, member]) => `;${key}=${encode(member)}`)
    .join('');
}

/** A query parameter as `name=value` pairs, encoded, joined by `&`. */
export function writeQuery({ name, object }: Parameter, value: unknown): string {
  if (isObject(object.content)) return `${encode(name)}=${encode(JSON.stringify(value))}`;
  const { style = 'form' } = object;
  if (style === 'deepObject' && isObject(value)) {
    return join(Object.entries(value).map(([key, member]) => [`${name}[${key}]`, text(member)]));
  }
  if (object.explode ?? style === 'form') return join(pairs(name, value));
  const separator = { spaceDelimited: '%20', pipeDelimited: '%7C' }[String(style)] ?? ',';
  return `${encode(name)}=${flat(value, false).map(encode).join(separator)}`;
}

/** The value of a header or a cookie. */
export function writeSimple({ object }: Parameter, value: unknown): string {
  // Node sends Latin-1 only.
  return flat(value, object.explode === true)
    .join(',')
    .replaceAll(/[^\x20-\x7e]/g, '?');
}

/** A form, each of its members a pair. */
export function writeForm(value: unknown): string {
  return isObject(value) ? join(Object.entries(value).map(([key, member]) => [key, text(member)])) : '';
}

function pairs(name: string, value: unknown): readonly Pair[] {
  if (Array.isArray(value)) return value.map((member: unknown): Pair => [name, text(member)]);
  if (isObject(value)) return Object.entries(value).map(([key, member]): Pair => [key, text(member)]);
  return [[name, text(value)]];
}

function flat(value: unknown, explode: boolean): readonly string[] {
  if (Array.isArray(value)) return value.map(text);
  if (!isObject(value)) return [text(value)];
  const entries = Object.entries(value);
  if (explode) return entries.map(([key, member]) => `${key}=${text(member)}`);
  return entries.flatMap(([key, member]) => [key, text(member)]);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function join(list: readonly Pair[]): string {
  return list.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
}
