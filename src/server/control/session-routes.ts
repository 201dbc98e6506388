import type { Context, Hono } from 'hono';
import type { SessionOptions } from '../../mock/options.ts';
import { baseUrlOf } from '../control-path.ts';
import { type Session, sessionNotFound, tooManySessions } from '../sessions.ts';
import type { ControlEnv } from './control-env.ts';
import { readInput } from './input.ts';
import { attempt, done, toResponse } from './responses.ts';

/** Sessions: opened on the mock that is asked, and listed with all others. */
export function sessionRoutes(app: Hono<ControlEnv>): void {
  app.get('/sessions', (context) => {
    const sessions = context.var.parts.sessions.list();
    return context.json({ sessions: sessions.map((session) => shown(context, session)) });
  });
  app.post('/sessions', async (context) => {
    const input = await readInput<SessionOptions>(context, '/sessions');
    if ('refusal' in input) return toResponse(input.refusal);
    const { mock, parts } = context.var;
    return attempt(() => {
      const session = parts.sessions.open(mock, input.value);
      if (!session) return toResponse(tooManySessions(parts.sessions.limits));
      const body = shown(context, session);
      return context.json(body, 201, { Location: body.baseUrl });
    });
  });
  app.get('/sessions/:id', (context) => {
    const id = context.req.param('id');
    const session = context.var.parts.sessions.use(id);
    return session ? context.json(shown(context, session)) : toResponse(sessionNotFound(id));
  });
  app.delete('/sessions/:id', (context) => {
    const id = context.req.param('id');
    return context.var.parts.sessions.close(id) ? done() : toResponse(sessionNotFound(id));
  });
}

function shown({ req }: Context, { id, expiresAt }: Session) {
  return { id, baseUrl: baseUrlOf(req.header('host') ?? '', id), expiresAt };
}
