import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../src/contract/pattern.ts';
import { compileSchema } from '../../src/contract/schema.ts';

const LONG = 50_000;

/** With RegExp, none of these would end in the lifetime of a test. */
const SLOW: readonly (readonly [pattern: string, text: string])[] = [
  ['^(a+)+$', `${'a'.repeat(LONG)}!`],
  ['^(a|a)*$', `${'a'.repeat(LONG)}!`],
  ['^(a?){50}b', 'a'.repeat(LONG)],
  ['(.*)(.*)(.*)(.*)x$', 'a'.repeat(LONG)],
  ['^([a-z]{1,9}){1,9}!', 'a'.repeat(LONG)],
  [`^(a|ab|b)${'(a|aa)'.repeat(40)}$`, `${'a'.repeat(70)}!`],
];

describe.each(SLOW)('%s', (pattern, text) => {
  it('is matched in linear time', () => {
    expect(compilePattern(pattern)(text)).toBe(false);
  });

  it('and so in a schema, for a value', () => {
    const check = compileSchema(
      { type: 'string', description: 'Letters', pattern, allOf: [{ minLength: 1 }] },
      '',
    );
    expect(check(text)).toEqual([
      {
        pointer: '',
        detail: expect.stringMatching(/^expected text that matches .{1,150} \(Letters\), found "a/),
      },
    ]);
  });

  it('and so in a schema, for a name', () => {
    const schema = {
      patternProperties: { [pattern]: { type: 'string' }, '^b': { type: 'number' } },
      additionalProperties: false,
    };
    const check = compileSchema(schema, '');
    expect(check({ [text]: 1, b: 1 })).toEqual([]);
    expect(check({ [text]: 1, b: 'x' })).toMatchObject([{ pointer: '/b' }]);
  });
});

it.each(['^(?=.*[0-9])[a-z0-9]{8,}$', '^.{1,2000}@[a-z]+$'])('%s is checked for short texts', (pattern) => {
  const test = compilePattern(pattern);
  expect([test('nodigits!'), test(`${'x'.repeat(LONG)}!`)]).toEqual([false, true]);
});

it('one that is slow, and that the linear engine cannot read, is not checked', () => {
  expect(compileSchema({ pattern: '^(?=a)(a+)+$' }, '')(`${'a'.repeat(LONG)}!`)).toEqual([]);
});

it.each(['^\\d{4}-\\d\\d$', '^[a-z]+$', '^(a|b)c', 'a(?=b)', '(a)\\1', '^[*+(]+$', '^\\(+x'])(
  '%s is what RegExp makes of it',
  (pattern) => {
    const text = fc.stringMatching(/^[abc(+*\d-]{0,12}$/);
    const test = compilePattern(pattern);
    fc.assert(fc.property(text, (text) => test(text) === new RegExp(pattern, 'u').test(text)));
  },
);

it('one of the linear engine is what RegExp makes of it', () => {
  const pattern = '^(?:[a-c]+-)*\\d*\\.?(?<end>x|y)+$';
  const text = fc.stringMatching(/^[abc\d.xy-]{0,12}$/);
  const test = compilePattern(pattern);
  fc.assert(fc.property(text, (text) => test(text) === new RegExp(pattern, 'u').test(text)));
});
