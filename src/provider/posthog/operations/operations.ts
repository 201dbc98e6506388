import type { OperationId } from '../../../generated/names.ts';
import type { OperationCode } from './operation.ts';
import { requiresFlagImplementation } from './requires-flag-implementation.ts';
import { stats } from './stats.ts';

/** The operations that PostHog computes; all others answer as the contract has them. */
export const OPERATIONS: { readonly [Id in OperationId]?: OperationCode } = {
  experiments_requires_flag_implementation_retrieve: requiresFlagImplementation,
  experiments_stats_retrieve: stats,
};
