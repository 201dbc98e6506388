import { once } from 'node:events';
import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMock } from '../../src/index.ts';
import { listenOn } from '../../src/server/listen.ts';
import { startServer } from '../../src/server/server.ts';
import { ask, serve } from './support/server.ts';

/** Whether this machine has IPv6; a container may have none. */
const HAS_IPV6 = Object.values(networkInterfaces()).some((addresses = []) =>
  addresses.some(({ address }) => address === '::1'),
);
const LOOPBACK = HAS_IPV6 ? ['127.0.0.1', '[::1]'] : ['127.0.0.1'];

describe('a server on localhost', () => {
  it.each(['localhost', 'LocalHost', 'mock.localhost'])(
    'listens on every loopback address, on one port: %s',
    async (host) => {
      const { port, url } = await serve({ host });
      expect(url).toBe(`http://${host}:${port}`);
      for (const name of LOOPBACK) expect((await ask(`http://${name}:${port}`)).status).toBe(200);
    },
  );

  it('closes on all of them', async () => {
    const server = await startServer(createMock(), { port: 0, host: 'localhost' });
    await server.close();
    for (const name of LOOPBACK) await expect(ask(`http://${name}:${server.port}`)).rejects.toThrow();
  });

  it.each(LOOPBACK)('needs its port on %s', async (name) => {
    const other = createServer().listen(0, name.replace(/[[\]]/g, ''));
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const starting = startServer(createMock(), { port, host: 'localhost' });
    await expect(starting).rejects.toMatchObject({ code: 'EADDRINUSE' });
    // Nothing is left that listens.
    for (const free of LOOPBACK.filter((address) => address !== name)) {
      await expect(fetch(`http://${free}:${port}`)).rejects.toThrow();
    }
  });
});

/** A server on a machine that lacks an address. */
function serverWithout(missing: string, code: string) {
  const server = createServer((_, response) => response.end());
  const listen = server.listen.bind(server);
  return Object.assign(server, {
    listen: (port: number, host: string, call: () => void) => {
      if (host !== missing) return listen(port, host, call);
      queueMicrotask(() => server.emit('error', Object.assign(new Error(code), { code })));
      return server;
    },
  });
}

it.each([
  { missing: '::1', code: 'EADDRNOTAVAIL', left: '127.0.0.1' },
  { missing: '::1', code: 'EAFNOSUPPORT', left: '127.0.0.1' },
])('without $missing ($code), localhost is the other address', async ({ missing, code, left }) => {
  const { servers, port } = await listenOn(() => serverWithout(missing, code), 0, 'localhost');
  onTestFinished(() => {
    for (const server of servers) server.close();
  });
  expect(servers).toHaveLength(1);
  expect((await fetch(`http://${left}:${port}`)).status).toBe(200);
});
