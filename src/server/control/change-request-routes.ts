import type { Context, Hono } from 'hono';
import type { ChangeRequestOutcome } from '../../provider/posthog/approvals/change-requests.ts';
import type { ControlEnv } from './control-env.ts';
import { readInput } from './input.ts';
import { attempt, toResponse } from './responses.ts';

/** Change requests, decided on as somebody in PostHog would (provider/posthog/README.md §8). */
export function changeRequestRoutes(app: Hono<ControlEnv>): void {
  app.get('/change-requests', (context) =>
    context.json({ changeRequests: context.var.mock.changeRequests.list() }),
  );
  for (const action of ['approve', 'reject', 'cancel', 'expire'] as const) {
    app.post(`/change-requests/:id/${action}`, async (context) => {
      const input = await readInput<Vote>(context, `/change-requests/{id}/${action}`);
      if ('refusal' in input) return toResponse(input.refusal);
      return attempt(() => context.json(decide(context, action, input.value)));
    });
  }
}

interface Vote {
  readonly by?: number;
  readonly reason?: string;
}

function decide(
  { req, var: { mock } }: Context<ControlEnv>,
  action: 'approve' | 'reject' | 'cancel' | 'expire',
  { reason = '', ...actor }: Vote,
): ChangeRequestOutcome {
  const { changeRequests } = mock;
  const id = req.param('id') ?? '';
  if (action === 'reject') return changeRequests.reject(id, { ...actor, reason });
  return action === 'expire' ? changeRequests.expire(id) : changeRequests[action](id, actor);
}
