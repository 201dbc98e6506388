import type { Operation } from '../../contract/contract.ts';
import type { Answer } from '../../contract/message.ts';
import type { Route } from '../../contract/router.ts';
import type { Reads } from '../../database/reads.ts';
import type { Project, User } from '../../database/rows/types.ts';
import { memoize } from '../../memoize.ts';
import { shownFew, shownText } from '../../text/shown.ts';
import { notFound } from './errors.ts';
import type { PosthogParts } from './parts.ts';

type FoundProject =
  | { readonly project: Project | null; readonly refusal?: never }
  | { readonly refusal: Answer };

/**
 * Finds the project that a request is about, or answers 404 (provider/posthog/README.md §5). Where the path names none,
 * code that needs a project gets the user's current one, and other operations get none.
 */
export function findProject(
  { reads, operations }: PosthogParts,
  route: Route,
  user: User | null,
): FoundProject {
  const segment = projectSegment(route);
  if (segment === undefined) {
    const isNeeded = operations.get(route.operation.id)?.needsProject ?? false;
    return { project: isNeeded ? currentProject(user, reads) : null };
  }
  const project = projectNamed(segment, user, reads);
  return project
    ? { project }
    : { refusal: notFound('Project not found.', explainMiss(segment, user, reads)) };
}

function explainMiss(segment: string, user: User | null, reads: Reads): string {
  const list = `The projects are ${shownFew(reads.projects().map(({ id }) => id))}.`;
  if (!isCurrent(segment)) return `There is no project "${shownText(segment)}". ${list}`;
  return user
    ? `User ${user.id} has no current project ("current_project_id"). ${list}`
    : `Nobody asks, so there is no current project. ${list}`;
}

/** The project of a forced answer, which refuses nobody: the path's, else the first one. */
export function likelyProject(route: Route, user: User | null, reads: Reads): Project | null {
  const segment = projectSegment(route);
  const named = segment === undefined ? undefined : projectNamed(segment, user, reads);
  return named ?? reads.firstProject() ?? null;
}

function currentProject(user: User | null, reads: Reads): Project | null {
  return projectNamed('@current', user, reads) ?? reads.firstProject() ?? null;
}

/** By id, or as the current one of a user. */
function projectNamed(segment: string, user: User | null, reads: Reads): Project | undefined {
  if (isCurrent(segment)) {
    const current = user?.current_project_id ?? null;
    return current === null ? undefined : reads.project(current);
  }
  return /^\d+$/.test(segment) ? reads.project(Number(segment)) : undefined;
}

function isCurrent(segment: string): boolean {
  return segment === '@current' || segment === UNFILLED;
}

/** Lets the examples of the public reference work verbatim (provider/posthog/README.md §0). */
const UNFILLED = ':project_id';

function projectSegment({ operation, parameters }: Route): string | undefined {
  const name = projectParameter(operation);
  return name === null ? undefined : parameters[name];
}

/** The path parameter that names a project: `{project_id}`, or whatever follows `/projects/` or `/environments/`. */
export const projectParameter = memoize(({ path }: Operation): string | null => {
  if (path.includes('{project_id}')) return 'project_id';
  return /\/(?:projects|environments)\/\{([^{}]+)\}/.exec(path)?.[1] ?? null;
});
