import type { Reads } from '../../../database/reads.ts';
import type { Project } from '../../../database/rows/types.ts';
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
 * Switching the feature flag of the project's first experiment that is not deleted and has one. Where there
 * is none, the change is that of the contract's example.
 */
export function gatedChange(project: Project, reads: Reads, example: JsonObject): GatedChange {
  const [first] = reads
    .experimentsOf(project.id)
    .filter(({ row }) => row.deleted !== true && isFlag(row.feature_flag))
    .toSorted((a, b) => a.row.id - b.row.id);
  const flag = first?.row.feature_flag;
  return isFlag(flag) ? switchFlag(flag) : changeOfExample(example);
}

/** A feature flag as far as the gate needs it. */
type Flag = JsonObject & { readonly id: number | string; readonly key: string };

export function isFlag(flag: unknown): flag is Flag {
  if (!isObject(flag) || typeof flag.key !== 'string') return false;
  return typeof flag.id === 'number' || typeof flag.id === 'string';
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
