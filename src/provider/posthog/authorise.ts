import type { Operation, SecurityRequirement } from '../../contract/contract.ts';
import type { Answer } from '../../contract/message.ts';
import type { Reads } from '../../database/reads.ts';
import type { Project } from '../../database/rows/types.ts';
import { shownFew } from '../../text/shown.ts';
import type { KeyHolder, Requester } from './authenticate.ts';
import { errorAnswer } from './errors.ts';
import type { PosthogParts } from './parts.ts';

/** Checks that key and user may use the operation, in the order of provider/posthog/README.md §4. */
export function authorise(
  { reads }: PosthogParts,
  requester: Requester,
  { security }: Operation,
  project: Project | null,
): Answer | null {
  if (!requester.key) return null;
  return (
    (project && refuseKeyForProject(requester, project, reads)) ??
    refuseScopes(requester, security) ??
    (project && refuseUserForProject(requester, project, reads))
  );
}

/** PostHog's 403. @param hint as in {@link errorAnswer}. */
export function permissionDenied(detail: string, hint?: string): Answer {
  return errorAnswer(403, 'authentication_error', 'permission_denied', detail, hint);
}

/** @param hint as in {@link errorAnswer}. */
export function missingScope(scope: string, hint?: string): Answer {
  return permissionDenied(`API key missing required scope '${scope}'`, hint);
}

const ADMIN = 8;

function refuseKeyForProject({ user, key }: KeyHolder, project: Project, reads: Reads): Answer | null {
  const { id, organization_id } = project;
  const organization = reads.organization(organization_id);
  const level = reads.membership(user.id, organization_id)?.level ?? 0;
  if (organization?.members_can_use_personal_api_keys === false && level < ADMIN) {
    return permissionDenied(
      `Organization '${organization.name}' does not allow using personal API keys. Contact an admin to enable personal API keys for this organization.`,
      `The organization of project ${id} has "members_can_use_personal_api_keys": false, and user ${user.id} is below admin there (level ${level}; ${ADMIN} is admin).`,
    );
  }
  if (key.scoped_teams.length > 0 && !key.scoped_teams.includes(id)) {
    return permissionDenied(
      `API key does not have access to the requested project: ID ${id}.`,
      `The key is limited to projects ${shownFew(key.scoped_teams)} ("scoped_teams"); the request is about project ${id}.`,
    );
  }
  if (key.scoped_organizations.length > 0 && !key.scoped_organizations.includes(organization_id)) {
    return permissionDenied(
      `API key does not have access to the requested organization: ID ${organization_id}.`,
      `The key is limited to organizations ${shownFew(key.scoped_organizations)} ("scoped_organizations"); project ${id} is of ${organization_id}.`,
    );
  }
  return null;
}

/** One requirement is enough, and needs all of its scopes. The refusal names what the first requirement misses. */
function refuseScopes({ key }: KeyHolder, security: readonly SecurityRequirement[]): Answer | null {
  const missing = security.map(({ scopes }) => scopes.find((scope) => !grants(key.scopes, scope)));
  const [first] = missing;
  if (missing.includes(undefined) || first === undefined) return null;
  const scopes = key.scopes.length === 0 ? 'no scopes' : `the scopes ${shownFew(key.scopes)}`;
  return missingScope(first, `The key has ${scopes}; the operation needs ${first}.`);
}

/** `:write` implies `:read`. */
function grants(granted: readonly string[], scope: string): boolean {
  return (
    granted.includes('*') ||
    granted.includes(scope) ||
    (scope.endsWith(':read') && granted.includes(scope.replace(/:read$/, ':write')))
  );
}

function refuseUserForProject({ user }: KeyHolder, project: Project, reads: Reads): Answer | null {
  if (!reads.membership(user.id, project.organization_id)) {
    const hint = `User ${user.id} is not a member of organization ${project.organization_id}, which project ${project.id} is of.`;
    return permissionDenied("You don't have access to the project.", hint);
  }
  if (project.experiment_access !== 'none') return null;
  const hint = `Project ${project.id} has "experiment_access": "none", which refuses every key.`;
  return permissionDenied('You do not have viewer access to this resource.', hint);
}
