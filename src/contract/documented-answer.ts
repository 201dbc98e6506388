import type { DocumentedAnswer } from './contract.ts';
import type { Answer } from './message.ts';

/** What an answer has without its body. */
export type AnswerHead = Pick<Answer, 'status' | 'headers' | 'contentType'>;

/** An answer of the contract whose body is an example: it is written when it is first read. */
export function exampleAnswer(head: AnswerHead, write: () => string): DocumentedAnswer {
  let body: string | undefined;
  return Object.freeze({
    ...head,
    get body() {
      body ??= write();
      return body;
    },
    source: 'example',
    violations: NONE,
  });
}

/** An answer of the contract without a body. */
export function emptyAnswer({ status, headers }: Omit<AnswerHead, 'contentType'>): DocumentedAnswer {
  return Object.freeze({
    status,
    headers,
    contentType: null,
    body: null,
    source: 'example',
    violations: NONE,
  });
}

const NONE: DocumentedAnswer['violations'] = Object.freeze([]);
