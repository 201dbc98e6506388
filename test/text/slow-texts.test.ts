import { expect, it } from 'vitest';
import { Secrets, withoutSecrets } from '../../src/text/secrets.ts';
import { shown, shownText } from '../../src/text/shown.ts';

// If the time grew with the square of the length, these would take minutes.

it.each([
  ['names with quotes that do not end', `${'personal_api_key=\\"'.repeat(100_000)}\\`],
  ['single quotes that do not end', "personal_api_key='".repeat(100_000)],
  ['backslashes', `personal_api_key${'\\'.repeat(500_000)} `],
])('%s are searched for secrets in linear time', (_, text) => {
  expect(withoutSecrets(text).length).toBeGreaterThan(0);
});

it.each(['=41', '&#x41;', '\u200b', '\\u202e', '%2541'])('of a text of %j, the start is searched', (part) => {
  const text = part.repeat(3_000_000);
  expect(shownText(text).length).toBeLessThanOrEqual(80);
  expect(shown(text).length).toBeLessThanOrEqual(80);
});

it.each(['Leak', 'Leak…', 'whole'])('%j, again and again, is searched for keys of many lengths', (part) => {
  const keys = Array.from({ length: 500 }, (_, length) => `Leak4711${'x'.repeat(length)}`);
  const hidden = new Secrets(() => [...keys, 'whole']).hide(part.repeat(200_000));
  expect(hidden).not.toContain('whole');
});

it('a key that the cut would split is not shown in part', () => {
  expect(shownText(`${'\u200b'.repeat(996)}phx_secret`)).not.toContain('phx_s');
});
