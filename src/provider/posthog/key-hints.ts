import type { User } from '../../database/rows/types.ts';

// Why a key is not read or not known. Nothing of what was sent is repeated, but for words that are no secret.

const RIGHT = 'PostHog reads "Authorization: Bearer KEY"';

/** Schemes that clients send in the place of `Bearer`. */
const SCHEMES = ['Bearer', 'Token', 'Basic', 'Digest', 'ApiKey', 'Api-Key', 'Key', 'JWT'];

/** Why no key is found in a request. @param authorization the header. */
export function explainUnread(authorization: string | undefined): string {
  if (authorization === undefined) return `The request has no key; ${RIGHT}.`;
  const text = authorization.trim();
  if (text === '') return `The header Authorization is empty; ${RIGHT}.`;
  const [word = '', ...rest] = text.split(/\s+/);
  if (/^Bearer$/.test(word)) return `The header Authorization has no key after Bearer; ${RIGHT}.`;
  const scheme = SCHEMES.find((known) => known.toLowerCase() === word.toLowerCase());
  if (scheme === 'Bearer') return `The word Bearer is case-sensitive; ${RIGHT}.`;
  if (scheme) return `The header Authorization has the scheme ${scheme}; ${RIGHT}.`;
  return rest.length === 0
    ? `The header Authorization has one word, without Bearer before it; ${RIGHT}.`
    : `The header Authorization has another scheme; ${RIGHT}.`;
}

/** Kinds of values that are no personal API key. */
const NO_KEYS: readonly (readonly [pattern: RegExp, explanation: string])[] = [
  [
    /^(undefined|null|None|nil|false|true|NaN|\[object \w+\])$/,
    'The key is no value: a variable is not set.',
  ],
  [/^\s*$/, 'The key is empty: a variable is not set.'],
  [/^(\$\{?\w+\}?|\$\(.*\)|%\w+%|\{\{.*\}\}|<.*>)$/, 'The key is a placeholder that was not replaced.'],
  [/,/, 'The key has a comma: several values were joined; send one.'],
  [/^["'\u2018-\u201d].*$/, 'The key is in quotes, which would be part of it.'],
  [/^Bearer\s/i, 'The word Bearer is there twice.'],
  [/^phc_/i, 'This is a project key, with which apps send events; the API takes personal keys.'],
];

/**
 * Why a key that was found does not count.
 *
 * @param user the owner, if the rows have the key.
 */
export function explainInvalid(value: unknown, user: User | undefined): string {
  if (user) return `The user of the key, ${user.id}, is deactivated ("is_active": false).`;
  if (typeof value !== 'string') return 'The key is not text.';
  const [, explanation] = NO_KEYS.find(([pattern]) => pattern.test(value)) ?? [];
  return explanation ?? 'The mock has no such key.';
}
