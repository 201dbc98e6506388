import { highest, lowest } from './facets.ts';
import { hasFormat, textsOfFormat } from './formats.ts';
import type { Maker, Place } from './maker.ts';
import { matches, textsOfPattern } from './pattern-texts.ts';
import type { Plan } from './plans.ts';
import { splice } from './spliced-texts.ts';
import { MAX_TEXT_LENGTH, type Work } from './work.ts';

/** Texts that are looked at for one value. */
const MAX_LOOKED_AT = 20_000;
/** Characters that take as long as a look at a value. */
const CHARACTERS_A_LOOK = 50;
/** Texts after which none is expected any more. */
const MAX_MISSES = 5_000;

/** Texts with the length and the patterns that a plan asks for. Formats are left to the check. */
export function* makeTexts(plan: Plan, place: Place, maker: Maker): Iterable<string> {
  const { work } = maker;
  const minLength = lowest(plan, 'minLength', 0);
  const maxLength = highest(plan, 'maxLength', Number.POSITIVE_INFINITY);
  const pointer = plan[0]?.pointer ?? '';
  if (minLength > maxLength)
    return work.explain(pointer, `no text has ${minLength} to ${maxLength} characters`);
  if (minLength > MAX_TEXT_LENGTH)
    return work.explain(pointer, `texts are made of at most ${MAX_TEXT_LENGTH} characters`);
  const patterns = plan.flatMap(({ pattern }) => pattern ?? []);
  let count = 0;
  let isFound = false;
  const texts = [ofContent(plan, place, maker), candidates(plan, patterns, minLength, maxLength, work)];
  for (const text of chain(texts)) {
    work.look(1 + Math.floor(text.length / CHARACTERS_A_LOOK));
    count += 1;
    if (count > (isFound ? MAX_LOOKED_AT : MAX_MISSES)) break;
    if (!isWithin(text, minLength, maxLength)) continue;
    if (!patterns.every((pattern) => matches(pattern, text))) continue;
    isFound = true;
    yield text;
  }
  if (!isFound) work.explain(pointer, `no text was found for ${describe(plan, minLength, maxLength)}`);
}

/** Whether a text has so many characters, which are code points. */
function isWithin(text: string, minLength: number, maxLength: number): boolean {
  if (text.length < minLength) return false;
  const { length } = /[\ud800-\udfff]/.test(text) ? [...text] : text;
  return length >= minLength && length <= maxLength;
}

function describe(plan: Plan, minLength: number, maxLength: number): string {
  const length =
    maxLength === Number.POSITIVE_INFINITY ? `${minLength} or more` : `${minLength} to ${maxLength}`;
  const formats = plan.flatMap(({ format }) => (format === undefined ? [] : `the format ${format}`));
  const patterns = plan.flatMap(({ pattern }) => (pattern === undefined ? [] : `the pattern ${pattern}`));
  return [...formats, ...patterns, `${length} characters`].join(', ');
}

/** JSON of what a text contains. */
function* ofContent(plan: Plan, place: Place, maker: Maker): Iterable<string> {
  const schemas = plan.flatMap(({ content }) => content ?? []);
  if (schemas.length === 0) return;
  for (const value of maker.values(schemas, place)) yield JSON.stringify(value);
}

function* candidates(
  plan: Plan,
  patterns: readonly string[],
  minLength: number,
  maxLength: number,
  work: Work,
): Iterable<string> {
  const formats = [...new Set(plan.flatMap(({ format }) => format ?? []))];
  const ofFormats = formats.map((format) => textsOfFormat(format, minLength));
  const ofPatterns = patterns.map((pattern) => textsOfPattern(pattern, minLength, work));
  const plain = plainTexts(minLength, maxLength);
  if (patterns.length === 0) return yield* chain([...ofFormats, plain]);
  const spliced = formats.flatMap((format) =>
    patterns.map((pattern) => splice(textsOfPattern(pattern, 0, work), textsOfFormat(format, minLength))),
  );
  // Another keyword may refuse all texts of one origin.
  const all = [...ofFormats, ...spliced, ...ofPatterns, plain];
  for (const text of takeTurns(all)) if (formats.every((format) => hasFormat(text, format))) yield text;
}

function* chain<T>(all: readonly Iterable<T>[]): Iterable<T> {
  for (const one of all) yield* one;
}

/** One of each in turn, until all have ended. */
function* takeTurns<T>(all: readonly Iterable<T>[]): Iterable<T> {
  let rest = all.map((one) => one[Symbol.iterator]());
  while (rest.length > 0) {
    const taken = rest.map((one) => [one, one.next()] as const).filter(([, { done }]) => !done);
    yield* taken.map(([, { value }]) => value);
    rest = taken.map(([one]) => one);
  }
}

/** Where the first is not valid, perhaps one that starts with another letter is. */
const WORDS = ['string', 'text', 'a', 'A', '1', '-', '_', '/', ' '];

function* plainTexts(minLength: number, maxLength: number): Iterable<string> {
  const cut = (word: string) =>
    word.padEnd(minLength, word).slice(0, Math.max(minLength, Math.min(maxLength, word.length)));
  for (const word of WORDS) yield cut(word);
  const [word = ''] = WORDS;
  const long = cut(word);
  for (let number = 1; number < MAX_LOOKED_AT; number += 1) {
    const suffix = String(number);
    yield `${long.slice(0, Math.max(0, Math.min(maxLength - suffix.length, long.length)))}${suffix}`;
    if (number === 1) yield '';
  }
}
