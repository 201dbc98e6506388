import type { Reads } from '../../../database/reads.ts';
import type { Project } from '../../../database/rows/types.ts';
import { isObject, type JsonObject } from '../../../json.ts';
import { pythonInt } from '../query.ts';

/** The entities of a query parameter; none when it is absent or empty. `undefined`: not a JSON array of objects. */
export function parseEntities(text: string | undefined): readonly JsonObject[] | undefined {
  if (!text) return [];
  try {
    const entities: unknown = JSON.parse(text);
    return Array.isArray(entities) && entities.every(isObject) ? entities : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a text is JSON. */
export function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The names of the events among the entities. */
export function eventNames(events: readonly JsonObject[]): readonly string[] {
  return events.flatMap(({ id }) => (typeof id === 'string' || typeof id === 'number' ? [String(id)] : []));
}

/** The event names that an action's steps have; a text says why there is no such action in the project. */
export function eventNamesOfAction(
  { id }: JsonObject,
  project: Project,
  reads: Reads,
): readonly string[] | string {
  if (id === null || id === undefined) return 'Action ID cannot be None!';
  const number = actionNumber(id);
  const action = number === undefined ? undefined : reads.action(number);
  if (action?.project_id !== project.id) return `Action ID ${shown(id)} does not exist!`;
  return action.steps.flatMap(({ event }) => (typeof event === 'string' && event !== '' ? [event] : []));
}

/** Django takes a number in a string for the number. */
function actionNumber(id: unknown): number | undefined {
  const number = typeof id === 'string' ? pythonInt(id) : id;
  return Number.isSafeInteger(number) ? Number(number) : undefined;
}

/** Text as the client wrote it. */
function shown(id: unknown): string {
  return typeof id === 'string' ? id : JSON.stringify(id);
}
