import type { Answer } from '../contract/message.ts';

/** A request needs more of something than there is. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
  /** What the client is told. */
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(answer.hint);
    this.answer = answer;
  }
}
