import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Servers that listen on the same port of different addresses. */
export interface Listening {
  readonly servers: readonly Server[];
  readonly port: number;
}

/** Browsers and other clients resolve `localhost` to either. */
const LOOPBACK = ['127.0.0.1', '::1'];
/** How often a free port of one address may be in use on the other. */
const MAX_TRIES = 10;

/**
 * Listens on a host; on both loopback addresses for `localhost`, unless this machine has only one of them.
 *
 * @param create called for each address.
 * @param port 0 picks a free one.
 * @throws {Error} (rejects) with Node's `code`, such as `EADDRINUSE`, when it cannot listen.
 */
export async function listenOn(create: () => Server, port: number, host: string): Promise<Listening> {
  if (!isLocalhost(host)) return listenOnAll(create, port, [host]);
  for (let tries = 1; ; tries += 1) {
    try {
      return await listenOnAll(create, port, LOOPBACK);
    } catch (cause) {
      if (port !== 0 || tries === MAX_TRIES || codeOf(cause) !== 'EADDRINUSE') throw cause;
    }
  }
}

function isLocalhost(name: string): boolean {
  return /^(.+\.)?localhost$/i.test(name);
}

/** Whether a name or an address is reachable from this machine only. */
export function isLoopback(name: string): boolean {
  return isLocalhost(name) || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

async function listenOnAll(
  create: () => Server,
  wanted: number,
  addresses: readonly string[],
): Promise<Listening> {
  const servers: Server[] = [];
  let port = wanted;
  let missing: unknown;
  for (const address of addresses) {
    const server = create();
    try {
      port = await listen(server, port, address);
      servers.push(server);
    } catch (cause) {
      if (addresses.length > 1 && MISSING.has(codeOf(cause))) {
        missing = cause;
        continue;
      }
      for (const opened of servers) opened.close();
      throw cause;
    }
  }
  if (servers.length === 0) throw missing;
  return { servers, port };
}

/** The codes of an address that this machine lacks, as `::1` where IPv6 is off. */
const MISSING: ReadonlySet<string | undefined> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
}

/** @returns the port. */
function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address() satisfies AddressInfo | string | null;
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error(`The server listens on ${address}, which is not a port.`));
    });
  });
}
