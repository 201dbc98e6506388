/** A client of the control plane that serves the panel's page. */
export interface ControlPlane {
  /** @throws {Error} with the server's own message, when it refuses. */
  call<T>(path: string, method?: 'GET' | 'PUT' | 'POST' | 'DELETE', body?: unknown): Promise<T>;
  /** Gets what only some mocks have; `null` where this one lacks it. */
  find<T>(path: string): Promise<T | null>;
  /** Opens the stream of events; `signal` closes it. */
  events(signal: AbortSignal): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
}

/**
 * Opens a client.
 *
 * @param base such as `http://127.0.0.1:4010/__mock__/`.
 * @param token the token of the server; `null` when it has none.
 */
export function openControlPlane(base: URL, token: string | null): ControlPlane {
  const send = (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (token !== null) headers.set('X-Mock-Token', token);
    return fetch(new URL(path, base), { ...init, headers }).catch(() => {
      throw new Error(`The mock at ${base.origin} does not answer. Is the server still running?`);
    });
  };
  const ask = async (path: string, init?: RequestInit): Promise<Response> => {
    const response = await send(path, init);
    if (!response.ok) throw new Error(refusal(response.status, await response.text()));
    return response;
  };
  return {
    call: async (path, method = 'GET', body) => {
      const response = await ask(path, {
        method,
        ...(body !== undefined && {
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        }),
      });
      const text = await response.text();
      return text === '' ? undefined : JSON.parse(text);
    },
    find: async (path) => {
      const response = await send(path);
      const text = await response.text();
      if (response.ok) return JSON.parse(text);
      if (isNoPath(text)) return null;
      throw new Error(refusal(response.status, text));
    },
    events: async (signal) => {
      const { body } = await ask('events', { signal, headers: { Accept: 'text/event-stream' } });
      if (body) return body;
      throw new Error('The mock sends no events.');
    },
  };
}

/** Whether the control plane has no such path; a 404 can also mean an expired session. */
function isNoPath(text: string): boolean {
  return parseProblem(text).code === 'NO_PATH_MATCHED';
}

/** The message of a refusal: PostHog has it in `error` or `detail`, the mock's own problems in `detail`. */
function refusal(status: number, text: string): string {
  const { detail, error, title } = parseProblem(text);
  const said = [detail, error, title].find((member) => typeof member === 'string');
  return typeof said === 'string' ? said : `The mock answered ${status}.`;
}

/** Empty when the answer comes from something between the panel and the mock, such as a proxy. */
function parseProblem(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
