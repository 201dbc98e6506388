import type { Operation } from '../../contract/contract.ts';
import type { Answer, HttpRequest } from '../../contract/message.ts';
import type { Reads } from '../../database/reads.ts';
import type { PersonalApiKey, User } from '../../database/rows/types.ts';
import { isObject, parseJson } from '../../json.ts';
import { errorAnswer } from './errors.ts';
import { explainInvalid, explainUnread } from './key-hints.ts';
import type { PosthogParts } from './parts.ts';
import { queryValue } from './query.ts';

/** Who sends a request, as far as PostHog knows. */
export type Requester = KeyHolder | Anonymous;

/** A user with the key of the request. */
export interface KeyHolder {
  readonly user: User;
  readonly key: PersonalApiKey;
  readonly refusal?: never;
}

/** No user if the operation needs no key; the first user if keys are not checked. */
interface Anonymous {
  readonly user: User | null;
  readonly key: null;
  readonly refusal?: never;
}

interface Unauthenticated {
  readonly refusal: Answer;
}

/** Finds the active user whose key the request carries, or answers 401 (provider/posthog/README.md §3). */
export function authenticate(
  { reads, enforcesAuth }: PosthogParts,
  request: HttpRequest,
  { security }: Operation,
): Requester | Unauthenticated {
  if (!enforcesAuth) return { user: reads.firstUser() ?? null, key: null };
  return security.length > 0 ? keyHolder(request, reads) : { user: null, key: null };
}

/** The user of a forced answer, which refuses nobody. */
export function likelyUser({ reads, enforcesAuth }: PosthogParts, request: HttpRequest): User | null {
  if (!enforcesAuth) return reads.firstUser() ?? null;
  const found = keyHolder(request, reads);
  return found.refusal ? null : found.user;
}

function keyHolder(request: HttpRequest, reads: Reads): KeyHolder | Unauthenticated {
  const found = findKey(request);
  if (!found) return { refusal: notAuthenticated(request) };
  const { place, value } = found;
  const key = typeof value === 'string' ? reads.keyByValue(value) : undefined;
  const user = key && reads.user(key.user_id);
  return key && user?.is_active ? { key, user } : { refusal: invalidKey(place, explainInvalid(value, user)) };
}

function notAuthenticated({ headers: { authorization } }: HttpRequest): Answer {
  const detail = 'Authentication credentials were not provided.';
  return errorAnswer(401, 'authentication_error', 'not_authenticated', detail, explainUnread(authorization));
}

const PLACES = { header: 'Authorization header', body: 'body', query: 'query string' } as const;

function invalidKey(place: keyof typeof PLACES, hint: string): Answer {
  const detail = `Personal API key found in request ${PLACES[place]} is invalid.`;
  return errorAnswer(401, 'authentication_error', 'authentication_failed', detail, hint);
}

interface FoundKey {
  readonly place: keyof typeof PLACES;
  readonly value: unknown;
}

function findKey({ headers, body, query }: HttpRequest): FoundKey | undefined {
  const bearer = /^Bearer\s+(\S.+)$/.exec(headers.authorization?.trim() ?? '')?.[1];
  if (bearer !== undefined) return { place: 'header', value: bearer };
  const inBody = body ? keyInBody(body, headers['content-type'] ?? '') : undefined;
  if (inBody) return { place: 'body', value: inBody.value };
  const inQuery = queryValue(query, FIELD);
  return inQuery === undefined ? undefined : { place: 'query', value: inQuery };
}

const FIELD = 'personal_api_key';

/** A body whose type is not declared is tried as JSON, then as a form. */
function keyInBody(body: string, contentType: string): { readonly value: unknown } | undefined {
  if (/^\s*application\/json\s*(;|$)/i.test(contentType)) return keyInJson(body);
  if (/^\s*application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType)) return keyInForm(body);
  return keyInJson(body) ?? keyInForm(body);
}

function keyInJson(body: string): { readonly value: unknown } | undefined {
  // Parsing a long body takes time, and few have a key. Its name may be escaped.
  if (!body.includes(FIELD) && !body.includes('\\u')) return undefined;
  const json = parseJson(body);
  return isObject(json) && Object.hasOwn(json, FIELD) ? { value: json[FIELD] } : undefined;
}

function keyInForm(body: string): { readonly value: unknown } | undefined {
  const value = queryValue(body, FIELD);
  return value === undefined ? undefined : { value };
}
