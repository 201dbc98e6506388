import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { createMock } from '../../../src/index.ts';
import type { CoreMock } from '../../../src/mock/mock.ts';
import { startServer } from '../../../src/server/server.ts';
import type { Case, Expected } from '../case.ts';
import { type Front, withoutConnection } from './front.ts';

export async function openSocket(): Promise<Front> {
  let mock: CoreMock = createMock();
  const server = await startServer(() => mock, { port: 0 });
  const agent = new Agent({ keepAlive: true });
  return {
    name: 'socket',
    ask: async (asked) => {
      mock = createMock(asked.options);
      let received: Expected = 'network-error';
      for (let count = 0; count < asked.times; count += 1) received = await ask(server.port, agent, asked);
      return received;
    },
    close: async () => {
      agent.destroy();
      await server.close();
    },
  };
}

/** `node:http` sends requests that fetch cannot: no `Accept`, white space in a value, a body with GET. */
function ask(
  port: number,
  agent: Agent,
  { request: { method, path, headers, body } }: Case,
): Promise<Expected> {
  return new Promise((resolve, reject) => {
    const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options = { host: '127.0.0.1', port, agent, method, path, headers: { ...headers, ...length } };
    const outgoing = request(options, (incoming) => receive(incoming).then(resolve, reject));
    outgoing.on('error', (cause) =>
      'code' in cause && cause.code === 'ECONNRESET' ? resolve('network-error') : reject(cause),
    );
    outgoing.end(body ?? undefined);
  });
}

async function receive(incoming: IncomingMessage): Promise<Expected> {
  const fields: [string, string][] = [];
  const { rawHeaders } = incoming;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    fields.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  const body = await text(incoming);
  return { status: incoming.statusCode ?? 0, headers: withoutConnection(fields), body };
}
