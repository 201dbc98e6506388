import { isJson } from '../../contract/media-type.ts';
import { parseJson } from '../../json.ts';
import type { Secrets } from '../../text/secrets.ts';
import { redactBody } from '../journal/redact.ts';
import { ANY_TEXT, bodyRules, type MatchingRule } from './body-rules.ts';
import type { LeftOutReason, PactBody } from './pact.ts';
import { promisedPart } from './promised.ts';
import { isTooDeep, shapeOf, withoutKeys } from './shape.ts';

/** A part of an interaction, and what makes it the same as another one. */
export interface Part<T> {
  readonly part: T;
  /** Plain JSON. */
  readonly shape: unknown;
}

export interface BodyPart {
  readonly body?: PactBody;
  readonly rules?: Readonly<Record<string, MatchingRule>>;
  readonly shape: unknown;
}

interface GivenBody {
  readonly text: string | null;
  readonly contentType: string | null | undefined;
  /** Of the contract; `undefined`: it has none. */
  readonly schema: unknown;
  readonly secrets: Secrets;
}

/** In characters. */
export const MAX_BODY_LENGTH = 65_536;

/** Describes the body of a request without its secrets. */
export function describeRequestBody(root: object, given: GivenBody): BodyPart | LeftOutReason {
  return describeBody(root, given, (content) => content);
}

/**
 * The same of an answer, with what the contract promises. Of a body that is not JSON, `Content-Type` says all there is; and
 * a pact cannot say that a body is `null` or an empty string in JSON: verifiers take that for none.
 */
export function describeAnswerBody(root: object, given: GivenBody): BodyPart | LeftOutReason {
  const described = describeBody(root, given, (content) => promisedPart(root, given.schema, content));
  if (typeof described === 'string') return described;
  const { body, shape } = described;
  return shape === TEXT || body?.content === null || body?.content === '' ? { shape } : described;
}

function describeBody(
  root: object,
  { text, contentType, schema, secrets }: GivenBody,
  part: (content: unknown) => unknown,
): BodyPart | LeftOutReason {
  if (text === null || text === '') return { shape: null };
  if (text.length > MAX_BODY_LENGTH) return 'tooLong';
  const given = parseJson(text);
  if (isTooDeep(given)) return 'tooLong';
  const shown = redactBody(text, secrets);
  if (given === undefined || (contentType && !isJson(contentType))) {
    if (contentType && isJson(contentType)) return 'malformed';
    return textBody(shown, contentType ?? 'text/plain');
  }
  const content = part(shown === text ? given : parseJson(shown));
  return {
    body: { content, contentType: contentType ?? 'application/json', ...PLAIN },
    rules: bodyRules(root, schema, content),
    shape: shapeOf(withoutKeys(root, schema, content)),
  };
}

const TEXT = 'text';
const PLAIN = { contentTypeHint: 'TEXT', encoded: false } as const;

function textBody(content: string, contentType: string): BodyPart {
  return {
    body: { content, contentType, ...PLAIN },
    rules: { $: ANY_TEXT },
    shape: TEXT,
  };
}
