import { createMock } from '../../../src/index.ts';
import type { ServerOptions } from '../../../src/server/server.ts';
import { NOW } from '../../mock/asking.ts';
import { openControl } from './control.ts';
import { serve } from './serving.ts';

export interface Session {
  readonly id: string;
  readonly baseUrl: string;
  readonly expiresAt: string;
}

/** A served mock, a client of its control plane, and a way to open sessions on it. */
export async function openForSessions(options: ServerOptions = {}) {
  const mock = createMock({ now: NOW });
  const { url } = await serve(mock, options);
  const control = await openControl(url);
  const openSession = async (body: object = {}): Promise<Session> =>
    (await control<Session>('POST', '/sessions', { body })).json;
  return { url, mock, control, openSession };
}
