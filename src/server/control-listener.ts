import type { RequestListener, ServerResponse } from 'node:http';
import type { ControlParts } from './control/control-env.ts';

/** A listener that loads the control plane with its first request: many servers never use it. */
export function createControlListener(parts: ControlParts): RequestListener {
  let loaded: Promise<RequestListener> | undefined;
  return (incoming, response) => {
    loaded ??= load(parts);
    loaded.then(
      (listener) => listener(incoming, response),
      (cause) => {
        // The next request tries again.
        loaded = undefined;
        fail(parts, response, cause);
      },
    );
  };
}

async function load(parts: ControlParts): Promise<RequestListener> {
  const [{ getRequestListener }, { createControlPlane }] = await Promise.all([
    import('@hono/node-server'),
    import('./control/control-plane.ts'),
  ]);
  const app = createControlPlane(parts);
  // The global Request and Response stay those of the platform: others in this process use them, too.
  return getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false });
}

function fail({ onError }: ControlParts, response: ServerResponse, cause: unknown): void {
  onError(cause);
  response.destroy();
}
