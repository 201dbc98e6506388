import { format as formats } from '@cfworker/json-schema';
import { isObject, type JsonObject } from '../json.ts';
import loadRe2 from './re2js.cjs';

/** Whether a text matches. */
export type PatternTest = (text: string) => boolean;

/** Looks at characters that a check may take. */
const MAX_STEPS = 10_000_000;

/**
 * Compiles the pattern of a schema so that the time to match is bounded: for `^(a+)+$` and a text of 40 letters, a RegExp
 * would take hours. Patterns that may be slow go to a linear engine. It has no look-around, no references to groups and
 * no counts above 1000; where those are needed, texts that would take too long are not checked, and match.
 *
 * @throws {SyntaxError} when the pattern is not a regular expression.
 */
export function compilePattern(pattern: string): PatternTest {
  const backtracking = new RegExp(pattern, 'u');
  // A browser build has no other engine; its contract is that of the page.
  const re2 = isLinear(pattern) ? null : loadRe2();
  if (re2 === null) return (text) => backtracking.test(text);
  const { RE2JS } = re2;
  try {
    const linear = RE2JS.compile(RE2JS.translateRegExp(pattern));
    return (text) => linear.matcher(text).find();
  } catch {
    const degree = degreeOf(pattern) + 1;
    return (text) => text.length ** degree > MAX_STEPS || backtracking.test(text);
  }
}

/** Whether backtracking costs at most a look at each character. */
function isLinear(pattern: string): boolean {
  const degree = degreeOf(pattern);
  return degree === 0 || (degree === 1 && pattern.startsWith('^'));
}

/**
 * How many characters of a pattern may be repeated at will, each of which multiplies the time by the length of the text.
 * Infinite where a group is repeated, or there is a choice: then the time may double with each.
 *
 * @param pattern valid, or else the result means nothing.
 */
function degreeOf(pattern: string): number {
  const bare = pattern.replaceAll(/\\./gsu, 'x').replaceAll(/\[[^[\]]*\]/g, 'x');
  if (/\||(?<!\()\?|\)[*+{]/.test(bare)) return Number.POSITIVE_INFINITY;
  return (bare.match(/[*+]|\{\d+,/g) ?? []).length;
}

/** The validator knows patterns as RegExps only, but formats as functions. */
const PATTERN_FORMAT = 'pattern:';

/** Whether a schema has patterns that the validator may take too long for. */
export function hasSlowPattern(schema: JsonObject): boolean {
  return isSlow(schema.pattern) || slowNamesOf(schema).length > 0;
}

/**
 * A schema whose slow pattern is a format, checked as {@link compilePattern} does. Members are not checked against slow
 * patterns of their names, nor against what holds for all others.
 */
export function withoutSlowPatterns(schema: JsonObject): JsonObject {
  const { pattern, ...others } = withoutSlowNames(schema);
  if (!isSlow(pattern)) return pattern === undefined ? others : { ...others, pattern };
  const format = PATTERN_FORMAT + pattern;
  formats[format] ??= compilePattern(pattern);
  const branches = Array.isArray(others.allOf) ? others.allOf : [];
  return { ...others, allOf: [...branches, { description: schema.description, format }] };
}

function withoutSlowNames(schema: JsonObject): JsonObject {
  const slow = slowNamesOf(schema);
  if (slow.length === 0) return schema;
  const { patternProperties, additionalProperties: _, unevaluatedProperties: __, ...others } = schema;
  const kept = Object.entries(patternProperties ?? {}).filter(([pattern]) => !slow.includes(pattern));
  return { ...others, patternProperties: Object.fromEntries(kept) };
}

function slowNamesOf({ patternProperties }: JsonObject): readonly string[] {
  return isObject(patternProperties) ? Object.keys(patternProperties).filter(isSlow) : [];
}

/** A pattern that is not valid is not slow: the validator reports it. */
function isSlow(pattern: unknown): pattern is string {
  return typeof pattern === 'string' && !isLinear(pattern) && isPattern(pattern);
}

/** JSON Schema patterns are ECMA-262 regular expressions with the `u` flag. */
export function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

/** The pattern that {@link withoutSlowPatterns} has made a format; `undefined` for a real format. */
export function patternOf({ format }: JsonObject): string | undefined {
  if (typeof format !== 'string' || !format.startsWith(PATTERN_FORMAT)) return undefined;
  return format.slice(PATTERN_FORMAT.length);
}
