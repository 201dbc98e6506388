import type { Answer } from '../../contract/message.ts';
import type { ProviderContext } from '../provider.ts';
import type { OperationCall } from './operations/operation.ts';
import type { Throttle } from './throttle.ts';

/** What the answers of one mock's PostHog depend on. */
export interface PosthogParts extends ProviderContext {
  /** `null`: requests are not counted. */
  readonly throttle: Throttle | null;
  /** By `operationId`: the operations that PostHog computes. */
  readonly operations: ReadonlyMap<string, ComputedOperation>;
  /** Change requests applied before the scenario was selected; they no longer open the gate. */
  settled: ReadonlySet<string>;
}

/** The code of an operation, opened on the rows of the mock. */
interface ComputedOperation {
  readonly needsProject: boolean;
  answer(call: OperationCall): Answer;
}
