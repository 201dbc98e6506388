import type { RequestListener } from 'node:http';
import { mockFailed } from '../mock/problem.ts';
import type { ControlParts } from './control/control-env.ts';
import { send } from './send.ts';

/**
 * A listener that loads the control plane with its first request: many servers never use it.
 *
 * @param load makes the listener of the control plane; rejects when that cannot be loaded.
 */
export function createControlListener(
  parts: ControlParts,
  load: (parts: ControlParts) => Promise<RequestListener> = loadControlPlane,
): RequestListener {
  let loaded: Promise<RequestListener> | undefined;
  return (incoming, response) => {
    loaded ??= load(parts);
    loaded.then(
      (listener) => listener(incoming, response),
      (cause) => {
        // The next request tries again.
        loaded = undefined;
        parts.onError(cause);
        send(response, mockFailed());
      },
    );
  };
}

async function loadControlPlane(parts: ControlParts): Promise<RequestListener> {
  const [{ getRequestListener }, { createControlPlane }] = await Promise.all([
    import('@hono/node-server'),
    import('./control/control-plane.ts'),
  ]);
  const app = createControlPlane(parts);
  // The global Request and Response stay those of the platform: others in this process use them, too.
  return getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false });
}
