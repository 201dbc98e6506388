import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { open, send, statusOf } from '../server/support/raw.ts';

/** A client of a server that counts its requests and knows what they are to be answered with. */
export interface Client {
  /** Requests so far. */
  count(): number;
  /**
   * Sends a request; a body is sent as JSON unless it is text.
   *
   * @throws {Error} (rejects) when the status is another one.
   * @returns the body.
   */
  expect(status: number, method: string, path: string, sent?: Sent): Promise<string>;
  /** @throws {Error} (rejects) when the connection does not break. */
  expectBreak(path: string, headers: Headers): Promise<void>;
  /** Sends bytes. @throws {Error} (rejects) when the answer has another status. */
  expectRaw(status: number, bytes: string): Promise<void>;
  /** Sends bytes, waits for the first ones that come back if there are to be any, and leaves. */
  leave(bytes: string, isAnswered: boolean): Promise<void>;
}

type Headers = Readonly<Record<string, string>>;

interface Sent {
  readonly headers?: Headers;
  readonly body?: unknown;
}

export function createClient(port: number): Client {
  const agent = new Agent({ keepAlive: true });
  let sent = 0;
  const exchange = (
    method: string,
    path: string,
    given: Sent,
    asksAgain = true,
    from: Agent | false = agent,
  ): Promise<{ status: number; text: string }> => {
    const { headers = {}, body } = given;
    const content = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const type = content === undefined ? {} : { 'content-type': 'application/json' };
    const length = { 'content-length': Buffer.byteLength(content ?? '') };
    const options = {
      host: '127.0.0.1',
      port,
      agent: from,
      method,
      path,
      headers: { ...type, ...length, ...headers },
    };
    return new Promise((resolve, reject) => {
      let isAnswered = false;
      const outgoing = request(options, (incoming) => {
        isAnswered = true;
        const { statusCode: status = 0 } = incoming;
        textOf(incoming).then((text) => resolve({ status, text }), reject);
      });
      // A server closes a connection that is idle for seconds, perhaps while a request is on its way: a client asks again.
      outgoing.on('error', (cause) => {
        if (asksAgain && outgoing.reusedSocket && !isAnswered)
          resolve(exchange(method, path, given, false, false));
        else reject(cause);
      });
      outgoing.end(content);
    });
  };
  return {
    count: () => sent,
    expect: async (expected, method, path, given = {}) => {
      sent += 1;
      const { status, text } = await exchange(method, path, given);
      assert.equal(status, expected, `${method} ${path} is answered with ${status}: ${text.slice(0, 200)}`);
      return text;
    },
    expectBreak: async (path, headers) => {
      sent += 1;
      await assert.rejects(exchange('GET', path, { headers }, false), `${path} was to break`);
    },
    expectRaw: async (expected, bytes) => {
      sent += 1;
      assert.equal(statusOf(await send(port, bytes)), expected);
    },
    leave: async (bytes, isAnswered) => {
      sent += 1;
      const socket = open(port, bytes);
      await once(socket, isAnswered ? 'data' : 'connect');
      socket.destroy();
    },
  };
}
