import { cut, withJsonEscapes, withoutControls } from './printable.ts';
import { UNKNOWN_KEYS, withoutSecrets } from './secrets.ts';

const MAX_LENGTH = 80;
/** What comes later is cut off in any case; escapes may make of so much what is shown. */
const MAX_SEARCHED_LENGTH = 1_000;

function withoutSecretsAtStart(text: string): string {
  if (text.length <= MAX_SEARCHED_LENGTH) return withoutSecrets(text);
  return `${UNKNOWN_KEYS.hideStart(text.slice(0, MAX_SEARCHED_LENGTH))}…`;
}

/** A value for a message: JSON without secrets, printable, cut when it is long. */
export function shown(value: unknown): string {
  return cut(withJsonEscapes(withoutSecretsAtStart(jsonOf(value))), MAX_LENGTH);
}

/** Text for a message, without quotes: without secrets, printable, cut when it is long. */
export function shownText(text: string): string {
  return cut(withoutControls(withoutSecretsAtStart(text)), MAX_LENGTH);
}

/** A URL for a message, in quotes: like {@link shown}, without a user name and a password. */
export function shownUrl(text: string): string {
  // Everything before an @, as it may be no URL.
  return shown(text.replace(/^.*@/s, '…@'));
}

/** Names for a message: `"a", "b"`. */
export function shownNames(names: readonly unknown[]): string {
  return names.map((name) => withJsonEscapes(JSON.stringify(name))).join(', ');
}

/** `1 item`, `2 items`. */
export function counted(count: unknown, noun: string): string {
  return `${count} ${inNumber(count, noun)}`;
}

/** A noun in the singular for 1, else in the plural. */
export function inNumber(count: unknown, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}

/** The first few of a list for a message: `1, 2, 3 and 4 more`. */
export function shownFew(items: readonly unknown[], most = 5): string {
  const more = items.length - most;
  const first = items.slice(0, most).map((item) => shownText(String(item)));
  return `${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Falls back to plain text for values that JSON cannot carry: NaN, a BigInt, an object that contains itself. */
function jsonOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return typeof value === 'bigint' ? `${value}n` : Object.prototype.toString.call(value);
  }
}
