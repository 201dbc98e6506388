import { essenceOf, isJson, rangeOf } from './media-type.ts';
import type { Answer } from './message.ts';
import loadNegotiator from './negotiator.cjs';

/** An answer that may be written in any type of a range. */
export interface Negotiable<T> extends Answer {
  readonly ofRange?: AnswerOfRange<T> | undefined;
}

/** Where the contract has a range of media types for an answer. */
export interface AnswerOfRange<T> {
  /** As the contract has it. */
  readonly range: string;
  /** The same answer in a type of the range. */
  writeAs(mediaType: string): T;
}

/**
 * Chooses among the media types of an answer, as RFC 9110 has it: by quality, then by how specific the client is, then in
 * the order of the client. Where that decides nothing, JSON comes first, then the order of the document. A range of media
 * types in the contract is offered as what the client names of it.
 *
 * @param accept the header of the request; `undefined` accepts everything.
 * @returns `null` where the client accepts none of them. An answer without a body has nothing to accept.
 */
export function negotiate<T extends Negotiable<T>>(
  answers: readonly T[],
  accept: string | undefined,
): T | null {
  const fixed = offersOf(answers);
  const [first] = fixed;
  if (!first) return answers[0] ?? null;
  if (accept === undefined || ACCEPTS_ALL.has(accept.trim())) return first.answer();
  const offers = [...fixed, ...offersOfRanges(answers, accept)];
  const [chosen] = loadNegotiator()(
    accept,
    offers.map(({ mediaType }) => mediaType),
  );
  return offers.find(({ mediaType }) => mediaType === chosen)?.answer() ?? null;
}

// What most clients send, and an empty header, need no parsing.
const ACCEPTS_ALL: ReadonlySet<string> = new Set(['', '*/*']);

interface Offer<T> {
  readonly mediaType: string;
  readonly answer: () => T;
}

/** A type that may be sent as it is, and no range. */
const TYPE = /^[\w.+-]+\/[\w.+-]+$/;

/** Types of one `Accept` that a range is offered as; browsers name about ten. */
const MAX_TYPES_OF_RANGE = 20;

function offersOfRanges<T extends Negotiable<T>>(answers: readonly T[], accept: string): readonly Offer<T>[] {
  if (!answers.some(({ ofRange }) => ofRange)) return [];
  const wanted = accept
    .split(',')
    .map(essenceOf)
    .filter((type) => TYPE.test(type));
  const types = [...new Set(wanted)].slice(0, MAX_TYPES_OF_RANGE);
  return answers.flatMap(({ ofRange }) => {
    if (!ofRange) return [];
    const of = rangeOf(ofRange.range);
    return types
      .filter((mediaType) => of === '*' || mediaType.startsWith(`${of}/`))
      .map((mediaType) => ({ mediaType, answer: () => ofRange.writeAs(mediaType) }));
  });
}

function offersOf<T extends Answer>(answers: readonly T[]): readonly Offer<T>[] {
  const offers = answers.flatMap((answer) =>
    answer.contentType === null ? [] : [{ mediaType: answer.contentType, answer: () => answer }],
  );
  return offers.length < 2 ? offers : offers.toSorted((a, b) => rankOf(a.mediaType) - rankOf(b.mediaType));
}

function rankOf(mediaType: string): number {
  return isJson(mediaType) ? 0 : 1;
}
