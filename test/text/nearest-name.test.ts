import { describe, expect, it } from 'vitest';
import { noSuchName } from '../../src/text/nearest-name.ts';

const names = (count: number) =>
  Array.from({ length: count }, (_, index) => `insights_retrieve_${index + 1}`);
const say = (known: readonly string[]) =>
  noSuchName('There is no operation', 'insights_retreive_817', known, 'The contract has');

describe('a message about a name that does not exist', () => {
  it('lists every name where there are few', () => {
    expect(say(names(40))).toContain(`The contract has: ${names(40).join(', ')}.`);
  });

  it('lists the nearest names where there are thousands', () => {
    const message = say(names(2_000));
    expect(message).toMatch(
      /^There is no operation "insights_retreive_817"\. Did you mean "insights_retrieve_817"\? The contract has: insights_retrieve_817, .* and 1992 more\.$/,
    );
    expect(message.length).toBeLessThan(350);
  });

  it('finds a name that was written in another case', () => {
    expect(noSuchName('There is no scenario', 'TREND-UP', ['ok', 'trend-up'], 'The scenarios are')).toBe(
      'There is no scenario "TREND-UP". Did you mean "trend-up"? The scenarios are: ok, trend-up.',
    );
  });

  it('keeps short where names are long', () => {
    expect(say(names(41).map((name) => name.padEnd(5_000, 'x'))).length).toBeLessThan(900);
  });
});
