/** Calls of a control plane whose URL a page stands at. */
export interface ControlPlane {
  /** @throws {Error} (rejects) with what the server says of it, when it refuses. */
  call<T>(path: string, method?: 'GET' | 'PUT' | 'POST' | 'DELETE', body?: unknown): Promise<T>;
  /** The stream of events. It ends when the signal says so. */
  events(signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

/**
 * @param base such as `http://127.0.0.1:4010/__mock__/`.
 * @param token of the server; `null`: it has none.
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

/** PostHog says `error` or `detail`, the mock itself `detail`. */
function refusal(status: number, text: string): string {
  try {
    const { detail, error, title }: Record<string, unknown> = JSON.parse(text);
    const said = [detail, error, title].find((member) => typeof member === 'string');
    if (typeof said === 'string') return said;
  } catch {
    // Not the mock, but something in between has answered.
  }
  return `The mock answered ${status}.`;
}
