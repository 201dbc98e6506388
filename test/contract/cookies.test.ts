import { expect, it } from 'vitest';
import { readCookies } from '../../src/contract/cookies.ts';

it.each<[string, string | undefined, Readonly<Record<string, string>>]>([
  ['no header', undefined, {}],
  ['an empty header', '', {}],
  ['several, trimmed', ' a=1 ;b = 2;', { a: '1', b: '2' }],
  ['a value with =', 'a=b=c', { a: 'b=c' }],
  ['an empty value', 'a=', { a: '' }],
  ['a name without =', 'a; b=1', { b: '1' }],
  ['the first of the same name', 'a=1; a=2', { a: '1' }],
  ['an encoded value', 'a=%7B%22x%22%3A1%7D', { a: '{"x":1}' }],
  ['a value that is not encoded', 'a=100%', { a: '100%' }],
  ['a name that objects have', '__proto__=1; constructor=2', { ['__proto__']: '1', constructor: '2' }],
])('reads %s', (_, header, expected) => {
  expect([...readCookies(header)]).toEqual(Object.entries(expected));
});
