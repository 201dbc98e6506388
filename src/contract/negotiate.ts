import { isJson } from './media-type.ts';
import type { Answer } from './message.ts';
import loadNegotiator from './negotiator.cjs';

/**
 * Chooses among the media types of an answer, as RFC 9110 has it: by quality, then by how specific the client is, then in
 * the order of the client. Where that decides nothing, JSON comes first, then the order of the document.
 *
 * @param accept the header of the request; `undefined` accepts everything.
 * @returns `null` where the client accepts none of them. An answer without a body has nothing to accept.
 */
export function negotiate<T extends Answer>(answers: readonly T[], accept: string | undefined): T | null {
  const offers = offersOf(answers);
  const [first] = offers;
  if (!first) return answers[0] ?? null;
  if (accept === undefined || ACCEPTS_ALL.has(accept.trim())) return first.answer;
  const [chosen] = loadNegotiator()(
    accept,
    offers.map(({ mediaType }) => mediaType),
  );
  return offers.find(({ mediaType }) => mediaType === chosen)?.answer ?? null;
}

// What most clients send, and an empty header, need no parsing.
const ACCEPTS_ALL: ReadonlySet<string> = new Set(['', '*/*']);

interface Offer<T> {
  readonly mediaType: string;
  readonly answer: T;
}

function offersOf<T extends Answer>(answers: readonly T[]): readonly Offer<T>[] {
  const offers = answers.flatMap((answer) =>
    answer.contentType === null ? [] : [{ mediaType: answer.contentType, answer }],
  );
  return offers.length < 2 ? offers : offers.toSorted((a, b) => rankOf(a.mediaType) - rankOf(b.mediaType));
}

function rankOf(mediaType: string): number {
  return isJson(mediaType) ? 0 : 1;
}
