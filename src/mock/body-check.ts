import type { ResponseDescription } from '../contract/contract.ts';
import { schemaFor } from '../contract/described.ts';
import { isJson } from '../contract/media-type.ts';
import type { Answer } from '../contract/message.ts';
import { checkAt, type SchemaCheck } from '../contract/schema.ts';
import type { SchemaViolation } from '../contract/violations.ts';
import { BoundedCache } from '../memoize.ts';

/** Ways in which the body of an answer breaks the contract. */
export type BodyCheck = (description: ResponseDescription, answer: Answer) => readonly SchemaViolation[];

export const MAX_CACHED_SCHEMAS = 50;
/** Distinct bodies whose verdict is cached, for each schema. */
export const MAX_CACHED_BODIES = 50;
/** In characters; longer bodies are checked every time. */
export const MAX_CACHED_LENGTH = 5_000;

/**
 * Checks bodies against the schema of their status. A schema is compiled on first use and a distinct body checked once,
 * so a repeated answer costs a look-up.
 */
export function createBodyCheck(root: object): BodyCheck {
  const verdicts = new BoundedCache<string, BoundedCache<string, readonly SchemaViolation[]>>(
    MAX_CACHED_SCHEMAS,
  );

  const remember = (pointer: string, body: string, verdict: readonly SchemaViolation[]): void => {
    if (body.length > MAX_CACHED_LENGTH) return;
    const memory = verdicts.get(pointer) ?? new BoundedCache(MAX_CACHED_BODIES);
    verdicts.set(pointer, memory);
    memory.set(body, verdict);
  };

  return (description, { contentType, body }) => {
    if (body === null || contentType === null || !isJson(contentType)) return [];
    const pointer = schemaFor(description, contentType);
    if (pointer === undefined) return [];
    const known = verdicts.get(pointer)?.get(body);
    if (known) return known;
    const verdict = violationsOf(checkAt(root, pointer), body);
    remember(pointer, body, verdict);
    return verdict;
  };
}

function violationsOf(check: SchemaCheck, body: string): readonly SchemaViolation[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return [{ pointer: '', detail: 'The body is not JSON.' }];
  }
  return check(value);
}
