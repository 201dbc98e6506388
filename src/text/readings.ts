import { characterOf, decodeLeniently } from './printable.ts';

/** Text that is encoded more often than this is not read any further. */
const MAX_ROUNDS = 8;

/**
 * What a text says to somebody who undoes its escapes, one kind after the other: those of URLs, JSON, JavaScript, YAML,
 * HTML and quoted-printable, the zero bytes of UTF-16, backslashes, characters that are not shown, and other forms of
 * letters. The text itself comes first.
 *
 * @returns `undefined` when it is encoded too often.
 */
export function readingsOf(text: string): readonly string[] | undefined {
  if (!ESCAPED.test(text)) return [text];
  const stages = stagesOf(text);
  if (!stages) return undefined;
  const read = new Set(stages);
  for (const from of [text, stages.at(-1) ?? text]) {
    // A name and a value in a form look like quoted-printable, too.
    for (const quoting of [QUOTED_PRINTABLE, SOFT_BREAK]) {
      const unquoted = from.replaceAll(quoting, unquoteOne);
      const others = read.has(unquoted) ? [] : stagesOf(unquoted);
      if (!others) return undefined;
      for (const other of others) read.add(other);
    }
  }
  for (const reading of [...read]) read.add(bare(reading));
  return [...read];
}

function unquoteOne(_: string, code?: unknown): string {
  return typeof code === 'string' ? characterOf(code) : '';
}

/** Undoes all escapes of a text but quoted-printable, however often it was encoded; `undefined`: too often. */
export function unescaped(text: string): string | undefined {
  return stagesOf(text)?.at(-1);
}

/** The letters of a text alone: no backslashes, nothing that is not shown, one form of each letter. */
export function bare(text: string): string {
  return PLAIN.test(text) ? text : text.replaceAll(FILLERS, '').normalize('NFKC');
}

/** Most texts have nothing that could be an escape. */
const ESCAPED = /[^\n\r\t\x20-~]|\\|[%&][\w#]|=(?:[\da-f]{2}|\r?\n)/i;

/** A line break may be escaped itself. */
const QUOTED_PRINTABLE = /=(?:([\da-f]{2})|(?:\\{1,4}r)?\\{1,4}n|\r?\n)/gi;
const SOFT_BREAK = /=(?:(?:\\{1,4}r)?\\{1,4}n|\r?\n)/g;
const PLAIN = /^[\x20-[\]-~]*$/;
const FILLERS = /[\0\\\p{Cf}\p{DI}]/gu;

/** Bytes of a URL, octal and decimal digits, a name, or hexadecimal digits: the one group that took part has them. */
const ESCAPES =
  /((?:%[\da-fA-F]{2})+)|\\([0-3][0-7]{2})|&#0{0,6}(\d{1,7});?|&([a-zA-Z]{2,8});|[%\\]u([\da-fA-F]{4})|\\u\{([\da-fA-F]{1,6})\}|\\U([\da-fA-F]{8})|\\x([\da-fA-F]{2})|&#[xX]0{0,6}([\da-fA-F]{1,6});?/g;

/** Those of ASCII, and some that are not shown: they can stand for a part of a key. */
const ENTITIES: ReadonlyMap<string, string> = new Map(
  `amp& lt< gt> quot" apos' lowbar_ underbar_ hyphen- dash- period. colon: equals= plus+ percnt% sol/ bsol\\ num# dollar$
  excl! commat@ ast* comma, semi; quest? lpar( rpar) lsqb[ lbrack[ rsqb] rbrack] lcub{ lbrace{ rcub} rbrace} hat^ grave\`
  vert| verbar| shy\u00ad zwj\u200d zwnj\u200c`
    .split(/\s+/)
    .map((entity) => [entity.slice(0, -1), entity.slice(-1)]),
);

function stagesOf(text: string): readonly string[] | undefined {
  const stages = [text];
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const last = stages[round] ?? '';
    const next = last.replaceAll(ESCAPES, unescapeOne);
    if (next === last) return stages;
    stages.push(next);
  }
  return undefined;
}

function unescapeOne(
  whole: string,
  bytes?: string,
  octal?: string,
  decimal?: string,
  name?: string,
  ...hexadecimal: readonly unknown[]
): string {
  if (bytes !== undefined) return decodeLeniently(bytes);
  if (octal !== undefined) return characterOf(octal, 8);
  if (decimal !== undefined) return characterOf(decimal, 10);
  if (name !== undefined) return ENTITIES.get(name.toLowerCase()) ?? whole;
  return characterOf(String(hexadecimal.find((digits) => digits !== undefined)));
}
