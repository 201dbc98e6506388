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

/** An answer of the contract whose body is verbatim. */
export function exampleAnswer(head: AnswerHead, write: () => string): DocumentedAnswer {
  return documentedAnswer(head, () => ({ body: write(), source: 'example', violations: NONE }));
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

const NONE: DocumentedAnswer['violations'] = Object.freeze([]);
