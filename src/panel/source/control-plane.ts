/** A client of the control plane that serves the panel's page. */
export interface ControlPlane {
  /** @throws {Error} with the server's own message, when it refuses. */
  call<T>(path: string, method?: 'GET' | 'PUT' | 'POST' | 'DELETE', body?: unknown): Promise<T>;
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
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (token !== null) headers.set('X-Mock-Token', token);
    const response = await fetch(new URL(path, base), { ...init, headers }).catch(() => {
      throw new Error(`The mock at ${base.origin} does not answer. Is the server still running?`);
    });
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
    events: async (signal) => {
      const { body } = await ask('events', { signal, headers: { Accept: 'text/event-stream' } });
      if (body) return body;
      throw new Error('The mock sends no events.');
    },
  };
}

/** The message of a refusal: PostHog has it in `error` or `detail`, the mock's own problems in `detail`. */
function refusal(status: number, text: string): string {
  try {
    const { detail, error, title }: Record<string, unknown> = JSON.parse(text);
    const said = [detail, error, title].find((member) => typeof member === 'string');
    if (typeof said === 'string') return said;
  } catch {
    // The answer comes from something between the panel and the mock, such as a proxy.
  }
  return `The mock answered ${status}.`;
}
