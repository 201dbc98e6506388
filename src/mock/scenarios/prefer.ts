import { didYouMean } from '../../text/nearest-name.ts';
import { printable } from '../../text/printable.ts';
import { shownText } from '../../text/shown.ts';

/** The preferences of a request that the mock knows (RFC 7240); the first occurrence of each. */
export interface Preferences {
  readonly scenario?: Preference;
  readonly code?: Preference;
  readonly delay?: Preference;
}

/** A preference as it was sent, so that `Preference-Applied` can repeat it. */
export interface Preference {
  /** In lower case: `example` where the alias was sent. */
  readonly name: string;
  readonly value: string;
  /** Its index among the known preferences of the request. */
  readonly position: number;
}

const KINDS: Readonly<Record<string, keyof Preferences>> = {
  scenario: 'scenario',
  example: 'scenario',
  code: 'code',
  delay: 'delay',
};

/**
 * A name, and a value that is a token or quoted. Preferences are separated by `,` or, for convenience, `;`. A value
 * without a name is skipped, without hiding what follows it.
 */
const PREFERENCE = /[\s,;]*([^\s,;="]*)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]*)))?[^,;]*/g;

/** Reads a `Prefer` header. Unknown preferences are ignored, as RFC 7240 wants. */
export function parsePrefer(header: string): Preferences {
  const preferences: Partial<Record<keyof Preferences, Preference>> = {};
  let position = 0;
  for (const [, sent = '', quoted, token = ''] of header.matchAll(PREFERENCE)) {
    const name = sent.toLowerCase();
    const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
    if (!kind || preferences[kind]) continue;
    preferences[kind] = { name, value: quoted?.replaceAll(/\\(.)/g, '$1') ?? token, position };
    position += 1;
  }
  return preferences;
}

const WRITTEN = 'preferences are written scenario=NAME, code=NNN and delay=MS.';

/** Why a preference without a value, such as `scenario throttled`, is refused. */
export function explainNoValue({ name }: Preference): string {
  return `"${name}" in Prefer has no value: ${WRITTEN}`;
}

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** As in `{"scenario":"throttled"}`, which is no preference. */
const KNOWN_WORD = /\b(scenario|example|code|delay)\b/i;

/** What others call a preference. */
const OTHER_NAMES: Readonly<Record<string, keyof Preferences>> = { status: 'code' };

/**
 * What is probably misspelt in a `Prefer` header; `null`: nothing. Preferences of other systems are fine.
 *
 * @param scenarios the names of all scenarios: some clients send a name alone.
 */
export function explainPrefer(header: string, scenarios: ReadonlySet<string>): string | null {
  const seen = new Set<string>();
  for (const [text, sent = '', quoted, token] of header.matchAll(PREFERENCE)) {
    const name = sent.toLowerCase();
    if (Object.hasOwn(KINDS, name)) {
      const kind = KINDS[name] ?? '';
      if (quoted === undefined && token === undefined) return notUnderstood(text);
      if (seen.has(kind)) return `Prefer has "${name}" more than once; the first one counts.`;
      seen.add(kind);
      continue;
    }
    if (!TOKEN.test(sent) && KNOWN_WORD.test(text)) return notUnderstood(text);
    const [word = ''] = name.split(/\W/, 1);
    if (Object.hasOwn(KINDS, word) || scenarios.has(sent) || /^\d{3}$/.test(sent)) return notUnderstood(text);
    const meant = didYouMean(knownWord(sent) ?? word, Object.keys(KINDS));
    if (meant !== '') return `Prefer has no preference "${shownText(sent)}".${meant}`;
  }
  return null;
}

/** The known preference that a longer name ends with or stands for: `mock-scenario`, `statusCode`, `status`. */
function knownWord(sent: string): string | undefined {
  const words = sent.split(/[\W_]+|(?<=[a-z])(?=[A-Z])/);
  const word = words.findLast(Boolean)?.toLowerCase() ?? '';
  if (Object.hasOwn(KINDS, word)) return word;
  return Object.hasOwn(OTHER_NAMES, word) ? OTHER_NAMES[word] : undefined;
}

function notUnderstood(text: string): string {
  return `"${shownText(text.trim())}" in Prefer has no effect: ${WRITTEN}`;
}

/** The value of a `Preference-Applied` header: what was applied, in the order in which it was sent. */
export function preferenceApplied(applied: readonly Preference[]): string {
  return applied
    .toSorted((a, b) => a.position - b.position)
    .map(({ name, value }) => `${name}=${quotedWhereNeeded(value)}`)
    .join(', ');
}

function quotedWhereNeeded(value: string): string {
  if (TOKEN.test(value)) return value;
  return `"${printable(value).replaceAll(/["\\]/g, '\\$&')}"`;
}
