import { once } from '../memoize.ts';
import type { DocumentedAnswer } from './contract.ts';

/** What an answer has without its body. Headers are read when those of the answer are. */
export type AnswerHead = Pick<DocumentedAnswer, 'status' | 'headers' | 'contentType' | 'ofRange'>;

/** What is known of an answer once its body has been made. */
export type MadeBody = Pick<DocumentedAnswer, 'body' | 'isBinary' | 'source' | 'violations' | 'hint'>;

/** An answer of the contract whose body is made when it is first read. */
export function documentedAnswer(head: AnswerHead, make: () => MadeBody): DocumentedAnswer {
  const read = once(make);
  const { status, contentType, ofRange } = head;
  const answer = {
    status,
    contentType,
    ...(ofRange && { ofRange }),
    get headers() {
      return head.headers;
    },
    get body() {
      return read().body;
    },
    get isBinary() {
      return read().isBinary;
    },
    get source() {
      return read().source;
    },
    get violations() {
      return read().violations;
    },
    get hint() {
      return read().hint;
    },
  };
  return Object.freeze(answer);
}

/** An answer without a body; `source` is `null` where the contract describes no response at all. */
export function emptyAnswer(
  head: Pick<AnswerHead, 'status' | 'headers'>,
  source: DocumentedAnswer['source'] = 'example',
): DocumentedAnswer {
  return Object.freeze({
    status: head.status,
    contentType: null,
    body: null,
    source,
    violations: NONE,
    get headers() {
      return head.headers;
    },
  });
}

/** An answer whose body breaks off in the middle. It comes from where the whole one does. */
export function malformedAnswer(base: DocumentedAnswer): DocumentedAnswer {
  const head = {
    status: base.status,
    contentType: base.contentType ?? 'application/json',
    get headers() {
      return base.headers;
    },
  };
  return documentedAnswer(head, () => ({
    body: truncate(base.body),
    isBinary: base.isBinary,
    source: base.source,
    violations: NONE,
  }));
}

/** The first half of a body, so that no JSON parser accepts it. */
function truncate(body: string | null): string {
  const start = body?.slice(0, Math.ceil(body.length / 2)) ?? '';
  // Half of a number is a number.
  return /^[\d.-]*$/.test(start) ? '{' : start;
}

const NONE: DocumentedAnswer['violations'] = Object.freeze([]);
