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

function keysThatPass(parts: PosthogParts, { request, route }: ProviderCall): string {
  const keys = parts.reads.keys().slice(0, MAX_TRIED);
  if (keys.length === 0) return 'The fixtures have no keys.';
  const named: string[] = [];
  let passing = 0;
  for (const key of keys) {
    if (!passes(parts, route, key)) continue;
    passing += 1;
    const { value, scopes } = key;
    if (isMadeUp(value) && !isSent(value, request)) named.push(`${value} (${shownFew(scopes)})`);
    if (named.length === MAX_NAMED) break;
  }
  if (passing === 0) return 'No key of the fixtures would pass here.';
  if (named.length === 0)
    return `Of the keys of the fixtures, ${passing} would pass; they may be real, so none is named.`;
  return `Keys of the fixtures that would pass: ${named.join(', ')}.`;
}

function passes(parts: PosthogParts, route: ProviderCall['route'], key: PersonalApiKey): boolean {
  const user = parts.reads.user(key.user_id);
  if (!user?.is_active) return false;
  const found = findProject(parts, route, user);
  // An unknown project is refused after the key.
  return authorise(parts, { user, key }, route.operation, found.refusal ? null : found.project) === null;
}

/** Whether a key is made of words, as those of the packaged rows. PostHog makes keys of random letters and digits. */
function isMadeUp(value: string): boolean {
  return /^phx_[a-z]+(_[a-z]+)*$/.test(value) && value.length <= 60;
}

/** Whether the request has a key; what it sends is repeated nowhere. */
function isSent(value: string, { headers: { authorization = '' }, query, body }: HttpRequest): boolean {
  return [authorization, query, body ?? ''].some((text) => text.includes(value));
}
