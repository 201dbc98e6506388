import type { AST } from '@eslint-community/regexpp';
import { BoundedCache } from '../../memoize.ts';
import { compilePattern, type PatternTest } from '../pattern.ts';
import loadRegexpp from './regexpp.cjs';
import { MAX_TEXT_LENGTH, type Work } from './work.ts';

const patterns = new BoundedCache<string, PatternTest>(1_000);

/** Whether a text matches a pattern that is valid. */
export function matches(pattern: string, text: string): boolean {
  const known = patterns.get(pattern) ?? compilePattern(pattern);
  patterns.set(pattern, known);
  return known(text);
}

/** How a text is made where the pattern leaves something open. */
interface Manner {
  /** Characters beyond the fewest that the pattern needs. */
  readonly extra: number;
  /** Which alternative is taken. */
  readonly alternative: number;
  /** The characters that are preferred, in turn. */
  readonly alphabet: readonly string[];
  /** The place in the alphabet to start at. */
  readonly offset: number;
  /** Whether what a look-ahead asks for is written out. */
  readonly writesLookaheads: boolean;
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz', ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ', ...'0123456789'];
const SIGNS = [
  ...'-_. /:@+,;=!#$%&*?()[]{}<>|~^\'"`\\',
  '\t',
  '\n',
  '\u00e9',
  '\u00a0',
  '\u03b1',
  '\u4e2d',
  '\u{1f600}',
];
const PLAIN = [...LETTERS, ...SIGNS];
/** Passwords are asked for a character of each kind. */
const MIXED = [...'aA1-bB2_cC3.dD4!eE5@', ...PLAIN];

/** Written characters that take as long as a look at a value. */
const CHARACTERS_A_LOOK = 8;

/** Texts that a pattern may match, readable ones first, to be tested; none where it cannot be parsed. */
export function* textsOfPattern(pattern: string, minLength: number, work: Work): Iterable<string> {
  const regexpp = loadRegexpp();
  if (!regexpp) return;
  const { alternatives } = new regexpp.RegExpParser({ ecmaVersion: 2024 }).parsePattern(
    pattern,
    0,
    pattern.length,
    { unicode: true },
  );
  for (const manner of mannersOf(alternatives, minLength)) {
    const text = write(alternatives, manner);
    work.look(1 + Math.floor((text?.length ?? MAX_TEXT_LENGTH) / CHARACTERS_A_LOOK));
    if (text === undefined) continue;
    yield text;
    const missing = minLength - [...text].length;
    if (missing <= 0) continue;
    // A pattern without anchors matches a part of the text.
    yield text + 'a'.repeat(missing);
    yield 'a'.repeat(missing) + text;
  }
}

const MAX_ALTERNATIVES = 6;
const MAX_OFFSETS = 2_000;
/** Places in the alphabet far from each other: letters, capitals, digits and signs. */
const EARLY_OFFSETS = [1, 4, 17, 30, 54, 62];

function* mannersOf(alternatives: readonly AST.Alternative[], minLength: number): Iterable<Manner> {
  const shortest = { extra: 0, alternative: 0, alphabet: PLAIN, offset: 0, writesLookaheads: false };
  const least = write(alternatives, shortest);
  if (least === undefined) return;
  const needed = Math.max(0, minLength - [...least].length);
  const extras = [
    ...new Set([needed, needed + 1, needed + 2, needed + 3, needed + 5, needed + 8, needed + 13, 0]),
  ];
  // Two more than needed read better than `a` for `[a-z]+`.
  if (needed === 0) extras.unshift(2);
  for (const extra of extras) yield { ...shortest, extra };
  // Another keyword may refuse how all of these begin.
  for (const offset of EARLY_OFFSETS) yield { ...shortest, extra: needed + 1, offset };
  for (const alphabet of [PLAIN, MIXED])
    for (const writesLookaheads of [false, true])
      for (let alternative = 0; alternative < MAX_ALTERNATIVES; alternative += 1)
        for (const extra of new Set(extras))
          yield { extra, alternative, alphabet, offset: 0, writesLookaheads };
  for (let offset = 1; offset < MAX_OFFSETS; offset += 1)
    yield { ...shortest, extra: needed + Math.floor(offset / LETTERS.length), offset };
}

/** `undefined`: the text would be longer than a body may be. */
function write(alternatives: readonly AST.Alternative[], manner: Manner): string | undefined {
  const writer: Writer = { manner, groups: new Map(), left: manner.extra, written: 0, turn: manner.offset };
  const text = writeAlternatives(alternatives, writer);
  return writer.written > MAX_TEXT_LENGTH ? undefined : text;
}

interface Writer {
  readonly manner: Manner;
  /** What the groups have matched, for references to them. */
  readonly groups: Map<AST.CapturingGroup, string>;
  /** How many more characters may be spent on repetitions. */
  left: number;
  written: number;
  turn: number;
}

function writeAlternatives(alternatives: readonly AST.Alternative[], writer: Writer): string {
  const { elements = [] } = alternatives[writer.manner.alternative % alternatives.length] ?? {};
  return elements.map((element) => writeElement(element, writer)).join('');
}

function writeElement(element: AST.Element | AST.QuantifiableElement, writer: Writer): string {
  if (writer.written > MAX_TEXT_LENGTH) return '';
  switch (element.type) {
    case 'Character':
      writer.written += 1;
      return String.fromCodePoint(element.value);
    case 'CharacterSet':
    case 'CharacterClass':
      return writeOneOf(element, writer);
    case 'Group':
      return writeAlternatives(element.alternatives, writer);
    case 'CapturingGroup': {
      const text = writeAlternatives(element.alternatives, writer);
      writer.groups.set(element, text);
      return text;
    }
    case 'Quantifier':
      return writeRepetition(element, writer);
    case 'Backreference': {
      const { resolved } = element;
      const group = Array.isArray(resolved) ? resolved[0] : resolved;
      return (group && writer.groups.get(group)) ?? '';
    }
    case 'Assertion': {
      const isAhead = element.kind === 'lookahead' && !element.negate;
      return isAhead && writer.manner.writesLookaheads ? writeAlternatives(element.alternatives, writer) : '';
    }
    default:
      return '';
  }
}

function writeRepetition({ min, max, element }: AST.Quantifier, writer: Writer): string {
  let text = '';
  for (let times = 0; times < max; times += 1) {
    if (times >= min && writer.left <= 0) break;
    const start = writer.written;
    const copy = writeElement(element, writer);
    // Nothing more comes of it, such as of a look-ahead.
    if (copy === '' && times >= min) break;
    text += copy;
    if (writer.written > MAX_TEXT_LENGTH) break;
    if (times >= min) writer.left -= writer.written - start;
    if (copy === '') break;
  }
  return text;
}

/** A character of a set, as the pattern itself understands it. */
function writeOneOf(
  set: AST.CharacterSet | AST.CharacterClass | { readonly raw: string },
  writer: Writer,
): string {
  const { alphabet } = writer.manner;
  const allowed = charactersOf(set, alphabet);
  const character = allowed[writer.turn % Math.max(1, allowed.length)] ?? '';
  writer.turn += 1;
  writer.written += 1;
  return character;
}

const sets = new BoundedCache<string, readonly string[]>(1_000);

function charactersOf(
  set: { readonly raw: string; readonly elements?: unknown },
  alphabet: readonly string[],
): readonly string[] {
  const key = `${alphabet === PLAIN ? 'plain' : 'mixed'} ${set.raw}`;
  const known = sets.get(key);
  if (known) return known;
  const test = compilePattern(`^${set.raw}$`);
  const allowed = [...new Set([...alphabet, ...namedCharacters(set.raw)])].filter(test);
  sets.set(key, allowed);
  return allowed;
}

/** The characters that a class names, for those that are in no alphabet. */
function namedCharacters(raw: string): readonly string[] {
  const escaped = [...raw.matchAll(/\\u\{?([0-9a-fA-F]{4,6})|\\x([0-9a-fA-F]{2})/g)];
  const points = escaped.map(([, long, short]) => Number.parseInt(long ?? short ?? '0', 16));
  return [
    ...[...raw],
    ...points.filter((point) => point <= 0x10ffff).map((point) => String.fromCodePoint(point)),
  ];
}
