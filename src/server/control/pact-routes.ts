import type { Hono } from 'hono';
import { noSuchName } from '../../text/nearest-name.ts';
import type { ControlEnv } from './control-env.ts';
import { invalidQuery } from './input.ts';
import { toResponse } from './responses.ts';

const PARTIES = ['consumer', 'provider'];

/** How the API was used, as a Pact file. */
export function pactRoutes(app: Hono<ControlEnv>): void {
  app.get('/pact', (context) => {
    const query = context.req.query();
    const unknown = Object.keys(query).find((name) => !PARTIES.includes(name));
    if (unknown !== undefined) {
      const detail = noSuchName('There is no parameter', unknown, PARTIES, 'The parameters are');
      return toResponse(invalidQuery(unknown, detail).refusal);
    }
    const { consumer = '', provider = '' } = query;
    const missing = PARTIES.find((name) => !query[name]?.trim());
    if (missing !== undefined) {
      const detail = `"${missing}" is required: the name of the ${missing}.`;
      return toResponse(invalidQuery(missing, detail).refusal);
    }
    return context.json(context.var.mock.pact({ consumer, provider }));
  });
}
