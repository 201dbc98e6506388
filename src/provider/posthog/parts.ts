import type { ProviderContext } from '../provider.ts';
import type { OperationCode } from './operations/operation.ts';
import type { Throttle } from './throttle.ts';

/** What the answers of one mock's PostHog depend on. */
export interface PosthogParts extends ProviderContext {
  /** `null`: requests are not counted. */
  readonly throttle: Throttle | null;
  /** By `operationId`: the operations that PostHog computes. */
  readonly operations: ReadonlyMap<string, OpenOperation>;
  /** Change requests applied before the scenario was selected; they no longer open the gate. */
  settled: ReadonlySet<string>;
}

/** An operation's code, opened on the rows of the mock. */
type OpenOperation = Pick<OperationCode, 'needsProject'> & {
  readonly answer: ReturnType<OperationCode['open']>;
};
