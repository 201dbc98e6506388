import type { Reads } from '../../database/reads.ts';
import type { Project, User } from '../../database/rows/types.ts';

/** The project that a path names, by id or as the current one of a user (provider/posthog/README.md §5). */
export function projectOf(segment: string, user: User | null, reads: Reads): Project | undefined {
  if (segment === '@current' || segment === UNFILLED) {
    const current = user?.current_project_id ?? null;
    return current === null ? undefined : reads.project(current);
  }
  return /^\d+$/.test(segment) ? reads.project(Number(segment)) : undefined;
}

/** The reference's example is to work as it stands (provider/posthog/README.md §0), where nothing is filled in for the project. */
const UNFILLED = ':project_id';

/** The path parameter that names a project. */
export const PROJECT_PARAMETER = 'project_id';
