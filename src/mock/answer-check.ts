import type { Contract, HeaderDescription, Operation, ResponseDescription } from '../contract/contract.ts';
import { descriptionOf, OF_ANY_OPERATION } from '../contract/described.ts';
import { declaredFor, otherMediaType } from '../contract/media-type.ts';
import { type Answer, type HeaderField, headerOf } from '../contract/message.ts';
import type { SchemaViolation } from '../contract/violations.ts';
import { BoundedCache, memoize } from '../memoize.ts';
import { createBodyCheck } from './body-check.ts';
import { isSecretHeader } from './journal/redact.ts';
import { readText } from './request-check/styles.ts';
import { typesAt, violationsOfText } from './request-check/typed-value.ts';

/** One way in which an answer breaks the contract. */
export interface AnswerViolation {
  readonly in: 'status' | 'header' | 'body';
  /** Of the header. */
  readonly name?: string;
  /** JSON pointer into the body, or into the value of the header; absent: all of it is meant. */
  readonly pointer?: string;
  /** What is expected, and what was found. */
  readonly detail: string;
}

/** An answer with what is known of it. */
export interface GivenAnswer {
  readonly operation: Operation;
  readonly answer: Answer;
  /** What the API sends with every response of the operation, unless the answer has it. */
  readonly apiHeaders: readonly HeaderField[];
  readonly isForced: boolean;
}

/** Ways in which an answer breaks the contract. */
export type AnswerCheck = (given: GivenAnswer) => readonly AnswerViolation[];

/** Distinct values of headers whose verdict is cached, for each response that the contract describes. */
export const MAX_CACHED_HEADERS = 50;

const NONE: readonly AnswerViolation[] = [];

/**
 * Checks answers against what the contract has for their status: whether it has anything, the headers, the media type and
 * the body. What comes from the contract itself has been checked where that was read.
 */
export function createAnswerCheck({ root }: Contract): AnswerCheck {
  const checkBody = createBodyCheck(root);
  const checkHeaders = createHeaderCheck(root);
  return ({ operation, answer, apiHeaders, isForced }) => {
    if (answer.violations) return answer.violations.map(ofBody);
    const description = descriptionOf(operation, answer.status);
    if (!description) return isForced ? NONE : undocumented(operation, answer.status);
    const headers = checkHeaders(description, answer.headers, apiHeaders);
    const wrongType = checkMediaType(description, answer);
    const body = checkBody(description, answer);
    return headers.length + wrongType.length + body.length === 0
      ? NONE
      : [...headers, ...wrongType, ...body.map(ofBody)];
  };
}

function ofBody({ pointer, detail }: SchemaViolation): AnswerViolation {
  return { in: 'body', ...(pointer !== '' && { pointer }), detail };
}

/**
 * OpenAPI expects a contract to have what succeeds and the errors that are known. So an undocumented success breaks the
 * contract; an error does where the contract has errors of the operation, and this one is its own.
 */
function undocumented(operation: Operation, status: number): readonly AnswerViolation[] {
  if (mayBeUndocumented(operation, status)) return NONE;
  const { id, responses } = operation;
  const documented = responses.map((response) => response.status).join(', ') || 'none';
  return [{ in: 'status', detail: `expected a status that ${id} has (${documented}), found ${status}.` }];
}

/** Whether a contract may leave out a status: an error where it has none, or one that follows from rules of the whole API. */
export function mayBeUndocumented({ responses }: Operation, status: number): boolean {
  const hasErrors = responses.some((response) => /^[45]/.test(response.status));
  return status >= 400 && (!hasErrors || status >= 500 || OF_ANY_OPERATION.has(status));
}

/** OpenAPI does not forbid a body where it describes none. */
function checkMediaType(
  { schemas }: ResponseDescription,
  { contentType, body }: Answer,
): readonly AnswerViolation[] {
  if (body === null || contentType === null || schemas.size === 0 || schemas.has(contentType)) return NONE;
  if (declaredFor(schemas.keys(), contentType) !== undefined) return NONE;
  return [{ in: 'header', name: 'Content-Type', detail: otherMediaType(schemas.keys(), contentType) }];
}

type HeaderCheck = (
  description: ResponseDescription,
  headers: readonly HeaderField[],
  apiHeaders: readonly HeaderField[],
) => readonly AnswerViolation[];

function createHeaderCheck(root: object): HeaderCheck {
  const verdictsOf = memoize(
    (_description: ResponseDescription) =>
      new BoundedCache<string, readonly AnswerViolation[]>(MAX_CACHED_HEADERS),
  );
  return (description, headers, apiHeaders) => {
    if (description.headers.length === 0) return NONE;
    const values = description.headers.map(
      ({ name }) => headerOf(headers, name) ?? headerOf(apiHeaders, name) ?? null,
    );
    const key = values.length === 1 ? String(values[0]) : JSON.stringify(values);
    const verdicts = verdictsOf(description);
    const known = verdicts.get(key);
    if (known) return known;
    const verdict = description.headers.flatMap((header, index) =>
      checkHeader(root, header, values[index] ?? null),
    );
    verdicts.set(key, verdict);
    return verdict;
  };
}

/** How the value of a header breaks what the contract has for it; `null`: the answer lacks it. */
export function checkHeader(
  root: object,
  { name, required, schema, explode }: HeaderDescription,
  value: string | null,
): readonly AnswerViolation[] {
  if (value === null) {
    return required
      ? [{ in: 'header', name, detail: 'expected a value, as it is required; found none.' }]
      : NONE;
  }
  const types = typesAt(root, schema);
  if (schema === undefined || types.length === 0) return NONE;
  const candidates = readText({ name, style: 'simple', explode }, types, value) ?? [];
  return violationsOfText(root, schema, candidates).map(({ pointer, detail }) => ({
    in: 'header',
    name,
    ...(pointer !== '' && { pointer }),
    detail: isSecretHeader(name) ? 'the value does not fit its schema; it may be secret.' : detail,
  }));
}

/** In one line: `/launched: expected integer, found "a". Header Allow: …` */
export function violationSentences(violations: readonly AnswerViolation[]): string {
  return violations.map((violation) => `${placeOf(violation)}: ${violation.detail}`).join(' ');
}

function placeOf({ in: place, name, pointer = '' }: AnswerViolation): string {
  if (place === 'status') return 'The status';
  if (place === 'header') return `The header "${name}"${pointer && `, at ${pointer}`}`;
  return pointer || 'The body';
}
