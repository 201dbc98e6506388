import type { RequestBody } from '../../contract/contract.ts';
import { declaredFor, essenceOf, isJson, otherMediaType } from '../../contract/media-type.ts';
import type { HttpRequest } from '../../contract/message.ts';
import { checkAt } from '../../contract/schema.ts';
import type { SchemaViolation } from '../../contract/violations.ts';
import { hasMoreValues, parseJson } from '../../json.ts';
import { UNKNOWN_KEYS } from '../../text/secrets.ts';
import { shown, shownFew } from '../../text/shown.ts';
import { type Found, found, foundOf, NONE } from './finding.ts';
import { FORM_TYPE, readForm } from './form.ts';
import { isScalar } from './styles.ts';
import { MAX_CHECKED_VALUES, typesAt, violationsOfText } from './typed-value.ts';

/** In characters; of a longer body, only the media type is checked. */
export const MAX_CHECKED_LENGTH = 100_000;

/** What the contract has against the body of a request and its media type. */
export function checkBody(
  document: object,
  { required, schemas }: RequestBody,
  { headers, body }: HttpRequest,
): readonly Found[] {
  if (body === null || body === '') {
    if (!required) return NONE;
    const types = schemas.size > 0 ? ` (${shownFew([...schemas.keys()])})` : '';
    return [found({ in: 'body', detail: `expected a body${types}, as it is required; found none.` })];
  }
  if (schemas.size === 0) return NONE;
  const sent = headers['content-type'];
  // A body without a type may be of any (RFC 9110, section 8.3).
  if (sent === undefined && schemas.has('*/*')) return NONE;
  const key = sent === undefined ? undefined : declaredFor(schemas.keys(), sent);
  if (sent === undefined || key === undefined) {
    const detail = otherMediaType(schemas.keys(), sent);
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

/** How a body breaks its schema; of media types other than JSON, plain forms and plain text, nothing is known. */
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
  if (schema === undefined) return [];
  const candidates = candidatesFor(document, mediaType, schema, body);
  return candidates.length === 0 ? [] : violationsOfText(document, schema, candidates, 'client');
}

/** What a body that is no JSON may mean; empty: the contract does not say. */
function candidatesFor(
  document: object,
  mediaType: string,
  schema: string,
  body: string,
): readonly unknown[] {
  if (mediaType === 'text/plain') return typesAt(document, schema).some(isScalar) ? [body] : [];
  const form = mediaType === FORM_TYPE ? readForm(document, schema, body) : undefined;
  return form === undefined ? [] : [form];
}
