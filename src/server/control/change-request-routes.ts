import { type Context, Hono } from 'hono';
import { problem } from '../../mock/problem.ts';
import type { ChangeRequestOutcome, ChangeRequests } from '../../provider/change-requests.ts';
import type { ControlEnv } from './control-env.ts';
import { type BodyOf, withInput } from './input.ts';
import { toResponse } from './responses.ts';

interface ChangeRequestEnv {
  Variables: ControlEnv['Variables'] & { readonly changeRequests: ChangeRequests };
}

/** Change requests, decided on as users of PostHog would. Where the mocked API has no approvals, there are no such routes. */
export function changeRequestRoutes(app: Hono<ControlEnv>): void {
  const routes = new Hono<ChangeRequestEnv>({ strict: false });
  routes.use(async (context, next) => {
    const { changeRequests } = context.var.mock;
    if (!changeRequests) return toResponse(NO_APPROVALS);
    context.set('changeRequests', changeRequests);
    return next();
  });
  routes.get('/', (context) => context.json({ changeRequests: context.var.changeRequests.list() }));
  for (const action of ['approve', 'reject', 'cancel', 'expire'] as const) {
    routes.post(`/:id/${action}`, (context) =>
      withInput(context, `/change-requests/{id}/${action}`, 'post', (vote) =>
        context.json(decide(context, action, vote)),
      ),
    );
  }
  app.route('/change-requests', routes);
}

const NO_APPROVALS = problem(
  'NO_PATH_MATCHED',
  'The mocked API has no approvals, so there are no change requests.',
);

/** The body of `reject`; the other actions take parts of it. */
type Vote = BodyOf<'/change-requests/{id}/reject', 'post'>;

function decide(
  { req, var: { changeRequests } }: Context<ChangeRequestEnv>,
  action: 'approve' | 'reject' | 'cancel' | 'expire',
  { reason = '', ...actor }: Vote,
): ChangeRequestOutcome {
  const id = req.param('id') ?? '';
  if (action === 'reject') return changeRequests.reject(id, { ...actor, reason });
  return action === 'expire' ? changeRequests.expire(id) : changeRequests[action](id, actor);
}
