import type { Reads } from '../../../database/reads.ts';
import type { Project } from '../../../database/rows/types.ts';
import { isObject, type JsonObject, parseJson } from '../../../json.ts';
import { pythonInt } from '../query.ts';

/** Parses the entities of a query parameter; an absent or empty one has none. `undefined`: not a JSON array of objects. */
export function parseEntities(text: string | undefined): readonly JsonObject[] | undefined {
  if (!text) return [];
  const entities = parseJson(text);
  return Array.isArray(entities) && entities.every(isObject) ? entities : undefined;
}

/** The names of the events among the entities. */
export function eventNames(events: readonly JsonObject[]): readonly string[] {
  return events.flatMap(({ id }) => (typeof id === 'string' || typeof id === 'number' ? [String(id)] : []));
}

/** The event names of an action's steps. A string says why the project has no such action. */
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

/** Django reads a number from a string. */
function actionNumber(id: unknown): number | undefined {
  const number = typeof id === 'string' ? pythonInt(id) : id;
  return Number.isSafeInteger(number) ? Number(number) : undefined;
}

/** The id as the client wrote it. */
function shown(id: unknown): string {
  return typeof id === 'string' ? id : JSON.stringify(id);
}
