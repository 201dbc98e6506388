import { isObject } from '../../src/json.ts';
import type { OpenApiDocument } from './document.ts';
import type { Known } from './request.ts';

const STATS = '/api/projects/{project_id}/experiments/stats/';

/** Of the packaged rows: PostHog's API lets nobody in who is not among them. */
const POSTHOG: Known = {
  token: 'phx_all_access',
  pathValues: {
    project_id: '1',
    environment_id: '1',
    team_id: '1',
    organization_id: '0f1e2d3c-0001-4a6b-8c9d-000000000001',
  },
};

/** What makes a request a good one for the API of a document. */
export function knownFor({ root }: OpenApiDocument): Known {
  const isPosthog = isObject(root.paths) && STATS in root.paths;
  return isPosthog ? POSTHOG : { token: 'secret-token', pathValues: {} };
}
