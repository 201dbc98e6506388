import type { Answer, HttpRequest } from '../../contract/message.ts';
import type { PersonalApiKey } from '../../database/rows/types.ts';
import { shownFew } from '../../text/shown.ts';
import type { ProviderCall } from '../provider.ts';
import { authorise } from './authorise.ts';
import type { PosthogParts } from './parts.ts';
import { findProject } from './project.ts';

/** Hints are short, and rows may be many. */
const MAX_NAMED = 3;
const MAX_TRIED = 50;

const OFF = "Or turn the check off: auth: 'off', or --auth off on the command line.";

/** Adds to the hint of a refusal which keys of the rows would pass, and how to do without. */
export function withKnownKeys(parts: PosthogParts, call: ProviderCall, refusal: Answer): Answer {
  return { ...refusal, hint: [refusal.hint, keysThatPass(parts, call), OFF].join(' ') };
}

/** Names the keys of the packaged rows only: other ones may be real, and any page may read a hint. */
function keysThatPass(parts: PosthogParts, { request, route }: ProviderCall): string {
  const keys = parts.reads.keys().slice(0, MAX_TRIED);
  if (keys.length === 0) return 'The fixtures have no keys.';
  const passing = keys.filter((key) => passes(parts, route, key));
  if (passing.length === 0) return 'No key of the fixtures would pass here.';
  const named = passing
    .filter(({ value }) => parts.reads.isPackagedKey(value) && !isSent(value, request))
    .slice(0, MAX_NAMED)
    .map(({ value, scopes }) => `${value} (${shownFew(scopes)})`);
  if (named.length > 0) return `Keys of the fixtures that would pass: ${named.join(', ')}.`;
  const described = passing.map(({ user_id, scopes }) => `one of user ${user_id} (${shownFew(scopes)})`);
  return `Of the keys of your fixtures, ${passing.length} would pass: ${shownFew(described, MAX_NAMED)}. They may be real, so none is named.`;
}

function passes(parts: PosthogParts, route: ProviderCall['route'], key: PersonalApiKey): boolean {
  const user = parts.reads.user(key.user_id);
  if (!user?.is_active) return false;
  const found = findProject(parts, route, user);
  // An unknown project is refused after the key.
  return authorise(parts, { user, key }, route.operation, found.refusal ? null : found.project) === null;
}

/** Whether the request has a key; what it sends is repeated nowhere. */
function isSent(value: string, { headers: { authorization = '' }, query, body }: HttpRequest): boolean {
  return [authorization, query, body ?? ''].some((text) => text.includes(value));
}
