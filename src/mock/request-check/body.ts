import type { RequestBody } from '../../contract/contract.ts';
import { declaredFor, essenceOf, isJson } from '../../contract/media-type.ts';
import type { HttpRequest } from '../../contract/message.ts';
import { checkAt } from '../../contract/schema.ts';
import type { SchemaViolation } from '../../contract/violations.ts';
import { hasMoreValues, parseJson } from '../../json.ts';
import { valueAt } from '../../json-pointer.ts';
import { UNKNOWN_KEYS } from '../../text/secrets.ts';
import { shown, shownFew } from '../../text/shown.ts';
import { type Found, found, foundOf, NONE } from './finding.ts';
import { gather, readPairs } from './styles.ts';
import { MAX_CHECKED_VALUES, membersAt, typed } from './typed-value.ts';

/** In characters; of a longer body, only the media type is checked. */
export const MAX_CHECKED_LENGTH = 100_000;

/** What the contract has against the body of a request and its media type. */
export function checkBody(
  document: object,
  { required, schemas }: RequestBody,
  { headers, body }: HttpRequest,
): readonly Found[] {
  const declared = () => shownFew([...schemas.keys()]);
  if (body === null || body === '') {
    if (!required) return NONE;
    return [found({ in: 'body', detail: `expected a body (${declared()}), as it is required; found none.` })];
  }
  if (schemas.size === 0) return NONE;
  const sent = headers['content-type'];
  const key = sent === undefined ? undefined : declaredFor(schemas.keys(), sent);
  if (sent === undefined || key === undefined) {
    const detail = `expected ${schemas.size === 1 ? '' : 'one of '}${declared()}; found ${sent === undefined ? 'none' : shown(sent)}.`;
    return [found({ in: 'header', name: 'Content-Type', detail })];
  }
  const violations = violationsOf(document, essenceOf(sent), schemas.get(key), body);
  const isHidden = violations.length > 0 && UNKNOWN_KEYS.mayHold(body);
  return foundOf(violations, ({ pointer, detail }) =>
    found({ in: 'body', pointer, detail: isHidden ? HAS_KEY : detail }),
  );
}

/** Only the whole body tells what of it is secret. */
const HAS_KEY = 'the value does not fit its schema; it is not shown, as the body has a key.';

/** How a body breaks its schema; of media types other than JSON and plain forms, nothing is known. */
function violationsOf(
  document: object,
  mediaType: string,
  schema: string | undefined,
  body: string,
): readonly SchemaViolation[] {
  if (body.length > MAX_CHECKED_LENGTH) return [];
  if (isJson(mediaType)) {
    const value = parseJson(body);
    if (value === undefined) return [{ pointer: '', detail: `expected JSON, found ${shown(body)}.` }];
    return schema === undefined || hasMoreValues(value, MAX_CHECKED_VALUES)
      ? []
      : checkAt(document, schema, 'client')(value);
  }
  if (mediaType !== 'application/x-www-form-urlencoded' || schema === undefined) return [];
  const form = readForm(document, schema, body);
  return form === null || hasMoreValues(form, MAX_CHECKED_VALUES)
    ? []
    : checkAt(document, schema, 'client')(form);
}

/** `null` where names have brackets: how members within members are sent, only the API knows. */
function readForm(document: object, schema: string, body: string): unknown {
  const pairs = readPairs(body);
  if (pairs.some(({ name }) => name.includes('['))) return null;
  const members = membersAt(document, schema);
  const fields = gather(pairs.map(({ name, value }) => [name, value]));
  const sent = Object.entries(fields).map(([name, value]: [string, unknown]) => [
    name,
    members.get(name)?.includes('array') && !Array.isArray(value) ? [value] : value,
  ]);
  return typed(document, valueAt(document, schema), Object.fromEntries(sent));
}
