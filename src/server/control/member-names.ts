import type { Answer } from '../../contract/message.ts';
import { problem } from '../../mock/problem.ts';

/**
 * Different names of members that the JSON of a request may have, in all objects together. A parser keeps each of them,
 * and an object of many takes a microsecond for each in every step that follows.
 */
export const MAX_NAMES = 10_000;

/** One bit for each hash. */
const HASH_BITS = 17;

/** Why JSON is not taken that has more different names than {@link MAX_NAMES}; `null`: it has not. */
export function refuseManyNames(json: string): Answer | null {
  if (!hasManyNames(json)) return null;
  const detail = `The members of all objects may have ${MAX_NAMES} different names; here they have more.`;
  return problem('PAYLOAD_TOO_LARGE', detail);
}

/** By their hashes, and without parsing. */
function hasManyNames(json: string): boolean {
  const seen = new Uint32Array(2 ** (HASH_BITS - 5));
  let count = 0;
  let start = json.indexOf('"');
  while (start >= 0) {
    const end = endOfText(json, start + 1);
    if (isName(json, end + 1)) {
      const bit = hashOf(json, start + 1, end) >>> (32 - HASH_BITS);
      const word = seen[bit >>> 5] ?? 0;
      const mask = 1 << (bit & 31);
      if ((word & mask) === 0) count += 1;
      if (count > MAX_NAMES) return true;
      seen[bit >>> 5] = word | mask;
    }
    start = json.indexOf('"', end + 1);
  }
  return false;
}

/** The place of the quote that closes a text. */
function endOfText(json: string, start: number): number {
  for (let from = start; ; ) {
    const end = json.indexOf('"', from);
    if (end < 0) return json.length;
    let backslashes = 0;
    while (json.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
    from = end + 1;
  }
}

/** Whether the text before a place is the name of a member: a colon follows. */
function isName(json: string, place: number): boolean {
  let next = place;
  while (json.charCodeAt(next) <= SPACE) next += 1;
  return json.charCodeAt(next) === COLON;
}

function hashOf(json: string, start: number, end: number): number {
  let hash = 0;
  for (let index = start; index < end; index += 1) hash = Math.imul(hash ^ json.charCodeAt(index), FACTOR);
  return hash;
}

/** Different in each process, so that nobody can make names of one hash. */
const FACTOR = Math.floor(Math.random() * 2 ** 30) * 4 + 3;

const BACKSLASH = 0x5c;
const SPACE = 0x20;
const COLON = 0x3a;
