import type { Database } from '../../../database/collection.ts';
import type { Reads } from '../../../database/reads.ts';
import type { ChangeRequest, Experiment, Project } from '../../../database/rows/types.ts';
import { formatInstant, type Instant } from '../../../database/time.ts';
import { isObject, type JsonObject } from '../../../json.ts';
import { ACTION_KEY } from './policy.ts';

/** The change that the gate holds back, as a change request describes it. */
export interface GatedChange {
  readonly action_key: string;
  readonly resource_type: string;
  readonly resource_id: string | null;
  readonly intent: JsonObject;
  readonly intent_display: JsonObject;
}

/**
 * The switch of the feature flag of the project's first experiment that has one and is not deleted. Where there is none,
 * the change of the contract's example.
 */
export function gatedChange(project: Project, reads: Reads, example: JsonObject): GatedChange {
  const [first] = reads
    .experimentsOf(project.id)
    .filter(({ row }) => row.deleted !== true && isFlag(row.feature_flag))
    .toSorted((a, b) => a.row.id - b.row.id);
  const flag = first?.row.feature_flag;
  return isFlag(flag) ? switchFlag(flag) : changeOfExample(example);
}

/** The fields of a feature flag that the gate needs. */
type Flag = JsonObject & { readonly id: number | string; readonly key: string };

/** PostHog's own limit for keys, in characters. A change request repeats them. */
const MAX_KEY_LENGTH = 400;

export function isFlag(flag: unknown): flag is Flag {
  if (!isObject(flag) || typeof flag.key !== 'string' || flag.key.length > MAX_KEY_LENGTH) return false;
  return typeof flag.id === 'number' || (typeof flag.id === 'string' && flag.id.length <= MAX_KEY_LENGTH);
}

function switchFlag(flag: Flag): GatedChange {
  const { id, key } = flag;
  const before = { active: flag.active === true };
  const after = { active: !before.active };
  const verb = after.active ? 'Enable' : 'Disable';
  return {
    action_key: ACTION_KEY,
    resource_type: 'feature_flag',
    resource_id: String(id),
    intent: {
      flag_id: id,
      flag_key: key,
      current_state: before,
      gated_changes: after,
      full_request_data: after,
      preconditions: { version: 1, updated_at: null },
      http_method: 'PATCH',
    },
    intent_display: { description: `${verb} feature flag '${key}'`, before, after },
  };
}

function changeOfExample({ resource_type, resource_id, change_request }: JsonObject): GatedChange {
  const { action_key, intent, intent_display } = isObject(change_request) ? change_request : {};
  return {
    action_key: typeof action_key === 'string' && action_key ? action_key : ACTION_KEY,
    resource_type: typeof resource_type === 'string' && resource_type ? resource_type : 'feature_flag',
    resource_id: typeof resource_id === 'string' ? resource_id : null,
    intent: isObject(intent) ? intent : {},
    intent_display: isObject(intent_display) ? intent_display : {},
  };
}

/**
 * Switches the flag of a change request in every experiment that carries it. A flag that no experiment carries, such as
 * that of the contract's example, needs no switching.
 * @returns the fields of the change request that change with it.
 */
export function applyChange(
  database: Database,
  request: ChangeRequest,
  approver: number,
  now: Instant,
): Partial<ChangeRequest> {
  const { flag_id, flag_key, gated_changes } = request.intent;
  const changes = isObject(gated_changes) ? gated_changes : {};
  database.experiments.update(
    (row) => carriesFlag(row, request),
    ({ feature_flag }) => ({ feature_flag: { ...feature_flag, ...changes } }),
  );
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
