import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { expect } from 'vitest';
import { API, KEY } from './server.ts';

/** A client that keeps its connection alive. */
export interface Client {
  /** What the answers said about their connection. */
  readonly heard: readonly (string | undefined)[];
  /** Why it stopped. */
  readonly stopped: Promise<string | undefined>;
}

/** Asks again as soon as it has been answered, on one connection if it may, until that fails. */
export function hammer(port: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const heard: (string | undefined)[] = [];
  const askOnce = async (): Promise<void> => {
    const asking = request({ host: '127.0.0.1', port, path: API, headers: KEY, agent }).end();
    const [answer]: IncomingMessage[] = await once(asking, 'response');
    if (!answer) throw new Error('There is no answer.');
    heard.push(answer.headers.connection);
    await once(answer.resume(), 'end');
  };
  const stopped = (async () => {
    for (;;) {
      try {
        await askOnce();
      } catch (cause) {
        return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
      }
    }
  })();
  return { heard, stopped };
}

/** Every client heard that its connection closes, and was refused the next one. */
export async function expectToldOf(clients: readonly Client[]): Promise<void> {
  for (const { heard, stopped } of clients) {
    expect(await stopped).toBe('ECONNREFUSED');
    expect(heard.at(-1)).toBe('close');
    expect(heard.indexOf('close')).toBe(heard.length - 1);
  }
}

/** How many answers every client has got. */
export const haveHeard = (clients: readonly Client[]) => () =>
  Math.min(...clients.map(({ heard }) => heard.length));
