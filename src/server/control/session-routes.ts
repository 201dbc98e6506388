import type { Context, Hono } from 'hono';
import type { MockNames, SessionOptions } from '../../mock/options.ts';
import { SESSION_PATH } from '../control-path.ts';
import { refuseManyRows } from '../row-limits.ts';
import { type Session, sessionNotFound, tooManySessions } from '../sessions.ts';
import type { ControlEnv } from './control-env.ts';
import { withInput } from './input.ts';
import { noContent, toResponse } from './responses.ts';

/** A session opened below another session starts with that one's options. All sessions are in one list. */
export function sessionRoutes(app: Hono<ControlEnv>): void {
  app.get('/sessions', (context) => {
    const sessions = context.var.parts.sessions.list();
    return context.json({ sessions: sessions.map((session) => describe(context, session)) });
  });
  app.post('/sessions', (context) =>
    withInput(context, '/sessions', 'post', (options) => {
      const { mock, parts } = context.var;
      refuseManyRows(options.fixtures);
      // `open` checks names and rows, which the contract leaves open.
      const session = parts.sessions.open(mock, options as SessionOptions<MockNames>);
      if (!session) return toResponse(tooManySessions(parts.sessions.max));
      const body = describe(context, session);
      return context.json(body, 201, { Location: body.baseUrl });
    }),
  );
  app.get('/sessions/:id', (context) => {
    const id = context.req.param('id');
    const session = context.var.parts.sessions.use(id);
    return session ? context.json(describe(context, session)) : toResponse(sessionNotFound(id));
  });
  app.delete('/sessions/:id', (context) => {
    const id = context.req.param('id');
    return context.var.parts.sessions.close(id) ? noContent() : toResponse(sessionNotFound(id));
  });
}

function describe({ req, var: { parts } }: Context<ControlEnv>, { id, expiresAt }: Session) {
  const path = SESSION_PATH + id;
  return { id, baseUrl: (parts.publicUrl?.base ?? `http://${req.header('host')}`) + path, path, expiresAt };
}
