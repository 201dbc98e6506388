import type { Reads } from '../../../database/reads.ts';
import type { OperationCode } from './operation-code.ts';
import { requiresFlagImplementationOperation } from './requires-flag-implementation.ts';
import { statsOperation } from './stats.ts';

/** The code of every operation that has some, by `operationId`. Each mock has its own: it remembers answers. */
export function openOperations(reads: Reads): ReadonlyMap<string, OperationCode> {
  return new Map([
    ['experiments_requires_flag_implementation_retrieve', requiresFlagImplementationOperation(reads)],
    ['experiments_stats_retrieve', statsOperation(reads)],
  ]);
}
