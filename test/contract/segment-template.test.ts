import { array, assert, boolean, constantFrom, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { readSegmentTemplate } from '../../src/contract/segment-template.ts';

it('matches as a regular expression does', () => {
  const text = string({ unit: constantFrom('a', 'b', '-', '.'), maxLength: 3 });
  assert(
    property(
      array(text, { minLength: 2, maxLength: 4 }),
      string({ unit: constantFrom('a', 'b', '-', '.'), maxLength: 10 }),
      boolean(),
      (parts, segment, allowsDots) => {
        const value = allowsDots ? '(.+)' : '([^/.]+)';
        const source = parts.map((part) => part.replaceAll(/[-.]/g, '\\$&')).join(value);
        const [, ...values] = new RegExp(`^${source}$`).exec(segment) ?? [];
        const template = parts.map((part, index) => (index === 0 ? part : `{p${index}}${part}`)).join('');
        const found = readSegmentTemplate(template, allowsDots)?.match(segment) ?? [];
        expect(found).toEqual(values);
      },
    ),
    { numRuns: 20_000 },
  );
});

it('takes linear time for a segment that almost matches in very many ways', () => {
  const template = readSegmentTemplate('{a}-{b}-{c}-{d}', false);
  expect(template?.match(`${'-'.repeat(1_000_000)}.`)).toBeNull();
  expect(template?.match('-'.repeat(1_000_000))).toHaveLength(4);
});

it('is null for a segment without parameters', () => {
  expect(readSegmentTemplate('stats', true)).toBeNull();
});

it('has the names of its parameters and the text around them', () => {
  expect(readSegmentTemplate('{from}-{to}.csv', true)).toMatchObject({
    names: ['from', 'to'],
    parts: ['', '-', '.csv'],
  });
});
