import type { Answer } from '../../../contract/message.ts';
import type { Reads } from '../../../database/reads.ts';
import type { Event, Project } from '../../../database/rows/types.ts';
import type { Instant } from '../../../database/time.ts';
import type { components } from '../../../generated/openapi.ts';
import { parseJson } from '../../../json.ts';
import { shownFew } from '../../../text/shown.ts';
import { errorAnswer, jsonAnswer, serverError } from '../errors.ts';
import { lastValue, pythonInt } from '../query.ts';
import { startOfDay } from './calendar.ts';
import { eventNames, eventNamesOfAction, parseEntities } from './entities.ts';
import { projectOperation } from './operation.ts';

type FlagImplementation = components['schemas']['FlagImplementation'];

/** `requires_flag_implementation`: whether a feature flag still has to be implemented (provider/posthog/README.md §2). */
export const requiresFlagImplementation = projectOperation(({ reads }) => {
  return ({ query: parameters, project, now }) => {
    const properties = lastValue(parameters, 'properties');
    if (properties && parseJson(properties) === undefined) return invalidInput('Properties are unparsable!');
    const events = parseEntities(lastValue(parameters, 'events'));
    const actions = parseEntities(lastValue(parameters, 'actions'));
    if (!events || !actions) return serverError();
    const names = new Set(eventNames(events));
    for (const action of actions) {
      const found = eventNamesOfAction(action, project, reads);
      if (typeof found === 'string') return invalidInput(found, actionsOf(project, reads));
      for (const name of found) names.add(name);
    }
    const limit = parseLimit(lastValue(parameters, 'limit'));
    if (limit === undefined) return serverError();
    const result = ![...names].some((name) => carriesFlag(recentEvents(reads, project, name, limit, now)));
    return jsonAnswer(200, { result } satisfies FlagImplementation);
  };
});

const DAYS = 7;
const DEFAULT_LIMIT = 20;

/** @param hint as in {@link errorAnswer}. */
function invalidInput(detail: string, hint?: string): Answer {
  return errorAnswer(400, 'validation_error', 'invalid_input', detail, hint);
}

function actionsOf({ id }: Project, reads: Reads): string {
  const ids = reads.actionsOf(id).map((action) => action.id);
  return ids.length === 0
    ? `Project ${id} has no actions.`
    : `The actions of project ${id} are ${shownFew(ids)}.`;
}

/** A number that a Python slice takes. 0 and an absent one mean the default. */
function parseLimit(text: string | undefined): number | undefined {
  const limit = text ? pythonInt(text) : 0;
  return limit === undefined || limit < 0 ? undefined : limit || DEFAULT_LIMIT;
}

/** The newest events of a name, from the start of the day a week ago to now. */
function recentEvents(
  reads: Reads,
  project: Project,
  name: string,
  limit: number,
  now: Instant,
): readonly Event[] {
  const events = reads.eventsOf(project.id, name);
  // Mostly there are no events, and then no date is needed.
  if (events.length === 0) return [];
  const start = startOfDay(project.timezone, now, DAYS);
  const recent: Event[] = [];
  for (const { row, instant } of events) {
    if (instant < start || recent.length >= limit) break;
    if (instant <= now) recent.push(row);
  }
  return recent;
}

function carriesFlag(events: readonly Event[]): boolean {
  return events.some(({ properties }) => Object.keys(properties).some((key) => key.startsWith('$feature/')));
}
