import type { Database } from '../../../database/collection.ts';
import type { ChangeRequest, Experiment } from '../../../database/rows/types.ts';
import { formatInstant, type Instant } from '../../../database/time.ts';
import { isObject } from '../../../json.ts';
import { isFlag } from './change.ts';

/**
 * Switches the flag of a change request in every experiment that carries it, and says how the request stands
 * then. A flag that no experiment carries, such as that of the contract's example, needs no switching.
 */
export function applyChange(
  database: Database,
  request: ChangeRequest,
  approver: number,
  now: Instant,
): Partial<ChangeRequest> {
  const { flag_id, flag_key, gated_changes } = request.intent;
  const changes = isObject(gated_changes) ? gated_changes : {};
  for (const { id, feature_flag } of database.experiments.findMany((row) => carriesFlag(row, request))) {
    database.experiments.update({ id }, { feature_flag: { ...feature_flag, ...changes } });
  }
  return {
    state: 'applied',
    applied_by: approver,
    applied_at: formatInstant(now),
    result_data: { id: flag_id, key: flag_key, ...changes },
  };
}

function carriesFlag({ project_id, feature_flag }: Experiment, request: ChangeRequest): boolean {
  return (
    project_id === request.project_id &&
    isFlag(feature_flag) &&
    String(feature_flag.id) === request.resource_id
  );
}
