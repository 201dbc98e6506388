import { isObject, type JsonObject } from '../json.ts';
import { cut } from './printable.ts';
import { counted, shown, shownNames } from './shown.ts';

/** Of a pattern that is shown. */
const MAX_PATTERN_LENGTH = 150;

/** Says what a keyword of a schema expects: `at least 1`, `text in the format "date"`. */
type Expectation = (limit: unknown, schema: JsonObject) => string;

const EXPECTATIONS: Readonly<Record<string, Expectation>> = {
  type: (types) => [types].flat().join(' or '),
  const: (constant) => shown(constant),
  not: () => 'another value',
  enum: (values) => `one of ${shownNames(Array.isArray(values) ? values : [])}`,
  format: (format) => `text in the format "${format}"`,
  minLength: (limit) => `text of at least ${counted(limit, 'character')}`,
  maxLength: (limit) => `text of at most ${counted(limit, 'character')}`,
  pattern: (pattern, schema) =>
    `text that matches ${cut(String(pattern), MAX_PATTERN_LENGTH)}${meaningOf(schema)}`,
  minimum: (limit) => `at least ${limit}`,
  maximum: (limit) => `at most ${limit}`,
  exclusiveMinimum: (limit) => `more than ${limit}`,
  exclusiveMaximum: (limit) => `less than ${limit}`,
  multipleOf: (factor) => `a multiple of ${factor}`,
  minItems: (limit) => `an array of at least ${counted(limit, 'item')}`,
  maxItems: (limit) => `an array of at most ${counted(limit, 'item')}`,
  uniqueItems: () => 'an array without duplicates',
  minProperties: (limit) => `an object of at least ${counted(limit, 'member')}`,
  maxProperties: (limit) => `an object of at most ${counted(limit, 'member')}`,
};

/**
 * How a value breaks a keyword of its schema, in plain words: what is expected, and what was found.
 * @returns `undefined` for a keyword that needs more than its own value to be explained.
 */
export function explainKeyword(keyword: string, schema: JsonObject, value: unknown): string | undefined {
  if (keyword === 'required') return missingMembers(schema, value);
  const expectation = Object.hasOwn(EXPECTATIONS, keyword) ? EXPECTATIONS[keyword] : undefined;
  return expectation && `expected ${expectation(schema[keyword], schema)}, found ${shown(value)}`;
}

function missingMembers({ required }: JsonObject, value: unknown): string {
  const names = Array.isArray(required) ? required : [];
  const missing = names.filter((name) => !isObject(value) || !Object.hasOwn(value, name));
  return `${shownNames(missing)} ${missing.length === 1 ? 'is' : 'are'} missing`;
}

/** Longer descriptions are about more than the form of a value. */
const MAX_MEANING_LENGTH = 100;

/** The description of a schema, in brackets; empty where it has none, or a long one. */
export function meaningOf({ description }: JsonObject): string {
  if (typeof description !== 'string' || description.length > MAX_MEANING_LENGTH) return '';
  const text = description.trim().replace(/\.$/, '');
  return text === '' ? '' : ` (${text})`;
}
