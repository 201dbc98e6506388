import { printable } from '../../text/printable.ts';

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
  /** Its place among the preferences of the request. */
  readonly position: number;
}

const KINDS: Readonly<Record<string, keyof Preferences>> = {
  scenario: 'scenario',
  example: 'scenario',
  code: 'code',
  delay: 'delay',
};

/**
 * A name, and a value that is a token or quoted; `,` and, for convenience, `;` stand between preferences. What
 * has no name is no preference, but must not hide the ones behind it.
 */
const PREFERENCE = /[\s,;]*([^\s,;="]*)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]*)))?[^,;]*/gy;

/** Reads a `Prefer` header. Preferences that the mock does not know are left out, as the RFC wants. */
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

/** The value of a `Preference-Applied` header: what was applied, in the order in which it was sent. */
export function preferenceApplied(applied: readonly Preference[]): string {
  return applied
    .toSorted((a, b) => a.position - b.position)
    .map(({ name, value }) => `${name}=${quotedWhereNeeded(value)}`)
    .join(', ');
}

function quotedWhereNeeded(value: string): string {
  if (/^[\w!#$%&'*+.^`|~-]+$/.test(value)) return value;
  return `"${printable(value).replaceAll(/["\\]/g, '\\$&')}"`;
}
