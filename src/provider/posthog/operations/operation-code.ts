import type { Answer } from '../../../contract/message.ts';
import type { Project } from '../../../database/rows/types.ts';
import type { Instant } from '../../../database/time.ts';

/** What the code of an operation is given once every check has passed. */
export interface OperationCall {
  readonly project: Project;
  /** Still percent-encoded, without the question mark. */
  readonly query: string;
  readonly now: Instant;
}

/** How PostHog computes the answer of one operation. */
export type OperationCode = (call: OperationCall) => Answer;
